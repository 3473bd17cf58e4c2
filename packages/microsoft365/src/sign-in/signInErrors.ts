import { DomainError, type DomainErrorDetails } from '@isthmus/kernel';
import { DISTRUST_REMEDY, OFFLINE_REMEDY } from '../http/HttpChannel.ts';
import type { OnlineErrorCode } from '../ports.ts';
import type { SignInTrouble } from './SignInNetwork.ts';

type Reading = Omit<DomainErrorDetails, 'code'> & { readonly code: OnlineErrorCode };

const CERTIFICATE: Reading = {
  code: 'online.certificate-refused',
  message: 'Microsoft 365 does not accept the certificate of this installation.',
  remedy: 'Connect Microsoft 365 again, so that a new certificate is registered.',
};
const CLOCK: Reading = {
  code: 'online.certificate-refused',
  message: 'Microsoft 365 refuses the sign-in because the time of this machine is wrong.',
  remedy: 'Set the clock of this machine, best by a time server, and try again.',
  retryable: true,
};
const APPLICATION: Reading = {
  code: 'online.application-missing',
  message: 'The app registration of this installation is not in the tenant any more.',
  remedy: 'Connect Microsoft 365 again.',
};
const DISABLED: Reading = {
  code: 'online.application-missing',
  message: 'The app registration of this installation is disabled in the tenant.',
  remedy: 'Enable the enterprise application in the Microsoft Entra admin center, or connect Microsoft 365 again.',
};
const TENANT: Reading = {
  code: 'online.application-missing',
  message: 'Microsoft 365 does not know the tenant.',
  remedy: 'Check that the right cloud is chosen and that the tenant still exists, then connect Microsoft 365 again.',
};
const CONSENT: Reading = {
  code: 'online.not-permitted',
  message: 'The administrator may not grant this product the permissions it needs.',
  remedy: 'Sign in as a Global Administrator.',
};
const POLICY: Reading = {
  code: 'online.not-permitted',
  message: 'A sign-in rule of the tenant refused the sign-in.',
  remedy: 'Sign in from a device and a place that the Conditional Access rules of the tenant allow.',
};
const DECLINED: Reading = {
  code: 'online.sign-in-declined',
  message: 'The sign-in was declined.',
  remedy: 'Start the sign-in again and accept it.',
};
const EXPIRED: Reading = {
  code: 'online.sign-in-expired',
  message: 'The sign-in took too long, or the session of the administrator is over.',
  remedy: 'Start the sign-in again.',
};

/** Numbers of learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const BY_NUMBER: ReadonlyMap<number, Reading> = new Map([
  ...[700027, 50012, 700021, 50027, 5002738, 5002723, 90014, 7000218, 700025].map(
    (code) => [code, CERTIFICATE] as const,
  ),
  [700024, CLOCK],
  ...[700016, 7000229].map((code) => [code, APPLICATION] as const),
  [7000112, DISABLED],
  ...[90002, 900023].map((code) => [code, TENANT] as const),
  ...[65001, 50105].map((code) => [code, CONSENT] as const),
  ...[53003, 50076, 50079, 53000].map((code) => [code, POLICY] as const),
  ...[65004, 70017].map((code) => [code, DECLINED] as const),
  ...[70019, 70008, 70020, 70018, 50173, 700082].map((code) => [code, EXPIRED] as const),
]);

const BY_NAME: ReadonlyMap<string, Reading> = new Map([
  ['authorization_declined', DECLINED],
  ['access_denied', DECLINED],
  ['expired_token', EXPIRED],
  ['bad_verification_code', EXPIRED],
  ['invalid_client', CERTIFICATE],
  ['unauthorized_client', APPLICATION],
]);

const UNREACHABLE: Reading = {
  code: 'online.unreachable',
  message: 'The sign-in service of Microsoft 365 cannot be reached.',
  remedy: OFFLINE_REMEDY,
  retryable: true,
};

/** What a failed sign-in means for a person. The number is kept in `parameters.signInCode`. */
export function signInError(trouble: SignInTrouble | undefined, cause: unknown): DomainError {
  if (trouble === undefined) {
    return new DomainError({
      code: 'online.failed',
      message: 'The sign-in to Microsoft 365 failed.',
      remedy: 'Try again; if it stays so, look into the log for the cause.',
      cause,
    });
  }
  if (trouble.kind === 'network') {
    const { failure } = trouble;
    const remedy = failure.isDistrust ? DISTRUST_REMEDY : OFFLINE_REMEDY;
    return new DomainError({ ...UNREACHABLE, remedy, parameters: { reason: failure.reason }, cause: failure });
  }
  const parameters = { status: trouble.status, signInCode: trouble.codes[0] ?? trouble.error };
  if (trouble.status === 429) {
    return new DomainError({
      code: 'online.throttled',
      message: 'The sign-in service of Microsoft 365 asks us to wait.',
      remedy: 'Nothing needs to be done; the work continues by itself.',
      retryable: true,
      parameters,
      cause,
    });
  }
  if (trouble.status >= 500) return new DomainError({ ...UNREACHABLE, parameters, cause });
  const reading = trouble.codes.map((code) => BY_NUMBER.get(code)).find((found) => found !== undefined);
  const found = reading ?? BY_NAME.get(trouble.error);
  if (found !== undefined) return new DomainError({ ...found, parameters, cause });
  return new DomainError({
    code: 'online.failed',
    message: `Microsoft 365 refused the sign-in (${parameters.signInCode}).`,
    remedy: 'Look the number up at https://login.microsoftonline.com/error, mend the cause, and try again.',
    parameters,
    cause,
  });
}
