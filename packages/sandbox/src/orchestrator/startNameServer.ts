import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from './Part.ts';
import { writePrivateFile } from './privateFile.ts';
import type { SandboxParts } from './SandboxParts.ts';
import { startProcess } from './startProcess.ts';

const READY_MS = 30_000;
const NAMED = '/usr/sbin/named';
/** A domain to practice with: nobody can register a name below `.example` (RFC 2606). */
const ZONE = 'adatum.example';
const KEY_NAME = 'practice';

export interface RunningNameServer extends Part {
  /** `host:port`, by UDP and TCP. */
  readonly address: string;
  /** The zone that may be changed with the key. */
  readonly zone: string;
  /** As tsig-keygen writes it. */
  readonly keyFile: string;
}

const zoneFile = `$TTL 60
@ IN SOA ns1.${ZONE}. hostmaster.${ZONE}. 1 3600 600 86400 5
@ IN NS ns1.${ZONE}.
@ IN MX 10 mx1.${ZONE}.
@ IN TXT "v=spf1 mx -all"
ns1 IN A 127.0.0.1
mx1 IN A 192.0.2.25
mail IN A 192.0.2.26
www IN A 192.0.2.80
`;

function configurationOf(folder: string, port: number, keyFile: string): string {
  return `include "${keyFile}";
options {
  directory "${folder}"; pid-file none; session-keyfile none; managed-keys-directory "${folder}";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; empty-zones-enable no; notify no;
};
controls { };
zone "${ZONE}" { type primary; file "zone.db"; allow-update { key "${KEY_NAME}"; }; };
`;
}

/** Written once: from then on the zone is BIND's, with what was changed in it. */
async function writeOnce(file: string, content: string): Promise<void> {
  await writeFile(file, content, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** BIND with a zone that can be written to by RFC 2136; both the server and the emulator ask it about domains. */
export async function startNameServer({
  repository,
  folders,
  ports,
  record,
}: SandboxParts): Promise<RunningNameServer> {
  const folder = folders.nameServer;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, `${KEY_NAME}.key`);
  const secret = randomBytes(32).toString('base64');
  await writeOnce(keyFile, `key "${KEY_NAME}" {\n\talgorithm hmac-sha256;\n\tsecret "${secret}";\n};\n`);
  await writeOnce(join(folder, 'zone.db'), zoneFile);
  const configuration = join(folder, 'named.conf');
  await writePrivateFile(configuration, configurationOf(folder, ports.nameServer, keyFile));
  // Debian's AppArmor profile lets the installed program read its own folders alone.
  const program = join(folder, 'named');
  await copyFile(NAMED, program);
  const wrapper = join(repository, 'packages', 'sandbox', 'src', 'name-server', 'main.ts');
  const started = await startProcess({
    name: 'The name server',
    command: [process.execPath, wrapper, program, configuration],
    cwd: repository,
    logFile: join(folders.logs, 'name-server.log'),
    onSpawn: record,
    readyWithinMs: READY_MS,
  });
  return { ...started, address: `127.0.0.1:${ports.nameServer}`, zone: ZONE, keyFile };
}
