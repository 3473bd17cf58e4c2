import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import type { ServerUser } from './serverUser.ts';

/** The longest path of a unix socket on Linux; other systems have 103. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;
const SOCKET_NAME = '.s.PGSQL.5432';

function isShortEnough(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
}

/** A private folder for the socket: beside the data, or where paths are short when that one is too long. */
export async function prepareSocketFolder(postgreSqlFolder: string, user: ServerUser): Promise<string> {
  const beside = join(postgreSqlFolder, 'socket');
  const hash = createHash('sha256').update(postgreSqlFolder).digest('hex').slice(0, 12);
  const short = join(isShortEnough(join(tmpdir(), 'isthmus-000000000000')) ? tmpdir() : '/tmp', `isthmus-${hash}`);
  const folder = isShortEnough(beside) ? beside : short;
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const stats = await lstat(folder);
  // In a shared temporary folder somebody else may have put something of this name there.
  const isOurs =
    stats.isDirectory() && [user.uid, process.getuid?.()].includes(stats.uid) && (stats.mode & 0o077) === 0;
  if (!isOurs) {
    throw new DomainError({
      code: 'storage.not-permitted',
      message: `The folder ${folder} for the database socket exists and is not a private folder of this server.`,
      remedy: 'Remove it, or use a data folder with a shorter path.',
    });
  }
  await chown(folder, user.uid, user.gid);
  return folder;
}
