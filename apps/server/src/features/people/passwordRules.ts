import type { Notice } from '@isthmus/contracts';
import type { DirectoryPasswordPolicy } from '@isthmus/directory';

export interface PasswordOwner {
  readonly userName: string;
  readonly displayName: string;
}

const KINDS: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\d/u, /[^\p{L}\p{N}]/u, /[\p{Lo}\p{Lt}\p{Lm}]/u];
/** Characters of passwords in Microsoft Entra ID: letters and digits of ASCII, these symbols, and the space. */
const ONLINE_CHARACTERS = /^[A-Za-z0-9@#$%^&*\-_!+=[\]{}|\\:',.?/`~"();<> ]*$/;
const ONLINE_MINIMUM = 8;
const ONLINE_MAXIMUM = 256;

function refused(message: string, remedy: string): Notice {
  return { code: 'directory.password-refused', message, remedy, field: 'password' };
}

function holdsName(password: string, owner: PasswordOwner): boolean {
  const lower = password.toLowerCase();
  // MS-SAMR 3.1.1.7.2: the whole user name, and each part of the display name, from three characters on.
  const parts = [owner.userName, ...owner.displayName.split(/[\s,.\-_#]+/)];
  return parts.some((part) => part.length >= 3 && lower.includes(part.toLowerCase()));
}

/** What the policy of the domain would refuse, told before anything is made. */
export function directoryPasswordProblem(
  password: string,
  policy: Pick<DirectoryPasswordPolicy, 'minimumLength' | 'complexity'>,
  owner: PasswordOwner,
): Notice | undefined {
  if (Array.from(password).length < policy.minimumLength) {
    return refused(
      `The password is shorter than the ${policy.minimumLength} characters that the domain demands.`,
      'Choose a longer one.',
    );
  }
  if (!policy.complexity) return undefined;
  if (KINDS.filter((kind) => kind.test(password)).length < 3) {
    return refused(
      'The password is too simple for the domain.',
      'Mix at least three of: capital letters, small letters, digits, symbols.',
    );
  }
  return holdsName(password, owner)
    ? refused('The password contains the person’s name.', 'Choose one without the name in it.')
    : undefined;
}

/** What Microsoft 365 would refuse about a password that is to be the same on both sides. */
export function onlinePasswordProblem(password: string): Notice | undefined {
  const refusedOnline = (message: string, remedy: string): Notice => ({
    code: 'online.password-refused',
    message,
    remedy,
    field: 'password',
  });
  if (password.length < ONLINE_MINIMUM || password.length > ONLINE_MAXIMUM) {
    return refusedOnline(
      `Microsoft 365 takes passwords of ${ONLINE_MINIMUM} to ${ONLINE_MAXIMUM} characters.`,
      'Choose one of that length.',
    );
  }
  if (!ONLINE_CHARACTERS.test(password)) {
    return refusedOnline(
      'Microsoft 365 does not take every character of this password.',
      'Use letters without accents, digits, spaces and common symbols only.',
    );
  }
  if ([/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length < 3) {
    return refusedOnline(
      'The password is too simple for Microsoft 365.',
      'Mix at least three of: capital letters, small letters, digits, symbols.',
    );
  }
  return undefined;
}
