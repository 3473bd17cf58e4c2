import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError } from '@isthmus/kernel';

const OTHERS = 0o077;

function exposed(path: string, mode: number, folder: boolean): DomainError {
  return new DomainError({
    code: 'sealing.file-exposed',
    message: `${path} can be opened by other users of this machine (mode ${(mode & 0o777).toString(8)}).`,
    remedy: `Run: chmod ${folder ? '700' : '600'} ${path}`,
    parameters: { path },
  });
}

/** @throws DomainError when anybody but its owner has any right on the file or folder */
export async function demandPrivate(path: string): Promise<void> {
  const found = await stat(path);
  if ((found.mode & OTHERS) !== 0) throw exposed(path, found.mode, found.isDirectory());
}

/** Reads a file that only its owner may read. The file that is checked is the one that is read. */
export async function readPrivateFile(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { mode } = await file.stat();
    if ((mode & OTHERS) !== 0) throw exposed(path, mode, false);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeTemporary(path: string, content: string | Uint8Array, mode: number): Promise<string> {
  const temporary = `${path}.${randomUUID()}.new`;
  let file: FileHandle | undefined;
  try {
    file = await open(temporary, 'wx', mode);
    await file.writeFile(content);
    // The umask takes rights away that a public file must have.
    await file.chmod(mode);
    await file.sync();
    return temporary;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file?.close();
  }
}

/** Replaces a file so that a crash leaves the old or the new content, never a part; on disk when this returns. */
export async function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = await writeTemporary(path, content, mode);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(path);
}

/** Makes a file unless there is one already; of two processes that try, one wins and both see its content. */
export async function createFileOnce(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = await writeTemporary(path, content, mode);
  try {
    await link(temporary, path);
    await syncFolder(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
