import type { Notice } from '@isthmus/contracts';
import type { DirectoryPasswordPolicy } from '@isthmus/directory';
import { directoryPasswordProblem, onlinePasswordProblem, type PasswordOwner } from '../people/index.ts';
import { bannedPasswordProblem } from './bannedPassword.ts';

/** What a password is judged by. */
export interface PasswordDemands {
  readonly policy: Pick<DirectoryPasswordPolicy, 'minimumLength' | 'complexity'>;
  readonly banned: readonly string[];
  readonly owner: PasswordOwner;
  /** Is it to be the password of an online account too? */
  readonly online: boolean;
}

/** Pure: every rule that a password breaks, of the directory, of this organization and of Microsoft 365. */
export function passwordProblems(password: string, { policy, banned, owner, online }: PasswordDemands): Notice[] {
  return [
    directoryPasswordProblem(password, policy, owner),
    bannedPasswordProblem(password, banned),
    online ? onlinePasswordProblem(password) : undefined,
  ].filter((problem) => problem !== undefined);
}
