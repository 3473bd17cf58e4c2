import { readFile, rename, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, content, { mode: 0o600 });
  await rename(unfinished, path);
}

export function writePrivateJson(path: string, content: object): Promise<void> {
  return writePrivateFile(path, `${JSON.stringify(content, null, 2)}\n`);
}

/** The file's content, or undefined when there is none. */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
