import { DomainError } from '@isthmus/kernel';
import { ResultCodeError } from 'ldapts';
import type { DirectoryErrorCode } from '../Directory.ts';

/** What the failed operation was about; decides what a missing object or a refused bind means. */
export interface ErrorContext {
  /** Completes "The directory did not permit …", for instance `to reset a password`. */
  readonly action: string;
  /** What is missing when the directory says that there is no such object. */
  readonly missing?: 'directory.user-not-found' | 'directory.group-not-found' | 'directory.container-not-found';
}

interface Rule {
  /** LDAP result codes; empty = any. */
  readonly codes: readonly number[];
  readonly text?: RegExp;
  readonly code: DirectoryErrorCode;
  readonly message: string | ((context: ErrorContext, text: string) => string);
  readonly remedy: string;
  readonly field?: string;
  readonly retryable?: boolean;
}

const MISSING = {
  'directory.user-not-found': 'The user account does not exist in the directory.',
  'directory.group-not-found': 'The group does not exist in the directory.',
  'directory.container-not-found': 'The container does not exist in the directory.',
} as const;

/** Samba says why it refused a password; Windows only says that it did (0000052D). */
function passwordRefusal(_context: ErrorContext, text: string): string {
  const reason = /(?:check_password_restrictions|check_password_quality):\s*([^!]+?)\s*!?\s*(?:Code: 0x|$)/s.exec(text);
  const said = reason?.[1] === undefined ? '' : ` It says: ${reason[1].replace(/\.$/, '')}.`;
  return `The directory refused the password.${said}`;
}

/**
 * First match wins. Hexadecimal numbers are the Windows error codes that both vendors put at the start of the text;
 * 52d = password restriction, 202f and 21c8 = user principal name not unique, 524 = account exists.
 */
const RULES: readonly Rule[] = [
  {
    codes: [1],
    text: /password_hash\.c/,
    code: 'directory.password-capture-broken',
    message:
      'The domain controller cannot encrypt captured passwords, and therefore refuses every new password and every new account.',
    remedy:
      "Give the samba service the key named in 'password hash gpg key ids' (GNUPGHOME) again, or take that line out of smb.conf, and restart samba.",
  },
  {
    codes: [],
    text: /^0000052D/i,
    code: 'directory.password-refused',
    message: passwordRefusal,
    remedy: 'Choose a password that meets the length, complexity and history rules of the domain.',
    field: 'password',
  },
  {
    codes: [19],
    text: /^(0000202F|000021C8)/i,
    code: 'directory.upn-taken',
    message: 'Another account already has this user principal name.',
    remedy: 'Choose another user principal name.',
    field: 'upn',
  },
  {
    codes: [68],
    text: /^00000524|sAMAccountName/i,
    code: 'directory.user-name-taken',
    message: 'Another account already has this user name.',
    remedy: 'Choose another user name.',
    field: 'userName',
  },
  {
    codes: [68],
    code: 'directory.name-taken',
    message: 'The container already holds an entry of this name.',
    remedy: 'Choose another display name or another container.',
    field: 'displayName',
  },
  {
    codes: [50],
    code: 'directory.not-permitted',
    message: (context) => `The service account is not permitted ${context.action}.`,
    remedy: 'Grant the missing right; the rights check in Settings names it and prints the commands.',
  },
  {
    codes: [49],
    text: /data 533/,
    code: 'directory.credentials-refused',
    message: 'The service account is disabled in the directory.',
    remedy: 'Enable the service account.',
  },
  {
    codes: [49],
    text: /data (532|773)/,
    code: 'directory.credentials-refused',
    message: "The service account's password has expired.",
    remedy: 'Set a new password for the service account that never expires, and enter it in Settings.',
  },
  {
    codes: [49],
    text: /data 775/,
    code: 'directory.credentials-refused',
    message: 'The service account is locked out.',
    remedy: 'Unlock the service account and make sure that nothing else uses its old password.',
  },
  {
    codes: [49],
    code: 'directory.credentials-refused',
    message: 'The directory refused the name or password of the service account.',
    remedy: "Enter the service account's name as a DN or user principal name, and its current password.",
  },
  {
    codes: [32],
    code: 'directory.failed',
    message: 'The directory has no such entry.',
    remedy: 'Refresh and try again; the entry may have been moved or removed meanwhile.',
  },
  {
    codes: [16, 17, 18, 19, 20, 21, 34, 64, 65],
    code: 'directory.invalid-value',
    message: 'The directory refused a value.',
    remedy: 'Check the length and the characters of the values.',
  },
  {
    codes: [3, 4, 11],
    code: 'directory.failed',
    message: 'The domain controller gave up on a long search.',
    remedy: 'Try again when it is less busy; a Samba controller with thousands of accounts should use the mdb backend.',
    retryable: true,
  },
  {
    codes: [8, 13],
    code: 'directory.failed',
    message: 'The domain controller demands an encrypted connection.',
    remedy: 'Use an ldaps:// address.',
  },
  {
    codes: [51, 52],
    code: 'directory.unreachable',
    message: 'The domain controller is busy or shutting down.',
    remedy: 'Try again in a moment.',
    retryable: true,
  },
];

const FALLBACK: Rule = {
  codes: [],
  code: 'directory.failed',
  message: (context) => `The directory could not be asked ${context.action}.`,
  remedy: 'Look into the log of the domain controller for the time of this message.',
};

/** Codes of Node and OpenSSL for a certificate that does not lead to the configured authority or name. */
const CERTIFICATE_CODE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|INVALID_PURPOSE|ERR_SSL_TLSV1_ALERT_UNKNOWN_CA)/;

const CONNECTION_CODE =
  /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|ERR_SSL_|ERR_TLS_|EPROTO|EADDR|ERR_STREAM|ENOENT|EACCES)/;
const CONNECTION_TEXT =
  /^(Connection timeout|Connection closed before|Socket error|Socket connection not established|\w+: Operation timed out)/;

function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** True when the connection, not the request, failed: the same request may succeed over a new connection. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ResultCodeError || !(error instanceof Error)) return false;
  return CONNECTION_CODE.test(systemCode(error)) || CONNECTION_TEXT.test(error.message);
}

export function isCertificateError(error: unknown): boolean {
  return CERTIFICATE_CODE.test(systemCode(error));
}

/** LDAP result code of an error, if the directory answered at all. */
export function resultCodeOf(error: unknown): number | undefined {
  return error instanceof ResultCodeError ? error.code : undefined;
}

function make(rule: Rule, context: ErrorContext, error: unknown, text: string): DomainError {
  return new DomainError({
    code: rule.code,
    message: typeof rule.message === 'string' ? rule.message : rule.message(context, text),
    remedy: rule.remedy,
    ...(rule.field === undefined ? {} : { field: rule.field }),
    retryable: rule.retryable ?? false,
    cause: error,
  });
}

function ofResultCode(error: ResultCodeError, context: ErrorContext): DomainError {
  if (error.code === 32 && context.missing !== undefined) {
    return new DomainError({
      code: context.missing,
      message: MISSING[context.missing],
      remedy: 'Refresh; it may have been moved or removed meanwhile.',
      cause: error,
    });
  }
  const applies = (rule: Rule): boolean =>
    (rule.codes.length === 0 || rule.codes.includes(error.code)) && (rule.text?.test(error.message) ?? true);
  return make(RULES.find(applies) ?? FALLBACK, context, error, error.message);
}

/** The one place where errors of LDAP, TLS and the network become errors of the domain. */
export function directoryError(error: unknown, context: ErrorContext): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof ResultCodeError) return ofResultCode(error, context);
  if (isCertificateError(error)) {
    return new DomainError({
      code: 'directory.certificate-not-trusted',
      message: 'The certificate of the domain controller does not match the trusted authority or its name.',
      remedy:
        'Compare the fingerprint on the domain controller, then trust its authority anew, and use the DNS name in the certificate.',
      parameters: { reason: systemCode(error) },
      cause: error,
    });
  }
  if (isConnectionError(error)) {
    return new DomainError({
      code: 'directory.unreachable',
      message: 'No domain controller answers.',
      remedy: 'Check that a domain controller runs and that port 636 can be reached from this machine.',
      retryable: true,
      cause: error,
    });
  }
  return make(FALLBACK, context, error, '');
}
