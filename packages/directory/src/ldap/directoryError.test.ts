import { inspect } from 'node:util';
import { DomainError } from '@isthmus/kernel';
import {
  AlreadyExistsError,
  ConstraintViolationError,
  InsufficientAccessError,
  InvalidCredentialsError,
  NoSuchObjectError,
  OperationsError,
  UnavailableError,
  UnwillingToPerformError,
} from 'ldapts';
import { expect, test } from 'vitest';
import { directoryError, isConnectionError } from './directoryError.ts';

const node = (code: string): Error => Object.assign(new Error(code), { code });
const context = { action: 'to reset passwords' };

test.each([
  [
    'a taken principal name, Samba',
    new ConstraintViolationError('0000202F: samldb: userPrincipalName in use'),
    'directory.upn-taken',
  ],
  [
    'a taken principal name, Windows',
    new ConstraintViolationError('000021C8: AtrErr: DSID-03200EF7'),
    'directory.upn-taken',
  ],
  [
    'a taken user name, Samba',
    new AlreadyExistsError("00002071: samldb: samAccountName 'bob' already in use!"),
    'directory.user-name-taken',
  ],
  [
    'a taken user name, Windows',
    new AlreadyExistsError('00000524: UpdErr: DSID-031A11E2'),
    'directory.user-name-taken',
  ],
  ['a taken entry name', new AlreadyExistsError('Entry CN=Bob,DC=test already exists'), 'directory.name-taken'],
  [
    'a weak password, Windows',
    new UnwillingToPerformError('0000052D: SvcErr: DSID-031A1254'),
    'directory.password-refused',
  ],
  [
    'a missing right',
    new InsufficientAccessError('00002098: Object has no write property access'),
    'directory.not-permitted',
  ],
  [
    'a capture without its key',
    new OperationsError('operations error at password_hash.c:1841'),
    'directory.password-capture-broken',
  ],
  ['a wrong password', new InvalidCredentialsError('80090308: data 52e, v1db1'), 'directory.credentials-refused'],
  ['a controller that shuts down', new UnavailableError('shutting down'), 'directory.unreachable'],
  ['another failure', new OperationsError('surprise'), 'directory.failed'],
  ['a refused connection', node('ECONNREFUSED'), 'directory.unreachable'],
  [
    'a lost connection',
    new Error('Connection closed before message response was received. Message type: x'),
    'directory.unreachable',
  ],
  ['an answer that does not come', new Error('SearchRequest: Operation timed out'), 'directory.unreachable'],
  ['an unknown authority', node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'directory.certificate-not-trusted'],
  ['another name in the certificate', node('ERR_TLS_CERT_ALTNAME_INVALID'), 'directory.certificate-not-trusted'],
  ['an old certificate', node('CERT_HAS_EXPIRED'), 'directory.certificate-not-trusted'],
  ['something else', new Error('surprise'), 'directory.failed'],
])('%s', (_name, error, code) => {
  const translated = directoryError(error, context);
  expect(translated.code).toBe(code);
  expect(translated.cause).toBe(error);
  expect(translated.remedy).toMatch(/\.$|smb\.conf|ldaps:\/\//);
  expect(translated.message).toMatch(/\.$/);
});

test('what Samba says about a password is passed on', () => {
  const text =
    '0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal to or longer than 7 characters!';
  expect(directoryError(new ConstraintViolationError(text), context)).toMatchObject({
    message:
      'The directory refused the password. It says: the password is too short. It should be equal to or longer than 7 characters.',
    field: 'password',
  });
});

test('a missing right names what was not permitted; a missing object is what the caller looked for', () => {
  expect(directoryError(new InsufficientAccessError(''), context).message).toContain('to reset passwords');
  const missing = { action: '', missing: 'directory.group-not-found' } as const;
  expect(directoryError(new NoSuchObjectError(''), missing).code).toBe('directory.group-not-found');
});

test('an error of the domain stays what it is, and only network failures count as a broken connection', () => {
  const error = new DomainError({ code: 'directory.failed', message: 'x' });
  expect(directoryError(error, context)).toBe(error);
  expect(isConnectionError(node('ECONNRESET'))).toBe(true);
  expect(isConnectionError(new OperationsError('ECONNRESET'))).toBe(false);
  expect(isConnectionError(inspect(error))).toBe(false);
});
