import { DomainError, type Secret } from '@isthmus/kernel';
import type { Change } from 'ldapts';
import type { DirectoryPasswordPolicy, FineGrainedPolicy } from '../Directory.ts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import { daysOfInterval, intervalOfDays, intervalOfMinutes, minutesOfInterval } from './directoryTime.ts';
import type { LdapEntry } from './LdapEntry.ts';
import type { LdapSession } from './LdapSession.ts';
import { closeClient, makeClient } from './openClient.ts';
import { findUserByName } from './users.ts';
import { replace } from './writing.ts';

const CHANGING = { action: 'to change the password policy' } as const;
const TIMEOUT_MS = 10_000;
const INVALID_CREDENTIALS = 49;
const INSUFFICIENT_RIGHTS = 50;
/** Bit of `pwdProperties` (MS-SAMR 2.2.3.5). */
const DOMAIN_PASSWORD_COMPLEX = 1;

const DOMAIN_ATTRIBUTES = [
  'minPwdLength',
  'pwdProperties',
  'pwdHistoryLength',
  'minPwdAge',
  'maxPwdAge',
  'lockoutThreshold',
  'lockoutDuration',
  'lockOutObservationWindow',
] as const;

function domainPolicyOf(domain: LdapEntry | undefined): DirectoryPasswordPolicy {
  const number = (name: string): number => Number(domain?.text(name) ?? 0);
  return {
    minimumLength: number('minPwdLength'),
    complexity: (number('pwdProperties') & DOMAIN_PASSWORD_COMPLEX) !== 0,
    historyLength: number('pwdHistoryLength'),
    minimumAgeDays: daysOfInterval(domain?.text('minPwdAge')),
    maximumAgeDays: daysOfInterval(domain?.text('maxPwdAge')),
    lockoutThreshold: number('lockoutThreshold'),
    lockoutMinutes: minutesOfInterval(domain?.text('lockoutDuration')),
    lockoutWindowMinutes: minutesOfInterval(domain?.text('lockOutObservationWindow')),
  };
}

/** The policy of the domain, from its head object (MS-ADTS 3.1.1.5.2.4, MS-SAMR 3.1.1.7). */
export async function readPasswordPolicy(session: LdapSession): Promise<DirectoryPasswordPolicy> {
  return domainPolicyOf(await session.read(session.names.baseDn, DOMAIN_ATTRIBUTES));
}

const FINE_GRAINED_ATTRIBUTES = {
  minimumLength: 'msDS-MinimumPasswordLength',
  complexity: 'msDS-PasswordComplexityEnabled',
  historyLength: 'msDS-PasswordHistoryLength',
  minimumAgeDays: 'msDS-MinimumPasswordAge',
  maximumAgeDays: 'msDS-MaximumPasswordAge',
  lockoutThreshold: 'msDS-LockoutThreshold',
  lockoutMinutes: 'msDS-LockoutDuration',
  lockoutWindowMinutes: 'msDS-LockoutObservationWindow',
} as const satisfies Record<keyof DirectoryPasswordPolicy, string>;

function fineGrainedOf(entry: LdapEntry): FineGrainedPolicy {
  const text = (field: keyof DirectoryPasswordPolicy): string | undefined => entry.text(FINE_GRAINED_ATTRIBUTES[field]);
  return {
    name: entry.text('name') ?? entry.dn,
    precedence: Number(entry.text('msDS-PasswordSettingsPrecedence') ?? 0),
    appliesTo: entry.texts('msDS-PSOAppliesTo'),
    minimumLength: Number(text('minimumLength') ?? 0),
    complexity: text('complexity') === 'TRUE',
    historyLength: Number(text('historyLength') ?? 0),
    minimumAgeDays: daysOfInterval(text('minimumAgeDays')),
    maximumAgeDays: daysOfInterval(text('maximumAgeDays')),
    lockoutThreshold: Number(text('lockoutThreshold') ?? 0),
    lockoutMinutes: minutesOfInterval(text('lockoutMinutes')),
    lockoutWindowMinutes: minutesOfInterval(text('lockoutWindowMinutes')),
  };
}

/** Only what the service account may read: by default that is reserved to Domain Admins. */
export async function listFineGrainedPolicies(session: LdapSession): Promise<readonly FineGrainedPolicy[]> {
  const container = `CN=Password Settings Container,CN=System,${session.names.baseDn}`;
  if ((await session.read(container, ['cn'])) === undefined) return [];
  const entries = await session.search({
    action: 'to read the password policies',
    base: container,
    filter: '(objectClass=msDS-PasswordSettings)',
    attributes: [
      'name',
      'msDS-PasswordSettingsPrecedence',
      'msDS-PSOAppliesTo',
      ...Object.values(FINE_GRAINED_ATTRIBUTES),
    ],
  });
  return entries.map(fineGrainedOf).sort((one, other) => one.precedence - other.precedence);
}

function changesOf(changes: Partial<DirectoryPasswordPolicy>, properties: number): Change[] {
  const { complexity, minimumLength, historyLength, minimumAgeDays, maximumAgeDays } = changes;
  const { lockoutThreshold, lockoutMinutes, lockoutWindowMinutes } = changes;
  const set = (name: string, value: string | undefined): Change[] =>
    value === undefined ? [] : [replace(name, value)];
  const withComplexity =
    complexity === undefined
      ? undefined
      : String(complexity ? properties | DOMAIN_PASSWORD_COMPLEX : properties & ~DOMAIN_PASSWORD_COMPLEX);
  return [
    ...set('minPwdLength', minimumLength?.toString()),
    ...set('pwdProperties', withComplexity),
    ...set('pwdHistoryLength', historyLength?.toString()),
    // No least age is zero; no greatest age is the longest interval there is.
    ...set('minPwdAge', minimumAgeDays === 0 ? '0' : intervalOfDays(minimumAgeDays)),
    ...set('maxPwdAge', intervalOfDays(maximumAgeDays)),
    ...set('lockoutThreshold', lockoutThreshold?.toString()),
    ...set('lockOutObservationWindow', intervalOfMinutes(lockoutWindowMinutes)),
    ...set('lockoutDuration', intervalOfMinutes(lockoutMinutes)),
  ];
}

function policyError(error: unknown): DomainError {
  if (resultCodeOf(error) === INVALID_CREDENTIALS) {
    return new DomainError({
      code: 'directory.credentials-refused',
      message: 'The directory did not accept this password.',
      remedy: 'Enter the password of your own account.',
      field: 'password',
    });
  }
  if (resultCodeOf(error) === INSUFFICIENT_RIGHTS) {
    return new DomainError({
      code: 'directory.not-permitted',
      message: 'Your account may not change the password policy of the domain.',
      remedy: 'A member of Domain Admins has to do it.',
      cause: error,
    });
  }
  return directoryError(error, CHANGING);
}

/**
 * Changes the policy of the domain in one write, on a connection that is bound as the administrator who asks for it: the
 * service account needs no such right. Reads back.
 */
export async function changePasswordPolicy(
  session: LdapSession,
  changes: Partial<DirectoryPasswordPolicy>,
  administrator: { readonly name: string; readonly password: Secret },
): Promise<DirectoryPasswordPolicy> {
  const { baseDn } = session.names;
  const user = await findUserByName(session, administrator.name);
  const domain = await session.read(baseDn, ['pwdProperties']);
  const modifications = changesOf(changes, Number(domain?.text('pwdProperties') ?? 0));
  if (user === undefined || administrator.password.reveal() === '') {
    throw policyError(new DomainError({ code: 'directory.user-not-found', message: 'There is no such account.' }));
  }
  const { url, settings } = session.connections;
  const client = makeClient(url, settings.caPem, TIMEOUT_MS);
  try {
    await client.bind(user.dn, administrator.password.reveal());
    if (modifications.length > 0) await client.modify(baseDn, modifications);
  } catch (error) {
    throw policyError(error);
  } finally {
    await closeClient(client);
  }
  return readPasswordPolicy(session);
}
