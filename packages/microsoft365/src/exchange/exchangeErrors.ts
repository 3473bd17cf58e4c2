import { DomainError } from '@isthmus/kernel';
import type { OnlineErrorCode } from '../ports.ts';
import type { ExchangeFailure } from './ExchangeFailure.ts';

interface Rule {
  readonly code: OnlineErrorCode;
  readonly status?: number;
  readonly type?: RegExp;
  readonly message?: RegExp;
  readonly says: string;
  readonly remedy: string;
  readonly field?: string;
}

const GRANT = 'Grant Exchange.ManageAsApp and the role Exchange Recipient Administrator, or repair the integration.';

/** First match wins. */
const RULES: readonly Rule[] = [
  {
    code: 'online.address-taken',
    message: /proxy address .* is already being used/i,
    says: 'the address belongs to somebody or something else in Microsoft 365.',
    remedy: 'Choose another address, or find what uses this one.',
    field: 'addresses',
  },
  {
    code: 'online.address-taken',
    type: /WLCDManagedMemberExistsException/,
    says: 'the address belongs to another Microsoft account.',
    remedy: 'Choose another address.',
    field: 'addresses',
  },
  {
    code: 'online.managed-by-synchronization',
    message: /synchronized from your on-premises organization|on-premises mastered|within your current write scope/i,
    says: 'the mailbox is kept by Entra Connect or Cloud Sync.',
    remedy: 'Change it in the directory that is synchronized, or stop that synchronization for this account.',
  },
  {
    code: 'online.domain-not-verified',
    message: /accepted domain/i,
    says: 'the domain of an address is not one of the organization.',
    remedy: 'Choose an address at a verified domain, or verify the domain first.',
    field: 'addresses',
  },
  {
    code: 'online.mailbox-missing',
    type: /ManagementObjectNotFoundException/,
    says: 'the account has no mailbox, or not yet.',
    remedy: 'Assign a license with Exchange; a mailbox appears some minutes after that.',
  },
  {
    code: 'online.not-permitted',
    status: 403,
    says: 'Exchange Online does not permit it.',
    remedy: GRANT,
  },
  {
    code: 'online.not-permitted',
    status: 401,
    says: 'Exchange Online does not accept our sign-in.',
    remedy: GRANT,
  },
];

function matches(rule: Rule, failure: ExchangeFailure): boolean {
  if (rule.status !== undefined && rule.status !== failure.status) return false;
  if (rule.type !== undefined && !rule.type.test(failure.type)) return false;
  return rule.message === undefined || rule.message.test(failure.message);
}

/** What a refused cmdlet means for a person; `purpose` says what was being done. */
export function exchangeError(failure: ExchangeFailure, purpose: string): DomainError {
  const rule = RULES.find((candidate) => matches(candidate, failure));
  const parameters = { status: failure.status, exceptionType: failure.type };
  if (rule !== undefined) {
    return new DomainError({
      code: rule.code,
      message: `Could not ${purpose}: ${rule.says}`,
      remedy: rule.remedy,
      ...(rule.field === undefined ? {} : { field: rule.field }),
      parameters,
      cause: failure,
    });
  }
  const unavailable = failure.status > 500;
  return new DomainError({
    code: unavailable ? 'online.unreachable' : 'online.failed',
    message: unavailable
      ? `Could not ${purpose}: Exchange Online is not available at the moment.`
      : `Could not ${purpose}: Exchange Online answered "${failure.message}"`,
    remedy: unavailable
      ? 'Nothing needs to be done; try again later.'
      : 'Try again; if it stays so, ask Microsoft’s support.',
    retryable: unavailable,
    parameters,
    cause: failure,
  });
}
