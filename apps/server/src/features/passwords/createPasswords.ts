import { join } from 'node:path';
import { loadOrCreateSealingKeyFiles } from '@isthmus/sealing';
import type { Platform } from '../../composition/Platform.ts';
import type { People, PersonLocks } from '../people/index.ts';
import { PasswordService } from './PasswordService.ts';

/** The key pair is made at the first start; agents seal to the public half. */
export async function createPasswords(
  platform: Platform,
  parts: { readonly people: People; readonly locks: PersonLocks; readonly dataFolder: string },
): Promise<PasswordService> {
  const keys = await loadOrCreateSealingKeyFiles(
    join(parts.dataFolder, 'keys', 'password-sealing.key'),
    join(parts.dataFolder, 'keys', 'password-sealing.pub'),
  );
  return new PasswordService(platform, { people: parts.people, locks: parts.locks, keys });
}
