import type { SignInOutcome } from '@isthmus/directory';
import { DomainError } from '@isthmus/kernel';

type Refusal = Exclude<SignInOutcome['outcome'], 'ok'>;

const refusals: Readonly<Record<Refusal, { code: string; message: string; remedy: string }>> = {
  'wrong-name-or-password': {
    code: 'session.wrong-name-or-password',
    message: 'The name or the password is wrong.',
    remedy: 'Check both; sign in as ada, ada@example.com or CORP\\ada.',
  },
  disabled: {
    code: 'session.account-disabled',
    message: 'Your account is deactivated.',
    remedy: 'Ask another administrator to activate it.',
  },
  expired: {
    code: 'session.account-expired',
    message: 'Your account has expired.',
    remedy: 'Ask another administrator to extend it.',
  },
  'password-expired': {
    code: 'session.password-expired',
    message: 'Your password has expired.',
    remedy: 'Change it on a computer of the domain, then sign in here.',
  },
  'must-change': {
    code: 'session.must-change-password',
    message: 'You have to change your password first.',
    remedy: 'Change it on a computer of the domain, then sign in here.',
  },
  locked: {
    code: 'session.account-locked',
    message: 'Your account is locked after too many wrong passwords.',
    remedy: 'Wait until the lock ends, or ask another administrator to unlock it.',
  },
  'not-allowed-now': {
    code: 'session.not-allowed',
    message: 'Your account may not sign in at this time or from this computer.',
    remedy: 'Ask an administrator about the sign-in hours of your account.',
  },
};

export function signInRefusal(outcome: Refusal): DomainError {
  return new DomainError(refusals[outcome]);
}

export function notAllowed(): DomainError {
  return new DomainError({
    code: 'session.not-allowed',
    message: 'Your account may not use this dashboard.',
    remedy: 'Ask an administrator to add you to one of the groups that may.',
  });
}

export function directoryUnreachable(cause: unknown): DomainError {
  return new DomainError({
    code: 'session.directory-unreachable',
    message: 'The directory does not answer, so nobody can sign in at the moment.',
    remedy: 'Check that a domain controller runs and that this server reaches it.',
    retryable: true,
    cause,
  });
}
