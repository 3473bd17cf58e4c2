import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../UsageError.ts';

const profileSchema = z.object({
  url: z.url({ protocol: /^https$/ }),
  caPem: z.string().optional(),
  token: z.string(),
});
/** Where the CLI is signed in: `isthmus login` writes it, `isthmus logout` removes it. */
export type Profile = z.infer<typeof profileSchema>;

/** Only its owner may read the profile: it holds a token. */
const OWNER_ONLY = 0o600;

function profileFile(): string {
  const base = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return process.env['ISTHMUS_PROFILE'] ?? join(base, 'isthmus', 'profile.json');
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

export async function readProfile(): Promise<Profile | undefined> {
  const file = profileFile();
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = profileSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new UsageError(`${file} is not a profile. Run "isthmus login" to write it anew.`);
  return parsed.data;
}

export async function writeProfile(profile: Profile): Promise<string> {
  const file = profileFile();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(profile, undefined, 2)}\n`, { mode: OWNER_ONLY });
  return file;
}

export async function removeProfile(): Promise<void> {
  await rm(profileFile(), { force: true });
}
