import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `sun_path` of Linux without its final zero. */
export const LONGEST_SOCKET_PATH = 107;
/** Longest temporary folder that leaves room for Samba's and GnuPG's socket names below 108 characters. */
const LONGEST_TEMPORARY_FOLDER = 40;

export interface ShortPath {
  /** Private folder for sockets and process ids. */
  readonly runFolder: string;
  /** A link to the folder, without spaces and short enough for unix sockets inside it. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Unix socket paths end at 107 characters and Samba's settings dislike odd ones: give any folder a short name. */
export async function makeShortPath(folder: string): Promise<ShortPath> {
  const temporary = tmpdir().length <= LONGEST_TEMPORARY_FOLDER ? tmpdir() : '/tmp';
  const runFolder = await mkdtemp(join(temporary, 'isthmus-'));
  const path = join(runFolder, 'to');
  await symlink(resolve(folder), path);
  return { runFolder, path, remove: () => rm(runFolder, { recursive: true, force: true }) };
}
