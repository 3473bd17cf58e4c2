import { bannedWordSchema } from '@isthmus/contracts';
import { z } from 'zod';
import type { SettingStore } from '../../storage/SettingStore.ts';

const NAME = 'banned-words';
const schema = z.object({ words: z.array(bannedWordSchema) });

/** Words that no password may be built on; lower case, in the order of the alphabet. */
export async function readBannedWords(settings: SettingStore): Promise<readonly string[]> {
  return (await settings.find(NAME, schema))?.words ?? [];
}

export async function writeBannedWords(settings: SettingStore, words: readonly string[]): Promise<readonly string[]> {
  const sorted = [...new Set(words)].toSorted((one, other) => one.localeCompare(other));
  await settings.put(NAME, { words: sorted });
  return sorted;
}
