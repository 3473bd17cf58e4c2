import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import type { Check } from '@isthmus/contracts';
import { Secret, silentLogger, systemClock } from '@isthmus/kernel';
import { demandPrivate, loadOrCreateKeyFile } from '@isthmus/sealing';
import type { Kysely } from 'kysely';
import type { Configuration } from '../config/Configuration.ts';
import { DataFolder } from '../config/DataFolder.ts';
import { endpointsOf, ServerConnections } from '../connections/ServerConnections.ts';
import { checkRequirements, type ServerCertificateFacts } from '../features/integration/index.ts';
import { noticeOf } from '../features/jobs/index.ts';
import type { DatabaseAddress } from '../storage/DatabaseAddress.ts';
import { DatabaseSettingStore } from '../storage/DatabaseSettingStore.ts';
import { findPendingMigrations } from '../storage/migrate.ts';
import { openDatabase } from '../storage/openDatabase.ts';
import { findRunningServer } from '../storage/postgresql/findRunningServer.ts';
import { PostgreSqlServer } from '../storage/postgresql/PostgreSqlServer.ts';
import { SealedSecretStore } from '../storage/SealedSecretStore.ts';
import type { Database } from '../storage/schema.ts';
import { Shutdown } from './Shutdown.ts';

const GIGABYTE = 1024 ** 3;
const LITTLE_SPACE = GIGABYTE;
const NO_SPACE = GIGABYTE / 5;

type Finding = Pick<Check, 'state' | 'detail'> & Partial<Pick<Check, 'remedy'>>;

function check(id: string, title: string, { state, detail, remedy }: Finding): Check {
  return { id, title, state, detail, remedy: remedy ?? null, commands: [] };
}

async function attempt(id: string, title: string, work: () => Promise<Finding>): Promise<Check> {
  try {
    return check(id, title, await work());
  } catch (error) {
    const { message, remedy } = noticeOf(error);
    return check(id, title, { state: 'failed', detail: message, ...(remedy === undefined ? {} : { remedy }) });
  }
}

async function freeSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${(free / GIGABYTE).toFixed(1)} GB are free.`;
  if (free > LITTLE_SPACE) return { state: 'passed', detail };
  return {
    state: free > NO_SPACE ? 'warning' : 'failed',
    detail,
    remedy: 'Free space on the disk of the data folder.',
  };
}

async function keyFiles(folder: string): Promise<Finding> {
  const files = ['master.key', 'password-sealing.key'].map((name) => `${folder}/keys/${name}`);
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length === files.length) return { state: 'unknown', detail: 'They are made at the first start.' };
  if (missing.length > 0) {
    const remedy = 'Restore it from the backup: what it sealed cannot be opened without it.';
    return { state: 'failed', detail: `${missing.join(', ')} is missing.`, remedy };
  }
  for (const file of files) await demandPrivate(file);
  return { state: 'passed', detail: 'Present, and readable by this user only.' };
}

async function addressOf(configuration: Configuration, shutdown: Shutdown): Promise<DatabaseAddress | undefined> {
  const { database, dataFolder } = configuration;
  if (database !== undefined) return { kind: 'url', url: new Secret(database.url) };
  const found = await findRunningServer(dataFolder);
  if (found === 'missing') return undefined;
  if (found !== 'stopped') return found;
  const folder = await DataFolder.open(dataFolder);
  shutdown.add('data folder', () => folder.release());
  const server = await PostgreSqlServer.start({ dataFolder, logger: silentLogger });
  shutdown.add('PostgreSQL', () => server.stop());
  return server.address;
}

async function openForReading(
  configuration: Configuration,
  shutdown: Shutdown,
): Promise<{ check: Check; database: Kysely<Database> | undefined }> {
  let database: Kysely<Database> | undefined;
  const found = await attempt('database', 'The database works', async () => {
    const address = await addressOf(configuration, shutdown);
    if (address === undefined) return { state: 'unknown', detail: 'It is made at the first start.' };
    const opened = await openDatabase(address, silentLogger);
    shutdown.add('database', () => opened.destroy());
    const pending = await findPendingMigrations(opened);
    if (pending.length > 0) {
      return { state: 'warning', detail: `It needs ${pending.join(', ')}.`, remedy: 'Start the server once.' };
    }
    database = opened;
    const { people } = await opened
      .selectFrom('directory_user')
      .select((eb) => eb.fn.countAll<string>().as('people'))
      .executeTakeFirstOrThrow();
    return { state: 'passed', detail: `It answers and is up to date; it knows ${people} user accounts.` };
  });
  return { check: found, database };
}

async function certificateFacts({ tls, dataFolder }: Configuration): Promise<ServerCertificateFacts | undefined> {
  const file = tls?.certFile ?? `${dataFolder}/tls/server.pem`;
  const pem = await readFile(file, 'utf8').catch(() => undefined);
  if (pem === undefined) return undefined;
  const { subject, validToDate } = new X509Certificate(pem);
  return { subject, expiresAt: validToDate, ownAuthority: tls === undefined };
}

async function outsideChecks(configuration: Configuration, database: Kysely<Database>): Promise<Check[]> {
  const clock = systemClock;
  const masterKey = await loadOrCreateKeyFile(`${configuration.dataFolder}/keys/master.key`);
  const settings = new DatabaseSettingStore(database, clock);
  const secrets = new SealedSecretStore(database, masterKey, clock);
  const endpoints = await endpointsOf(configuration.cloud);
  const { directory } = configuration;
  const connections = new ServerConnections({ directory, endpoints, settings, secrets, clock, logger: silentLogger });
  try {
    await connections.start(async () => undefined);
    const refusal = await attempt('directory-connection', 'The service account signs in', async () => {
      connections.getDirectory();
      return { state: 'passed', detail: 'Connected over LDAPS.' };
    });
    const { checks } = await checkRequirements({
      clock,
      settings,
      endpoints,
      findDirectory: () => connections.findDirectory(),
      managedOu: () => connections.getDirectorySettings().managedOu,
      findServerCertificate: () => certificateFacts(configuration),
    });
    return [refusal, ...checks];
  } finally {
    await connections.stop();
  }
}

/** Everything the installation needs, looked at from outside; the server may run meanwhile or not. */
export async function doctorChecks(configuration: Configuration): Promise<readonly Check[]> {
  const shutdown = new Shutdown(silentLogger);
  const { dataFolder } = configuration;
  try {
    const folder = await attempt('data-folder', 'The data folder is private', async () => {
      await DataFolder.check(dataFolder);
      return { state: 'passed', detail: dataFolder };
    });
    if (folder.state === 'failed') return [folder];
    const space = await attempt('disk-space', 'The disk has space', () => freeSpace(dataFolder));
    const keys = await attempt('keys', 'The keys are safe', () => keyFiles(dataFolder));
    const { check: storage, database } = await openForReading(configuration, shutdown);
    const local = [folder, space, keys, storage];
    return database === undefined ? local : [...local, ...(await outsideChecks(configuration, database))];
  } finally {
    await shutdown.run();
  }
}
