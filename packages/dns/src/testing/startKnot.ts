import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TsigKey } from '../providers/TsigKey.ts';
import type { RunningNameServer } from './startBind.ts';
import { freePort, makeFolder, startProcess, type TestZone, zoneFile } from './startProcess.ts';

/** Knot DNS for one zone on loopback; whoever has the key may update it. */
export async function startKnot(
  zone: TestZone & { readonly key: TsigKey; readonly readOnlyKey?: TsigKey },
): Promise<RunningNameServer> {
  const folder = await makeFolder();
  const port = await freePort();
  await writeFile(join(folder, 'zone.db'), zoneFile(zone));
  const keys = [zone.key, zone.readOnlyKey].filter((key) => key !== undefined);
  const configuration = `
server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
database:
    storage: "${folder}"
log:
  - target: stderr
    any: warning
key:
${keys.map((key) => `  - id: ${key.name}\n    algorithm: ${key.algorithm}\n    secret: ${key.secret.reveal()}`).join('\n')}
acl:
  - id: updates
    key: ${zone.key.name}
    action: update
zone:
  - domain: ${zone.zone}
    storage: "${folder}"
    file: zone.db
    acl: updates
`;
  const file = join(folder, 'knot.conf');
  await writeFile(file, configuration, { mode: 0o600 });
  const server = { host: '127.0.0.1', port };
  const stop = await startProcess(['/usr/sbin/knotd', '-c', file], { server, zone: zone.zone, folder });
  return { server, stop };
}
