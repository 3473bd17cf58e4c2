import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import {
  clientFor,
  clientWith,
  getToken,
  newUser,
  signInWith,
  startTrusted,
  type TestAnswer,
  type TestClient,
} from '../../testing/TestTenant.ts';

const business = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const essentials = '3b555118-da6a-4418-894f-7df1e2096870';
const exchangePlan = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const archivePlan = '176a09a6-7ec5-4039-ac02-b2791c6ba793';

let emulator: Emulator;
let graph: TestClient;

beforeAll(async () => {
  emulator = await startTrusted();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator);
});

async function add(name: string, more: object = {}): Promise<string> {
  const answer = await graph('POST', '/users', newUser(name, more));
  expect(answer.body).toHaveProperty('id');
  return answer.body.id;
}

function refusal({ status, body }: TestAnswer): [number, string, string] {
  return [status, body.error.code, body.error.message];
}

describe('creating', () => {
  test('answers with the default properties and where the user is', async () => {
    const { status, body, headers } = await graph('POST', '/users', newUser('ada', { department: 'Sales' }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ displayName: 'ada', userPrincipalName: 'ada@contoso.onmicrosoft.com', mail: null });
    expect(body).not.toHaveProperty('department');
    expect(body).not.toHaveProperty('accountEnabled');
    expect(headers.get('location')).toContain(`/directoryObjects/${body.id}/Microsoft.DirectoryServices.User`);
    expect(headers.get('x-ms-resource-unit')).toBe('1');
  });

  test.each([
    [{ displayName: undefined }, "A value is required for property 'displayName' of resource 'User'."],
    [{ displayName: '' }, "Invalid value specified for property 'displayName' of resource 'User'."],
    [{ jobTitle: 'x'.repeat(129) }, "Invalid value specified for property 'jobTitle' of resource 'User'."],
    [{ mailNickname: 'a b' }, "Invalid value specified for property 'mailNickname' of resource 'User'."],
    [{ usageLocation: 'usa' }, "Invalid value specified for property 'usageLocation' of resource 'User'."],
    [
      { onPremisesImmutableId: 'a_b' },
      "Invalid value specified for property 'onPremisesImmutableId' of resource 'User'.",
    ],
    [{ userPrincipalName: 'ada.@contoso.onmicrosoft.com' }, 'Property userPrincipalName is invalid.'],
    [{ userPrincipalName: 'adä@contoso.onmicrosoft.com' }, 'Property userPrincipalName is invalid.'],
    [
      { userPrincipalName: 'ada@elsewhere.example' },
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    ],
    [{ passwordProfile: undefined }, 'A password must be specified to create a new user.'],
    [
      { passwordProfile: { password: 'password' } },
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    ],
    [{ proxyAddresses: ['SMTP:a@b.example'] }, "Property 'proxyAddresses' is read-only and cannot be set."],
  ])('refuses %j', async (change, message) => {
    expect(refusal(await graph('POST', '/users', newUser('ada', change)))).toEqual([
      400,
      'Request_BadRequest',
      message,
    ]);
  });

  test('a name, an address and an immutable id can be had once', async () => {
    const id = await add('ada', { onPremisesImmutableId: 'QUJD', mail: 'ada@contoso.onmicrosoft.com' });
    const twice = await graph('POST', '/users', newUser('ADA'));
    expect(twice.status).toBe(400);
    expect(twice.body.error.details).toEqual([
      {
        code: 'ObjectConflict',
        message: 'Another object with the same value for property userPrincipalName already exists.',
        target: 'userPrincipalName',
      },
    ]);
    const sameAnchor = await graph('POST', '/users', newUser('grace', { onPremisesImmutableId: 'QUJD' }));
    expect(sameAnchor.body.error.details[0].target).toBe('onPremisesImmutableId');
    const sameMail = await graph('POST', '/users', newUser('grace', { mail: 'ada@contoso.onmicrosoft.com' }));
    expect(sameMail.body.error.details[1]).toMatchObject({ code: 'ConflictingObjects', target: `User_${id}` });
  });

  test('a body that is not JSON is refused', async () => {
    expect((await graph('POST', '/users', '{')).body.error.code).toBe('BadRequest');
  });
});

describe('reading', () => {
  test('by id and by name, with a percent sign for the at sign', async () => {
    const id = await add('ada', { department: 'Sales' });
    expect((await graph('GET', `/users/${id}`)).body.id).toBe(id);
    expect((await graph('GET', '/users/ada%40contoso.onmicrosoft.com')).body.id).toBe(id);
    expect((await graph('GET', "/users('ADA@contoso.onmicrosoft.com')?$select=department")).body).toEqual({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users(department)/$entity',
      department: 'Sales',
    });
  });

  test('what is not there is not found, in the words it was asked for', async () => {
    const message =
      "Resource 'nobody@contoso.onmicrosoft.com' does not exist or one of its queried reference-property objects are not present.";
    const answer = await graph('GET', '/users/nobody@contoso.onmicrosoft.com', undefined, {
      'client-request-id': 'mine',
    });
    expect(refusal(answer)).toEqual([404, 'Request_ResourceNotFound', message]);
    expect(answer.body.error.innerError['client-request-id']).toBe('mine');
    expect(answer.headers.get('client-request-id')).toBe('mine');
    expect((await graph('GET', '/nonsense')).body.error.message).toBe("Resource not found for the segment 'nonsense'.");
    expect((await graph('DELETE', '/users')).status).toBe(405);
  });
});

describe('changing', () => {
  test('touches only what is named and answers with nothing', async () => {
    const id = await add('ada', { department: 'Sales' });
    const answer = await graph('PATCH', `/users/${id}`, { jobTitle: 'Engineer', department: null });
    expect([answer.status, answer.body]).toEqual([204, '']);
    const { body } = await graph('GET', `/users/${id}?$select=jobTitle,department,displayName`);
    expect(body).toMatchObject({ jobTitle: 'Engineer', department: null, displayName: 'ada' });
  });

  test('a new password works at once and the old one no longer', async () => {
    await add('ada');
    const passwordProfile = { password: 'Other-Meadow-42', forceChangePasswordNextSignIn: false };
    expect((await graph('PATCH', '/users/ada@contoso.onmicrosoft.com', { passwordProfile })).status).toBe(204);
    expect((await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'Other-Meadow-42')).status).toBe(200);
    expect((await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'Sunny-Meadow-42')).status).toBe(400);
  });

  test('the manager is a reference of its own', async () => {
    const boss = await add('grace');
    const id = await add('ada');
    const link = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${boss}` };
    expect((await graph('PUT', `/users/${id}/manager/$ref`, link)).status).toBe(204);
    expect((await graph('GET', `/users/${id}/manager`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id: boss,
    });
    expect((await graph('GET', `/users/${boss}/directReports`)).body.value).toHaveLength(1);
    expect((await graph('DELETE', `/users/${id}/manager/$ref`)).status).toBe(204);
    expect((await graph('GET', `/users/${id}/manager`)).status).toBe(404);
  });
});

describe('permissions and roles', () => {
  const reset = { passwordProfile: { password: 'Other-Meadow-42' } };

  test('User.ReadWrite.All does not reset passwords, and a role alone does not either', async () => {
    const id = await add('ada');
    const broad = await clientWith(emulator, ['User.ReadWrite.All'], ['User Administrator']);
    expect((await broad('PATCH', `/users/${id}`, reset)).status).toBe(403);
    const roleless = await clientWith(emulator, ['User.ReadWrite.All', 'User-PasswordProfile.ReadWrite.All'], []);
    expect((await roleless('PATCH', `/users/${id}`, reset)).status).toBe(403);
  });

  test('one property too many refuses all of them', async () => {
    const id = await add('ada');
    const broad = await clientWith(emulator, ['User.ReadWrite.All', 'User.EnableDisableAccount.All'], []);
    expect((await broad('PATCH', `/users/${id}`, { accountEnabled: false, ...reset })).status).toBe(403);
    expect((await graph('GET', `/users/${id}?$select=accountEnabled`)).body.accountEnabled).toBe(true);
    expect((await broad('PATCH', `/users/${id}`, { accountEnabled: false })).status).toBe(204);
  });

  test('a User Administrator does not touch a Global Administrator', async () => {
    const admin = emulator.administrator.username;
    for (const change of [{ accountEnabled: false }, reset, { userPrincipalName: 'x@contoso.onmicrosoft.com' }]) {
      expect((await graph('PATCH', `/users/${admin}`, change)).status).toBe(403);
    }
    expect((await graph('DELETE', `/users/${admin}`)).status).toBe(403);
    const higher = await clientWith(emulator, undefined, ['Privileged Authentication Administrator']);
    expect((await higher('PATCH', `/users/${admin}`, reset)).status).toBe(204);
  });

  test('without the permission there is no reading, without a token not even a refusal of the directory', async () => {
    const poor = await clientWith(emulator, ['Organization.Read.All'], []);
    expect(refusal(await poor('GET', '/users'))).toEqual([
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    ]);
    const anonymous = await clientFor(emulator.url, 'nonsense')('GET', '/users');
    expect(refusal(anonymous).slice(0, 2)).toEqual([401, 'InvalidAuthenticationToken']);
    expect(anonymous.headers.get('www-authenticate')).toContain('Bearer realm=""');
  });

  test('a token ends when its time is up', async () => {
    emulator.control.advanceClock(3601_000);
    expect(refusal(await graph('GET', '/users'))[2]).toBe('Lifetime validation failed, the token is expired.');
  });

  test('people read themselves with User.Read, and nobody else', async () => {
    await add('ada');
    const other = await add('grace');
    const app = emulator.control.addApplication({ displayName: 'Public', public: true, delegated: ['User.Read'] });
    const { body } = await getToken(emulator, {
      grant_type: 'password',
      client_id: app.appId,
      username: 'ada@contoso.onmicrosoft.com',
      password: 'Sunny-Meadow-42',
      scope: 'User.Read',
    });
    const asAda = clientFor(emulator.url, body.access_token);
    expect((await asAda('GET', '/me')).body.displayName).toBe('ada');
    expect((await asAda('GET', `/users/${other}`)).status).toBe(403);
    expect((await asAda('GET', '/users')).status).toBe(403);
    expect((await graph('GET', '/me')).body.error.message).toContain('only valid with delegated authentication flow');
  });

  test('people change their own password when they know the old one', async () => {
    await add('ada');
    const delegated = ['User.Read', 'User-PasswordProfile.ReadWrite.All'];
    const app = emulator.control.addApplication({ displayName: 'Public', public: true, delegated });
    const form = { grant_type: 'password', client_id: app.appId, scope: 'User.Read' };
    const person = { username: 'ada@contoso.onmicrosoft.com', password: 'Sunny-Meadow-42' };
    const asAda = clientFor(emulator.url, (await getToken(emulator, { ...form, ...person })).body.access_token);
    const change = { currentPassword: 'Wrong-Meadow-42', newPassword: 'Other-Meadow-42' };
    expect((await asAda('POST', '/me/changePassword', change)).status).toBe(400);
    const right = { ...change, currentPassword: person.password };
    expect((await asAda('POST', '/me/changePassword', right)).status).toBe(204);
    expect((await signInWith(emulator, person.username, 'Other-Meadow-42')).status).toBe(200);
  });
});

describe('licences', () => {
  const assign = (skuId: string, disabledPlans: string[] = []): object => ({
    addLicenses: [{ skuId, disabledPlans }],
    removeLicenses: [],
  });

  test('bring a mailbox and take it away again', async () => {
    const id = await add('ada');
    const given = await graph('POST', `/users/${id}/assignLicense`, assign(business));
    expect([given.status, given.body.mail]).toEqual([200, 'ada@contoso.onmicrosoft.com']);
    const { body } = await graph('GET', `/users/${id}?$select=assignedLicenses,proxyAddresses,licenseAssignmentStates`);
    expect(body.assignedLicenses).toEqual([{ disabledPlans: [], skuId: business }]);
    expect(body.proxyAddresses).toEqual(['SMTP:ada@contoso.onmicrosoft.com']);
    expect(body.licenseAssignmentStates[0]).toMatchObject({ state: 'Active', error: 'None' });
    expect((await graph('GET', `/users/${id}/licenseDetails`)).body.value[0].skuPartNumber).toBe('SPB');
    const taken = await graph('POST', `/users/${id}/assignLicense`, { addLicenses: [], removeLicenses: [business] });
    expect(taken.body.mail).toBeNull();
  });

  test.each([
    [
      assign('00000000-0000-0000-0000-000000000000'),
      /^License 0{8}\S+ does not correspond to a valid company License\.$/,
    ],
    [assign(business, [exchangePlan]), new RegExp(`service plan ${archivePlan} depends on the service plan\\(s\\)`)],
    [{ addLicenses: [], removeLicenses: [business] }, /^User does not have a corresponding license\.$/],
    [{ addLicenses: [] }, /assignLicense/],
  ])('refuses %j', async (body, message) => {
    const id = await add('ada');
    const answer = await graph('POST', `/users/${id}/assignLicense`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  test('need a usage location and a free seat', async () => {
    const nowhere = await add('ada', { usageLocation: null });
    expect((await graph('POST', `/users/${nowhere}/assignLicense`, assign(business))).body.error.message).toBe(
      'License assignment cannot be done for user with invalid usage location.',
    );
    emulator.control.setSeats('O365_BUSINESS_ESSENTIALS', 1);
    const first = await add('grace');
    const second = await add('joan');
    expect((await graph('POST', `/users/${first}/assignLicense`, assign(essentials))).status).toBe(200);
    expect((await graph('POST', `/users/${second}/assignLicense`, assign(essentials))).body.error.message).toBe(
      `Subscription with SKU ${essentials} does not have any available licenses.`,
    );
    await graph('DELETE', `/users/${first}`);
    expect((await graph('POST', `/users/${second}/assignLicense`, assign(essentials))).status).toBe(200);
    const skus = (await graph('GET', '/subscribedSkus')).body.value;
    expect(skus.find((sku: { skuId: string }) => sku.skuId === essentials)).toMatchObject({ consumedUnits: 1 });
  });

  test('two writes at the same time to one person collide', async () => {
    const id = await add('ada');
    emulator.control.change({ latencyMs: 5 });
    const item = (name: string, body: object): object => ({
      id: name,
      method: 'POST',
      url: `/users/${id}/assignLicense`,
      headers: { 'content-type': 'application/json' },
      body,
    });
    const requests = [item('1', assign(business)), item('2', assign(essentials))];
    const { body } = await graph('POST', '/$batch', { requests });
    const statuses = body.responses.map((response: { status: number }) => response.status).sort();
    expect(statuses).toEqual([200, 409]);
  });
});

describe('deleting', () => {
  test('puts people into the bin, from which they come back as they were', async () => {
    const id = await add('ada');
    await graph('POST', `/users/${id}/assignLicense`, { addLicenses: [{ skuId: business }], removeLicenses: [] });
    expect((await graph('DELETE', `/users/${id}`)).status).toBe(204);
    expect((await graph('GET', `/users/${id}`)).status).toBe(404);
    const bin = await graph('GET', '/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName');
    const prefixed = `${id.replaceAll('-', '')}ada@contoso.onmicrosoft.com`;
    expect(bin.body.value).toEqual([{ id, userPrincipalName: prefixed }]);
    expect((await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'Sunny-Meadow-42')).body.error_codes).toEqual([
      50034,
    ]);
    const restored = await graph('POST', `/directory/deletedItems/${id}/restore`);
    expect(restored.body).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id,
      mail: 'ada@contoso.onmicrosoft.com',
    });
    expect((await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'Sunny-Meadow-42')).status).toBe(200);
  });

  test('a name that was taken meanwhile stands in the way, and another one is a way round', async () => {
    const id = await add('ada');
    await graph('DELETE', `/users/${id}`);
    await add('ada');
    expect((await graph('POST', `/directory/deletedItems/${id}/restore`)).body.error.details[0].code).toBe(
      'ObjectConflict',
    );
    const body = { newUserPrincipalName: 'ada2@contoso.onmicrosoft.com' };
    expect((await graph('POST', `/directory/deletedItems/${id}/restore`, body)).status).toBe(200);
  });

  test('is final when it is asked for twice or after thirty days', async () => {
    const first = await add('ada');
    const second = await add('grace');
    for (const id of [first, second]) await graph('DELETE', `/users/${id}`);
    expect((await graph('DELETE', `/directory/deletedItems/${first}`)).status).toBe(204);
    expect((await graph('POST', `/directory/deletedItems/${first}/restore`)).status).toBe(404);
    emulator.control.change({ accessTokenSeconds: 40 * 24 * 3600 });
    graph = await clientWith(emulator);
    emulator.control.advanceClock(31 * 24 * 3600_000);
    expect((await graph('GET', `/directory/deletedItems/${second}`)).status).toBe(404);
  });
});
