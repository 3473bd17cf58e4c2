import { join } from 'node:path';
import { loadOrCreateSealingKeyFiles } from '@isthmus/sealing';
import type { Platform } from '../../composition/Platform.ts';
import type { Mirrors } from '../../mirrors/index.ts';
import type { People, PersonLocks } from '../people/index.ts';
import { PasswordService } from './PasswordService.ts';

/** The key pair is made at the first start; agents seal to the public half. */
export async function createPasswords(
  platform: Platform,
  parts: {
    readonly people: People;
    readonly locks: PersonLocks;
    readonly mirrors: Pick<Mirrors, 'onChange'>;
    readonly dataFolder: string;
  },
): Promise<PasswordService> {
  const keys = await loadOrCreateSealingKeyFiles(
    join(parts.dataFolder, 'keys', 'password-sealing.key'),
    join(parts.dataFolder, 'keys', 'password-sealing.pub'),
  );
  const { people, locks, mirrors } = parts;
  return new PasswordService(platform, { people, locks, mirrors, keys });
}
