import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@isthmus/kernel';
import { replaceFile } from '@isthmus/sealing';
import { z } from 'zod';

/** Up to where captured passwords were taken over. */
export interface Position {
  /** Domain controller that the cookie belongs to. */
  readonly dc: string;
  readonly usn: string;
  /** DirSync cookie. */
  readonly cookie: Buffer;
  /** Key of the server that everything so far was sealed for. */
  readonly publicKey: string;
}

const FILE = 'position.json';
const schema = z.object({
  version: z.literal(1),
  dc: z.string(),
  usn: z.string().regex(/^\d+$/),
  cookie: z.base64(),
  publicKey: z.base64(),
});

/** Undefined at the first start, or when the file is damaged: then everything is handed over once more. */
export async function loadPosition(stateFolder: string, logger: Logger): Promise<Position | undefined> {
  const file = join(stateFolder, FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value = schema.parse(JSON.parse(text));
    return { ...value, cookie: Buffer.from(value.cookie, 'base64') };
  } catch (error) {
    logger.warn({ file, reason: String(error) }, 'position is damaged, starting over');
    return undefined;
  }
}

export async function savePosition(stateFolder: string, position: Position): Promise<void> {
  const value = { version: 1, ...position, cookie: position.cookie.toString('base64') };
  await replaceFile(join(stateFolder, FILE), `${JSON.stringify(value)}\n`);
}
