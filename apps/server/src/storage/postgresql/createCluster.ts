import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DomainError, Secret } from '@isthmus/kernel';
import type { PostgreSqlBinaries } from './postgreSqlBinaries.ts';
import { serverStartError } from './serverLog.ts';
import type { ServerUser } from './serverUser.ts';
import { serverEnvironment } from './watchdog.ts';

const run = promisify(execFile);

export const ADMINISTRATOR_ROLE = 'postgres';

async function ensurePassword(file: string): Promise<Secret> {
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing !== undefined && existing.trim() !== '') return new Secret(existing.trim());
  const password = randomBytes(32).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return new Secret(password);
}

async function initialize(folder: string, passwordFile: string, binaries: PostgreSqlBinaries, user: ServerUser) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, user.uid, user.gid);
  const options = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=und'];
  const access = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--username=${ADMINISTRATOR_ROLE}`];
  const [program = binaries.initdb, ...args] = [...user.prefix, binaries.initdb, '-D', folder, ...options, ...access];
  await run(program, args, { cwd: '/', env: serverEnvironment }).catch((error: Error & { stderr?: string }) => {
    throw serverStartError(error.stderr || error.message, folder);
  });
}

async function checkVersion(folder: string, binaries: PostgreSqlBinaries): Promise<void> {
  const data = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  const { stdout } = await run(binaries.postgres, ['--version'], { env: serverEnvironment });
  const program = /(\d+)/.exec(stdout)?.[1] ?? '';
  if (data === program) return;
  throw new DomainError({
    code: 'storage.database-version',
    message: `The database was made by PostgreSQL ${data}, but version ${program} is installed.`,
    remedy: `Install the release of Isthmus that has PostgreSQL ${data}, or restore a backup into a new data folder.`,
  });
}

/**
 * Makes the database cluster at the first start. It is made beside its place and moved there when complete, so that a
 * crash in the middle leaves nothing half-made.
 */
export async function ensureCluster(
  postgreSqlFolder: string,
  binaries: PostgreSqlBinaries,
  user: ServerUser,
): Promise<{ readonly folder: string; readonly password: Secret }> {
  const folder = join(postgreSqlFolder, 'data');
  const passwordFile = join(postgreSqlFolder, 'password');
  const password = await ensurePassword(passwordFile);
  const exists = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw serverStartError(error.message, folder);
  });
  if (exists === undefined) {
    const half = join(postgreSqlFolder, 'data.new');
    await initialize(half, passwordFile, binaries, user);
    await rename(half, folder);
  } else {
    await checkVersion(folder, binaries);
  }
  return { folder, password };
}
