export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly complexity: boolean;
}

export interface PasswordOwner {
  readonly userName: string;
  readonly displayName: string;
}

export const passwordRules = ['length', 'kinds', 'name'] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** Character classes of Windows' complexity rule; a letter without case counts as one of its own. */
const classes = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u, /\p{Lo}/u];
const NEEDED_CLASSES = 3;
const SHORTEST_NAME = 3;
const NAME_SEPARATORS = /[\s,.\-_#]+/;

/** MS-SAMR 3.1.1.7.2: the whole user name and each part of the display name, from three characters on. */
function holdsName(password: string, { userName, displayName }: PasswordOwner): boolean {
  const lower = password.toLowerCase();
  return [userName, ...displayName.split(NAME_SEPARATORS)].some(
    (part) => part.length >= SHORTEST_NAME && lower.includes(part.toLowerCase()),
  );
}

/** Which rules of the directory's policy the password meets; rules that do not apply are left out. */
export function checkPassword(
  password: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): readonly { readonly rule: PasswordRule; readonly met: boolean }[] {
  const length = { rule: 'length' as const, met: [...password].length >= policy.minimumLength };
  if (!policy.complexity) return [length];
  const kinds = classes.filter((pattern) => pattern.test(password)).length;
  return [
    length,
    { rule: 'kinds', met: kinds >= NEEDED_CLASSES },
    { rule: 'name', met: password !== '' && !holdsName(password, owner) },
  ];
}

/** No characters that look alike or that are hard to say on the telephone. */
const alphabets = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!#%+-=?'] as const;
const GENERATED_LENGTH = 16;

function randomBelow(limit: number): number {
  const values = new Uint32Array(1);
  const fair = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    crypto.getRandomValues(values);
    const value = values[0] ?? 0;
    if (value < fair) return value % limit;
  }
}

const pick = (from: string): string => from.charAt(randomBelow(from.length));

function shuffledCharacters(length: number): string {
  const characters: string[] = alphabets.map(pick);
  while (characters.length < length) characters.push(pick(alphabets.join('')));
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomBelow(index + 1);
    const here = characters[index] ?? '';
    characters[index] = characters[other] ?? '';
    characters[other] = here;
  }
  return characters.join('');
}

/** A random password with every kind of character that meets each rule of the policy for its owner. */
export function generatePassword(policy: PasswordPolicy, owner: PasswordOwner): string {
  for (;;) {
    const password = shuffledCharacters(Math.max(GENERATED_LENGTH, policy.minimumLength));
    if (checkPassword(password, policy, owner).every(({ met }) => met)) return password;
  }
}
