import { expect, test } from 'vitest';
import { captureStateOf, parseKeyIds } from './captureState.ts';

const NOTHING = { fault: undefined, newestCaptured: 0n, newestNotCaptured: 0n, configured: undefined };

test.each([
  ['nothing is known yet', {}, 'ready'],
  ['the option is set', { configured: true }, 'ready'],
  ['the option is missing', { configured: false }, 'not-configured'],
  ['a password was captured although the option seems missing', { configured: false, newestCaptured: 5n }, 'ready'],
  [
    'the newest password was not captured',
    { configured: true, newestCaptured: 5n, newestNotCaptured: 6n },
    'not-configured',
  ],
  ['a newer one was captured again', { configured: true, newestCaptured: 7n, newestNotCaptured: 6n }, 'ready'],
  ['there is a fault', { configured: true, newestCaptured: 7n, fault: 'No key.' }, 'broken'],
])('when %s', (_name, seen, capture) => {
  expect(captureStateOf({ ...NOTHING, ...seen }).capture).toBe(capture);
});

test('what is missing comes with the danger of mending it wrongly', () => {
  expect(captureStateOf({ ...NOTHING, configured: false }).detail).toContain('refuses every new password');
});

test.each([
  ['\tpassword hash gpg key ids = 4952E40301FAB41A', ['4952E40301FAB41A']],
  ['PasswordHash GPG KeyIds=A1B2C3D4, capture@corp.test', ['A1B2C3D4', 'capture@corp.test']],
  ['# password hash gpg key ids = 4952E40301FAB41A', []],
  ['[global]\n\trealm = CORP\n', []],
])('key ids in %j', (text, ids) => {
  expect(parseKeyIds(text)).toEqual(ids);
});
