import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Secret } from '@isthmus/kernel';
import type { RunningNameServer } from './startBind.ts';
import { freePort, makeFolder, startProcess, type TestZone } from './startProcess.ts';

const SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql';

export interface RunningPowerDns extends RunningNameServer {
  readonly url: string;
  readonly apiKey: Secret;
}

/** PowerDNS with one zone and its HTTP API on loopback. */
export async function startPowerDns({ zone, lines = [] }: TestZone): Promise<RunningPowerDns> {
  const folder = await makeFolder();
  const [port, apiPort] = [await freePort(), await freePort()];
  const apiKey = new Secret('key-of-the-tests');
  const database = join(folder, 'pdns.sqlite3');
  const sqlite = new DatabaseSync(database);
  sqlite.exec(await readFile(SCHEMA, 'utf8'));
  sqlite.prepare("insert into domains (name, type) values (?, 'NATIVE')").run(zone);
  const add = sqlite.prepare(
    'insert into records (domain_id, name, type, content, ttl, prio, auth) values (1, ?, ?, ?, 60, 0, 1)',
  );
  add.run(zone, 'SOA', `ns1.${zone} hostmaster.${zone} 1 3600 600 86400 1`);
  add.run(zone, 'NS', `ns1.${zone}`);
  add.run(`ns1.${zone}`, 'A', '127.0.0.1');
  for (const line of lines) {
    const [, label = '', type = '', content = ''] = /^(\S+)\s+IN\s+(\S+)\s+(.+)$/.exec(line) ?? [];
    // The database has names without their final dot.
    add.run(label === '@' ? zone : `${label}.${zone}`, type, content.replace(/\.$/, ''));
  }
  sqlite.close();
  const file = join(folder, 'pdns.conf');
  const configuration = [
    'launch=gsqlite3',
    `gsqlite3-database=${database}`,
    'local-address=127.0.0.1',
    `local-port=${port}`,
    'api=yes',
    `api-key=${apiKey.reveal()}`,
    'webserver=yes',
    'webserver-address=127.0.0.1',
    `webserver-port=${apiPort}`,
    `socket-dir=${folder}`,
    'cache-ttl=0',
    'query-cache-ttl=0',
    'negquery-cache-ttl=0',
    'zone-cache-refresh-interval=0',
    'consistent-backends=no',
  ];
  await writeFile(file, configuration.join('\n'), { mode: 0o600 });
  const server = { host: '127.0.0.1', port };
  const command = ['/usr/sbin/pdns_server', '--daemon=no', '--guardian=no', `--config-dir=${folder}`] as const;
  const stop = await startProcess([...command], { server, zone, folder });
  return { server, stop, url: `http://127.0.0.1:${apiPort}`, apiKey };
}
