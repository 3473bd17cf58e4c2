import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Emulator } from '../../index.ts';
import { clientWith, startTrusted, type TestAnswer, type TestClient } from '../../testing/TestTenant.ts';

const business = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const enterprise = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929';

let emulator: Emulator;
let graph: TestClient;

beforeAll(async () => {
  const users = ['ada', 'bob', 'cid'].map((userPrincipalName) => ({ userPrincipalName, usageLocation: 'US' }));
  emulator = await startTrusted({
    seed: {
      skus: [
        { sku: 'SPB', seats: 2 },
        { sku: 'ENTERPRISEPACK', seats: 0, warning: 3 },
        { sku: 'EXCHANGESTANDARD', seats: 0, suspended: 4, nextLifecycleDateTime: '2027-01-31T00:00:00Z' },
        { sku: 'FLOW_FREE', seats: 0, lockedOut: 1, isTrial: true, nextLifecycleDateTime: null },
      ],
      users,
      groups: [{ displayName: 'Staff', members: ['ada', 'bob', 'cid'] }],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator, [
    'Group.ReadWrite.All',
    'User.ReadWrite.All',
    'LicenseAssignment.ReadWrite.All',
    'Organization.Read.All',
  ]);
});

async function getGroupId(): Promise<string> {
  return (await graph('GET', "/groups?$filter=displayName eq 'Staff'")).body.value[0].id;
}

async function assign(addLicenses: object[], removeLicenses: string[] = []): Promise<TestAnswer> {
  return graph('POST', `/groups/${await getGroupId()}/assignLicense`, { addLicenses, removeLicenses });
}

async function read(name: string): Promise<TestAnswer['body']> {
  const select = 'id,mail,assignedLicenses,licenseAssignmentStates';
  return (await graph('GET', `/users/${name}@contoso.onmicrosoft.com?$select=${select}`)).body;
}

test('members inherit what the group has, as far as there are seats', async () => {
  expect((await assign([{ skuId: business, disabledPlans: [teams] }])).status).toBe(200);
  const groupId = await getGroupId();
  const ada = await read('ada');
  expect(ada.assignedLicenses).toEqual([{ skuId: business, disabledPlans: [teams] }]);
  expect(ada.licenseAssignmentStates).toEqual([
    expect.objectContaining({ assignedByGroup: groupId, skuId: business, state: 'Active', error: 'None' }),
  ]);
  expect(ada.mail).toBe('ada@contoso.onmicrosoft.com');
  const cid = await read('cid');
  expect(cid.assignedLicenses).toEqual([]);
  expect(cid.licenseAssignmentStates[0]).toMatchObject({ state: 'Error', error: 'CountViolation' });
  const { body } = await graph('GET', `/groups/${groupId}?$select=hasMembersWithLicenseErrors,assignedLicenses`);
  expect(body).toMatchObject({ hasMembersWithLicenseErrors: true, assignedLicenses: [{ skuId: business }] });
  const failed = await graph('GET', `/groups/${groupId}/membersWithLicenseErrors`);
  expect(failed.body.value.map(({ id }: { id: string }) => id)).toEqual([cid.id]);
  emulator.control.setSeats('SPB', 3);
  expect((await graph('POST', `/users/${cid.id}/reprocessLicenseAssignment`)).status).toBe(200);
  expect((await read('cid')).licenseAssignmentStates[0]).toMatchObject({ state: 'Active' });
});

test('what is inherited is not removed directly, goes with the membership, and can be had twice', async () => {
  await assign([{ skuId: business, disabledPlans: [teams] }]);
  const groupId = await getGroupId();
  const { id } = await read('ada');
  const change = (body: object): Promise<TestAnswer> => graph('POST', `/users/${id}/assignLicense`, body);
  const refused = await change({ addLicenses: [], removeLicenses: [business] });
  expect(refused.body.error.message).toBe(
    'User license is inherited from a group membership and it cannot be removed directly from the user.',
  );
  expect((await change({ addLicenses: [{ skuId: business }], removeLicenses: [] })).status).toBe(200);
  expect((await read('ada')).assignedLicenses).toEqual([{ skuId: business, disabledPlans: [] }]);
  const [sku] = (await graph('GET', '/subscribedSkus')).body.value;
  expect(sku.consumedUnits).toBe(2);
  await graph('DELETE', `/groups/${groupId}/members/${id}/$ref`);
  const states = (await read('ada')).licenseAssignmentStates;
  expect(states).toEqual([expect.objectContaining({ assignedByGroup: null })]);
  expect((await change({ addLicenses: [], removeLicenses: [business] })).status).toBe(200);
  expect((await read('ada')).mail).toBeNull();
});

test('plans that exclude each other are a failure of the member, and a group with licenses stays', async () => {
  const { id } = await read('ada');
  await graph('POST', `/users/${id}/assignLicense`, { addLicenses: [{ skuId: business }], removeLicenses: [] });
  await assign([{ skuId: enterprise }]);
  expect((await read('ada')).licenseAssignmentStates[1]).toMatchObject({ error: 'MutuallyExclusiveViolation' });
  expect((await graph('DELETE', `/groups/${await getGroupId()}`)).status).toBe(400);
  expect((await assign([], [enterprise])).status).toBe(200);
  expect((await assign([], [enterprise])).status).toBe(400);
  expect((await read('bob')).assignedLicenses).toEqual([]);
  expect((await graph('DELETE', `/groups/${await getGroupId()}`)).status).toBe(204);
});

test('unknown subscriptions and groups without security are refused', async () => {
  const unknown = '11111111-2222-3333-4444-555555555555';
  expect((await assign([{ skuId: unknown }])).body.error.message).toBe(
    `License ${unknown} does not correspond to a valid company License.`,
  );
  const team = {
    displayName: 'T',
    mailNickname: 't',
    groupTypes: ['Unified'],
    mailEnabled: true,
    securityEnabled: false,
  };
  const { id } = (await graph('POST', '/groups', team)).body;
  const body = { addLicenses: [{ skuId: business }], removeLicenses: [] };
  expect((await graph('POST', `/groups/${id}/assignLicense`, body)).status).toBe(400);
});

test('subscriptions tell what state their seats are in', async () => {
  const skus = (await graph('GET', '/subscribedSkus')).body.value;
  expect(skus.map(({ capabilityStatus }: { capabilityStatus: string }) => capabilityStatus)).toEqual([
    'Enabled',
    'Warning',
    'Suspended',
    'LockedOut',
  ]);
  expect(skus[3].prepaidUnits).toEqual({ enabled: 0, suspended: 0, warning: 0, lockedOut: 1 });
  const subscriptions = (await graph('GET', '/directory/subscriptions')).body.value;
  expect(subscriptions[2]).toMatchObject({
    status: 'Suspended',
    totalLicenses: 4,
    nextLifecycleDateTime: '2027-01-31T00:00:00Z',
  });
  expect(subscriptions[3]).toMatchObject({ isTrial: true, nextLifecycleDateTime: null });
  expect(Date.parse(subscriptions[0].nextLifecycleDateTime)).toBeGreaterThan(Date.now());
  emulator.control.setSeats('SPB', 0, undefined, { warning: 2, nextLifecycleDateTime: '2027-02-01T00:00:00Z' });
  const [changed] = (await graph('GET', '/directory/subscriptions')).body.value;
  expect(changed).toMatchObject({ status: 'Warning', totalLicenses: 2, nextLifecycleDateTime: '2027-02-01T00:00:00Z' });
});
