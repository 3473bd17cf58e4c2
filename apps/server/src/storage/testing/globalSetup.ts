import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@isthmus/kernel';
import type { TestProject } from 'vitest/node';
import { PostgreSqlServer } from '../postgresql/PostgreSqlServer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the PostgreSQL of this test run listens. */
    readonly testPostgreSql: { readonly host: string; readonly port: number; readonly password: string };
  }
}

/** One PostgreSQL for a whole test run; it trades safety against power cuts for speed. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'isthmus-postgresql-'));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await PostgreSqlServer.start({ dataFolder, logger: silentLogger, settings });
  const address = server.administratorAddress;
  if (address.kind !== 'socket') throw new TypeError('The test server listens on a socket');
  project.provide('testPostgreSql', { host: address.host, port: address.port, password: address.password.reveal() });
  return async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
