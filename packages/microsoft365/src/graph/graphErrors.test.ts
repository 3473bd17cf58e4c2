import { expect, test } from 'vitest';
import type { GraphRequest } from './GraphRequest.ts';
import { GraphFailure, graphError } from './graphErrors.ts';

const request: GraphRequest = {
  method: 'POST',
  path: '/users',
  permission: 'X.All',
  purpose: 'create the account ada',
};

function answer(status: number, code: string, message: string, details?: object[]) {
  return { status, headers: { 'request-id': 'r-1' }, body: { error: { code, message, ...(details && { details }) } } };
}

const conflict = (target: string) =>
  answer(400, 'Request_BadRequest', `Another object with the same value for property ${target} already exists.`, [
    { code: 'ObjectConflict', message: 'same', target },
    { code: 'ConflictingObjects', message: 'same', target: 'User_7e0c3a41-0f5c-4f7f-9f5a-0a3b2f0c1d2e' },
  ]);
const bad = (message: string) => answer(400, 'Request_BadRequest', message);

test.each([
  ['online.address-taken', conflict('userPrincipalName')],
  ['online.address-taken', conflict('proxyAddresses')],
  [
    'online.address-taken',
    bad('A conflicting object with one or more of the specified property values is present in the directory.'),
  ],
  ['online.anchor-taken', conflict('onPremisesImmutableId')],
  ['online.anchor-taken', bad('Another object with the same value for property onPremisesImmutableId already exists.')],
  [
    'online.domain-not-verified',
    bad(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    ),
  ],
  [
    'online.password-refused',
    bad(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    ),
  ],
  ['online.password-refused', bad('A password must be specified to create a new user.')],
  [
    'online.managed-by-synchronization',
    bad(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    ),
  ],
  [
    'online.no-free-license',
    bad('Subscription with SKU cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46 does not have any available licenses.'),
  ],
  ['online.usage-location-missing', bad('License assignment cannot be done for user with invalid usage location.')],
  ['online.license-unknown', bad('License 1 does not correspond to a valid company License.')],
  ['online.license-conflict', bad('License assignment failed because service plans 1, 2 are mutually exclusive.')],
  ['online.license-conflict', bad('License assignment failed because service plan 1 depends on the service plan(s) 2')],
  [
    'online.license-conflict',
    bad('User license is inherited from a group membership and it cannot be removed directly from the user.'),
  ],
  ['online.address-invalid', bad('Property userPrincipalName is invalid.')],
  ['online.address-invalid', bad("Invalid value specified for property 'mailNickname' of resource 'User'.")],
  [
    'online.not-permitted',
    answer(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  ],
  ['online.not-permitted', answer(401, 'InvalidAuthenticationToken', 'Access token is empty.')],
  ['online.not-permitted', answer(400, 'CredentialTypeNotAllowedAsPerAppPolicy', 'Not allowed.')],
  [
    'online.application-missing',
    answer(401, 'Authorization_IdentityNotFound', 'The identity … could not be established.'),
  ],
  ['online.account-not-found', answer(404, 'Request_ResourceNotFound', "Resource '1' does not exist or one of …")],
  ['online.busy', answer(409, 'Directory_ConcurrencyViolation', 'Error due to concurrent requests …')],
  ['online.throttled', answer(429, 'TooManyRequests', 'Too many requests …')],
  ['online.unreachable', answer(503, 'serviceNotAvailable', '')],
  ['online.failed', bad('Something new.')],
])('%s', (code, given) => {
  const error = graphError(given, request);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^Could not create the account ada: /);
  expect(error.remedy).toBeTruthy();
  expect(error.parameters).toMatchObject({ requestId: 'r-1', status: given.status });
  expect(error.cause).toBeInstanceOf(GraphFailure);
});

test('an answer that is no JSON still becomes an error', () => {
  expect(graphError({ status: 502, headers: {}, body: undefined }, request)).toMatchObject({
    code: 'online.unreachable',
    retryable: true,
  });
});
