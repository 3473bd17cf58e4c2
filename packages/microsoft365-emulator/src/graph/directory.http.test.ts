import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import {
  clientFor,
  clientWith,
  getToken,
  newUser,
  signInWith,
  startTrusted,
  type TestClient,
} from '../testing/TestTenant.ts';

const device = '0c0d0e0f-1111-2222-3333-444455556666';
const groupsAdministrator = 'fdd7a751-b60b-444a-984c-02652fe8fa1c';
const password = 'Sunny-Meadow-42';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      users: [{ userPrincipalName: 'ada', password, usageLocation: 'US', licenses: ['SPB'] }],
      groups: [{ displayName: 'Staff', members: ['ada'] }],
      contacts: [{ displayName: 'Supplier', mail: 'orders@supplier.example' }],
      devices: [{ id: device, deviceName: 'Phone of Ada', user: 'ada', properties: { model: 'iPhone 17' } }],
      serviceHealth: { 'Exchange Online': 'serviceDegradation' },
      serviceIssues: [{ id: 'EX100', title: 'Mail is slow', properties: { service: 'Exchange Online' } }],
      serviceMessages: [{ id: 'MC200', title: 'New icons', properties: { services: ['Microsoft Teams'] } }],
      usage: [{ user: 'ada', itemCount: 12, storageUsedBytes: 3456, lastActivityDate: '2026-01-02' }],
    },
  });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const client = (...permissions: string[]): Promise<TestClient> => clientWith(emulator, permissions, []);
const idsIn = ({ body }: { body: { value: { id: string }[] } }): string[] => body.value.map(({ id }) => id);

async function administratorClient(): Promise<TestClient> {
  const { username, password: secret } = emulator.administrator;
  const token = await getToken(emulator, {
    grant_type: 'password',
    client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    username,
    password: secret,
    scope: 'https://graph.microsoft.com/.default',
  });
  return clientFor(emulator.url, token.body.access_token);
}

describe('managed devices', () => {
  const base = '/deviceManagement/managedDevices';

  test('are listed, found by filter and by user, and noted on', async () => {
    const graph = await client('DeviceManagementManagedDevices.ReadWrite.All');
    const listed = await graph('GET', `${base}?$filter=operatingSystem eq 'iOS'`);
    expect(listed.body.value[0]).toMatchObject({ id: device, model: 'iPhone 17', managementState: 'managed' });
    expect(idsIn(await graph('GET', '/users/ada@contoso.onmicrosoft.com/managedDevices'))).toEqual([device]);
    expect((await graph('PATCH', `${base}/${device}`, { notes: 'Lent' })).status).toBe(200);
    expect((await graph('GET', `${base}/${device}?$select=notes`)).body.notes).toBe('Lent');
    expect((await graph('PATCH', `${base}/${device}`, { serialNumber: '1' })).status).toBe(400);
    expect((await graph('DELETE', `${base}/${device}`)).status).toBe(204);
    expect((await graph('GET', `${base}/${device}`)).status).toBe(404);
  });

  test('wipe themselves after a while', async () => {
    const graph = await client('DeviceManagementManagedDevices.ReadWrite.All');
    expect((await graph('POST', `${base}/${device}/wipe`, { keepEnrollmentData: true })).status).toBe(204);
    expect((await graph('GET', `${base}/${device}`)).body.managementState).toBe('wipePending');
    emulator.control.advanceClock(60_001);
    expect((await graph('GET', `${base}/${device}`)).body).toMatchObject({
      managementState: 'managed',
      deviceActionResults: [{ actionName: 'factoryReset', actionState: 'done' }],
    });
    await graph('POST', `${base}/${device}/wipe`, {});
    emulator.control.advanceClock(60_001);
    expect((await graph('GET', `${base}/${device}`)).status).toBe(404);
  });

  test('retire and lock need a permission of their own', async () => {
    const writer = await client('DeviceManagementManagedDevices.ReadWrite.All');
    expect((await writer('POST', `${base}/${device}/retire`)).status).toBe(403);
    const graph = await client(
      'DeviceManagementManagedDevices.PrivilegedOperations.All',
      'DeviceManagementManagedDevices.Read.All',
    );
    expect((await graph('POST', `${base}/${device}/remoteLock`)).status).toBe(204);
    expect((await graph('POST', `${base}/${device}/resetPasscode`)).status).toBe(204);
    expect((await graph('POST', `${base}/${device}/syncDevice`)).status).toBe(204);
    expect((await graph('POST', `${base}/${device}/retire`)).status).toBe(204);
    expect((await graph('GET', `${base}/${device}`)).body.managementState).toBe('retirePending');
    emulator.control.advanceClock(60_001);
    expect((await graph('GET', base)).body.value).toEqual([]);
  });
});

describe('service health and messages', () => {
  test('tell what the seed says', async () => {
    const graph = await client('ServiceHealth.Read.All', 'ServiceMessage.Read.All');
    const base = '/admin/serviceAnnouncement';
    const { body } = await graph('GET', `${base}/healthOverviews?$expand=issues`);
    const exchange = body.value.find(({ id }: { id: string }) => id === 'Exchange Online');
    expect(exchange).toMatchObject({ status: 'serviceDegradation', issues: [{ id: 'EX100', title: 'Mail is slow' }] });
    expect((await graph('GET', `${base}/healthOverviews/Microsoft Teams`)).body.status).toBe('serviceOperational');
    expect(idsIn(await graph('GET', `${base}/issues?$filter=isResolved eq false`))).toEqual(['EX100']);
    expect((await graph('GET', `${base}/issues/EX100`)).body.classification).toBe('advisory');
    const messages = await graph('GET', `${base}/messages?$filter=services/any(s:s eq 'Microsoft Teams')`);
    expect(idsIn(messages)).toEqual(['MC200']);
    expect((await graph('GET', `${base}/messages/MC200`)).body.title).toBe('New icons');
    const other = await client('ServiceHealth.Read.All');
    expect((await other('GET', `${base}/messages`)).status).toBe(403);
  });
});

describe('usage reports', () => {
  async function download(graph: TestClient, path: string): Promise<{ status: number; text: string; url: string }> {
    const redirect = await fetchRedirect(graph, path);
    const response = await fetch(redirect);
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, text: bytes.toString('utf8'), url: redirect };
  }

  async function fetchRedirect(graph: TestClient, path: string): Promise<string> {
    // The client of the tests follows redirects; the request log knows where it was led.
    emulator.control.clearRequests();
    await graph('GET', path);
    const led = emulator.control.requests({ method: 'GET' }).find(({ url }) => url.startsWith('/data/'));
    return `${emulator.url}${led?.url}`;
  }

  test('are fetched without a token for some minutes, with names concealed until a setting says otherwise', async () => {
    const graph = await client('Reports.Read.All', 'ReportSettings.ReadWrite.All');
    const path = "/reports/getMailboxUsageDetail(period='D7')";
    const concealed = await download(graph, path);
    expect(concealed.text).toMatch(/^\uFEFFReport Refresh Date,User Principal Name,Display Name,Is Deleted,/);
    expect(concealed.text).not.toContain('ada@');
    expect((await graph('PATCH', '/admin/reportSettings', { displayConcealedNames: false })).status).toBe(200);
    expect((await graph('GET', '/admin/reportSettings')).body.displayConcealedNames).toBe(false);
    const { text, url } = await download(graph, path);
    expect(text).toContain(',ada@contoso.onmicrosoft.com,ada,False,,');
    expect(text).toContain(',2026-01-02,12,3456,');
    expect((await graph('GET', "/reports/getMailboxUsageDetail(period='D8')")).status).toBe(400);
    const known = await graph('GET', path, undefined, {
      'if-none-match': (await graph('GET', path)).headers.get('etag') ?? '',
    });
    expect(known.status).toBe(304);
    emulator.control.advanceClock(301_000);
    expect((await fetch(url)).status).toBe(403);
  });

  test.each([
    ['getMailboxUsageStorage', 31],
    ['getMailboxUsageMailboxCounts', 31],
    ['getMailboxUsageQuotaStatusMailboxCounts', 31],
    ['getOffice365ActiveUserCounts', 31],
    ['getOffice365ActiveUserDetail', 3],
    ['getEmailActivityUserDetail', 2],
    ['getSharePointSiteUsageDetail', 2],
    ['getOneDriveUsageAccountDetail', 1],
  ])('%s has its lines', async (name, lines) => {
    const graph = await client('Reports.Read.All');
    const { text } = await download(graph, `/reports/${name}(period='D30')`);
    const rows = text.trim().split('\n');
    expect(rows).toHaveLength(lines);
    expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1);
  });
});

describe('audit and sign-in logs', () => {
  test('hold what was done, by whom and to whom', async () => {
    const graph = await client('User.ReadWrite.All', 'Group.ReadWrite.All', 'AuditLog.Read.All');
    const { id } = (await graph('POST', '/users', newUser('bob'))).body;
    await graph('PATCH', `/users/${id}`, { jobTitle: 'Engineer' });
    await graph('DELETE', `/users/${id}`);
    await graph('PATCH', `/users/${id}`, { jobTitle: 'Nobody' });
    const { body } = await graph('GET', "/auditLogs/directoryAudits?$filter=category eq 'UserManagement'");
    expect(body.value.map(({ activityDisplayName }: { activityDisplayName: string }) => activityDisplayName)).toEqual([
      'Delete user',
      'Update user',
      'Add user',
    ]);
    expect(body.value[1]).toMatchObject({
      result: 'success',
      initiatedBy: { app: { displayName: 'Test' } },
      targetResources: [
        {
          id,
          type: 'User',
          userPrincipalName: 'bob@contoso.onmicrosoft.com',
          modifiedProperties: [{ displayName: 'JobTitle', oldValue: '[]', newValue: '["Engineer"]' }],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(password);
    const one = await graph('GET', `/auditLogs/directoryAudits/${body.value[0].id}`);
    expect(one.body.activityDisplayName).toBe('Delete user');
  });

  test('hold sign-ins, the failed ones with their number, and no more than they are to', async () => {
    emulator.control.change({ auditLogSize: 2 });
    await signInWith(emulator, 'ada@contoso.onmicrosoft.com', password);
    await signInWith(emulator, 'ada@contoso.onmicrosoft.com', 'wrong');
    await signInWith(emulator, 'ada@contoso.onmicrosoft.com', password);
    const graph = await client('AuditLog.Read.All');
    const { body } = await graph('GET', '/auditLogs/signIns');
    expect(body.value.map(({ status }: { status: { errorCode: number } }) => status.errorCode)).toEqual([0, 50126]);
    expect(body.value[0]).toMatchObject({ userPrincipalName: 'ada@contoso.onmicrosoft.com', isInteractive: true });
  });
});

describe('directory roles', () => {
  test('are present once activated or held, and have members', async () => {
    const graph = await client('RoleManagement.ReadWrite.Directory', 'User.Read.All');
    const names = async (): Promise<string[]> =>
      (await graph('GET', '/directoryRoles')).body.value.map(({ displayName }: { displayName: string }) => displayName);
    expect(await names()).toEqual(['Global Administrator']);
    const activated = await graph('POST', '/directoryRoles', { roleTemplateId: groupsAdministrator });
    expect(activated.status).toBe(201);
    expect((await graph('POST', '/directoryRoles', { roleTemplateId: groupsAdministrator })).status).toBe(400);
    expect(await names()).toEqual(['Global Administrator', 'Groups Administrator']);
    const ada = (await graph('GET', '/users/ada@contoso.onmicrosoft.com')).body.id;
    const link = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ada}` };
    const members = `/directoryRoles/${activated.body.id}/members`;
    expect((await graph('POST', `${members}/$ref`, link)).status).toBe(204);
    expect((await graph('POST', `${members}/$ref`, link)).status).toBe(400);
    expect(idsIn(await graph('GET', `/directoryRoles(roleTemplateId='${groupsAdministrator}')/members`))).toEqual([
      ada,
    ]);
    expect((await graph('DELETE', `${members}/${ada}/$ref`)).status).toBe(204);
    expect((await graph('DELETE', `${members}/${ada}/$ref`)).status).toBe(404);
    expect((await graph('GET', '/directoryRoleTemplates')).body.value.length).toBeGreaterThan(20);
  });
});

describe('directory objects', () => {
  test('are found by id whatever they are, and deleted by whoever may', async () => {
    const graph = await client('Directory.Read.All', 'Group.ReadWrite.All', 'OrgContact.Read.All');
    const group = idsIn(await graph('GET', '/groups'))[0] ?? '';
    const contact = idsIn(await graph('GET', '/contacts'))[0] ?? '';
    expect((await graph('GET', `/contacts/${contact}`)).body.mail).toBe('orders@supplier.example');
    const user = idsIn(await graph('GET', `/groups/${group}/members`))[0] ?? '';
    expect((await graph('GET', `/directoryObjects/${group}`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.group',
      displayName: 'Staff',
    });
    const ids = [group, contact, user, '11111111-2222-3333-4444-555555555555'];
    const all = await graph('POST', '/directoryObjects/getByIds', { ids });
    expect([all.headers.get('x-ms-resource-unit'), idsIn(all)]).toEqual(['5', [group, contact, user]]);
    expect(idsIn(await graph('POST', '/directoryObjects/getByIds', { ids, types: ['user'] }))).toEqual([user]);
    expect((await graph('DELETE', `/directoryObjects/${user}`)).status).toBe(403);
    expect((await graph('DELETE', `/directoryObjects/${group}`)).status).toBe(204);
    const names = { entityType: 'Group', displayName: 'New', mailNickname: 'orders' };
    expect((await graph('POST', '/directoryObjects/validateProperties', names)).status).toBe(204);
    const bad = await graph('POST', '/directoryObjects/validateProperties', { ...names, mailNickname: 'a b' });
    expect([bad.status, bad.body.error.details[0].target]).toEqual([422, 'mailNickname']);
  });
});

describe('settings of the organization', () => {
  test('the organization itself', async () => {
    const graph = await client('Organization.ReadWrite.All');
    const path = `/organization/${emulator.tenantId}`;
    expect((await graph('PATCH', path, { technicalNotificationMails: ['it@contoso.example'] })).status).toBe(204);
    expect((await graph('GET', '/organization')).body.value[0].technicalNotificationMails).toEqual([
      'it@contoso.example',
    ]);
    expect((await graph('PATCH', path, { displayName: 'Other' })).status).toBe(400);
  });

  test('the authorization policy', async () => {
    const graph = await client('Policy.ReadWrite.Authorization');
    const path = '/policies/authorizationPolicy';
    const change = { defaultUserRolePermissions: { allowedToCreateApps: false } };
    expect((await graph('PATCH', path, change)).status).toBe(204);
    expect((await graph('GET', path)).body.defaultUserRolePermissions).toMatchObject({
      allowedToCreateApps: false,
      allowedToReadOtherUsers: true,
    });
    expect((await graph('PATCH', path, { allowInvitesFrom: 'somebody' })).status).toBe(400);
  });

  test('synchronization, for people only', async () => {
    const graph = await administratorClient();
    const path = `/directory/onPremisesSynchronization/${emulator.tenantId}`;
    const [before] = (await graph('GET', '/directory/onPremisesSynchronization')).body.value;
    expect(before.features).toMatchObject({ softMatchOnUpnEnabled: true, blockSoftMatchEnabled: false });
    expect((await graph('PATCH', path, { features: { blockSoftMatchEnabled: true } })).status).toBe(204);
    expect((await graph('GET', path)).body.features).toMatchObject({
      softMatchOnUpnEnabled: true,
      blockSoftMatchEnabled: true,
    });
    const application = await client('OnPremDirectorySynchronization.ReadWrite.All');
    expect((await application('GET', path)).status).toBe(403);
  });
});

describe('services behind Graph have limits of their own', () => {
  const readUntilRefused = async (graph: TestClient, path: string, most: number): Promise<number> => {
    for (let count = 0; count < most; count += 1) if ((await graph('GET', path)).status === 429) return count;
    return most;
  };

  test('five questions to the logs in ten seconds', async () => {
    const graph = await client('AuditLog.Read.All', 'Directory.Read.All');
    expect(await readUntilRefused(graph, '/auditLogs/signIns', 10)).toBe(5);
    const refused = await graph('GET', '/auditLogs/directoryAudits');
    expect([refused.status, refused.body.error.message]).toEqual([429, 'Please retry again later.']);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await graph('GET', '/groups')).status).toBe(200);
    emulator.control.advanceClock(10_000);
    expect((await graph('GET', '/auditLogs/signIns')).status).toBe(200);
  });

  test('fourteen of each usage report in ten minutes', async () => {
    const graph = await client('Reports.Read.All');
    expect(await readUntilRefused(graph, "/reports/getMailboxUsageStorage(period='D7')", 20)).toBe(14);
    expect((await graph('GET', "/reports/getMailboxUsageDetail(period='D7')")).status).toBe(200);
  });
});
