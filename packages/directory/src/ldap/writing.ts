import { DomainError, type Secret } from '@isthmus/kernel';
import { Attribute, Change, type Client } from 'ldapts';
import type { DirectoryUser } from '../DirectoryUser.ts';
import { resultCodeOf } from './directoryError.ts';
import { escapeDnValue, sameDn } from './distinguishedName.ts';
import type { LdapSession } from './LdapSession.ts';
import { equals } from './users.ts';

const ALREADY_EXISTS = 68;
/** Upper bound of `cn` in the schema. */
const MAX_COMMON_NAME = 64;

export function replace(type: string, ...values: (string | Buffer)[]): Change {
  return new Change({ operation: 'replace', modification: attribute(type, ...values) });
}

export function attribute(type: string, ...values: (string | Buffer)[]): Attribute {
  const texts = values.filter((value) => typeof value === 'string');
  const buffers = values.filter((value) => typeof value !== 'string');
  return new Attribute({ type, values: buffers.length > 0 ? buffers : texts });
}

/** `unicodePwd` takes the password in quotation marks as UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). */
export function unicodePwd(password: Secret): Buffer {
  return Buffer.from(`"${password.reveal()}"`, 'utf16le');
}

function taken(code: 'directory.user-name-taken' | 'directory.upn-taken', field: 'userName' | 'upn'): DomainError {
  const what = field === 'upn' ? 'user principal name' : 'user name';
  return new DomainError({
    code,
    message: `Another account already has this ${what}.`,
    remedy: `Choose another ${what}.`,
    field,
  });
}

/** The name is unique over accounts of every kind, groups and computers included. */
export async function demandFree(
  session: LdapSession,
  names: { userName?: string | undefined; upn?: string | undefined },
  except?: DirectoryUser,
): Promise<void> {
  const isTaken = async (name: string, value: string | undefined): Promise<boolean> => {
    if (value === undefined) return false;
    const entries = await session.search({
      base: session.names.baseDn,
      filter: equals(name, value),
      attributes: ['cn'],
      action: 'to look for the name',
    });
    return entries.some((entry) => except === undefined || !sameDn(entry.dn, except.dn));
  };
  if (await isTaken('sAMAccountName', names.userName)) throw taken('directory.user-name-taken', 'userName');
  if (await isTaken('userPrincipalName', names.upn)) throw taken('directory.upn-taken', 'upn');
}

export function demandText(value: string | undefined, field: 'userName' | 'upn' | 'displayName'): void {
  if (value === undefined || value.trim() !== '') return;
  throw new DomainError({
    code: 'directory.invalid-value',
    message: 'This field must not be empty.',
    remedy: 'Enter a value.',
    field,
  });
}

/**
 * Names for the entry, best first: the display name, and where the container has that already, with the user name in
 * parentheses behind it.
 */
export function commonNames(displayName: string, userName: string): readonly string[] {
  const suffix = ` (${userName})`;
  const shorten = (text: string, length: number): string => [...text].slice(0, length).join('').trim();
  return [
    shorten(displayName, MAX_COMMON_NAME),
    `${shorten(displayName, MAX_COMMON_NAME - [...suffix].length)}${suffix}`,
  ];
}

/** Tries the names one after another while the container already has an entry of that name. */
export async function withFreeName(
  session: LdapSession,
  names: readonly string[],
  work: (client: Client, rdn: string) => Promise<void>,
): Promise<void> {
  for (const [index, name] of names.entries()) {
    try {
      await session.connections.use((client) => work(client, `CN=${escapeDnValue(name)}`));
      return;
    } catch (error) {
      const clash = resultCodeOf(error) === ALREADY_EXISTS && !/sAMAccountName|^00000524/i.test(String(error));
      if (!clash || index === names.length - 1) throw error;
    }
  }
}
