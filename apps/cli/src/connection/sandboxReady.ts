import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const readySchema = z.object({ dashboard: z.object({ url: z.string(), caFile: z.string(), username: z.string() }) });

/** The dashboard of a sandbox that runs in this folder, so that `isthmus login` needs no options there. */
export async function findSandbox(): Promise<{ url: string; caFile: string; username: string } | undefined> {
  const text = await readFile(join(process.cwd(), '.isthmus', 'sandbox', 'ready.json'), 'utf8').catch(() => undefined);
  const parsed = text === undefined ? undefined : readySchema.safeParse(JSON.parse(text));
  return parsed?.success === true ? parsed.data.dashboard : undefined;
}
