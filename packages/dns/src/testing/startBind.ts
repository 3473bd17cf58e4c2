import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DnsServerAddress } from '../client/DnsServerAddress.ts';
import type { TsigKey } from '../providers/TsigKey.ts';
import { freePort, makeFolder, startProcess, type TestZone, zoneFile } from './startProcess.ts';

export interface RunningNameServer {
  readonly server: DnsServerAddress;
  stop(): Promise<void>;
}

/** BIND for one zone on loopback; with a key, whoever has it may update the zone. */
export async function startBind(
  zone: TestZone & { readonly key?: TsigKey; readonly readOnlyKey?: TsigKey },
): Promise<RunningNameServer> {
  const folder = await makeFolder();
  const port = await freePort();
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'zone.db'), zoneFile(zone));
  const keys = [zone.key, zone.readOnlyKey].filter((key) => key !== undefined);
  const configuration = `
    ${keys.map((key) => `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret.reveal()}"; };`).join('\n')}
    options {
      directory "${folder}"; pid-file none; session-keyfile none; managed-keys-directory "${folder}";
      listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
      recursion no; dnssec-validation no; empty-zones-enable no; notify no;
    };
    controls { };
    zone "${zone.zone}" {
      type primary; file "zone.db";
      ${zone.key === undefined ? '' : `allow-update { key "${zone.key.name}"; };`}
    };`;
  const file = join(folder, 'named.conf');
  await writeFile(file, configuration, { mode: 0o600 });
  const server = { host: '127.0.0.1', port };
  // Debian's AppArmor profile lets the installed program read its own folders alone.
  const program = join(folder, 'named');
  await copyFile('/usr/sbin/named', program);
  const stop = await startProcess([program, '-f', '-g', '-c', file], { server, zone: zone.zone, folder });
  return { server, stop };
}
