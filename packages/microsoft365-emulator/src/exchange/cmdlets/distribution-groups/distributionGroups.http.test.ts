import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../index.ts';
import {
  type ExchangeClient,
  exchangeClientFor,
  exchangeClientWith,
  failureOf,
} from '../../../testing/ExchangeClient.ts';
import { clientWith, getToken, newUser, startTrusted, type TestClient } from '../../../testing/TestTenant.ts';

let emulator: Emulator;
let exchange: ExchangeClient;
let graph: TestClient;

const domain = 'contoso.example';
const address = (name: string): string => `${name}@${domain}`;
const bypass = { BypassSecurityGroupManagerCheck: true };
const quiet = { ...bypass, Confirm: false };

beforeAll(async () => {
  emulator = await startTrusted({
    throttling: { mode: 'off' },
    seed: {
      domains: [{ name: domain, isDefault: true }],
      users: [
        ...['ada', 'grace', 'kay'].map((name) => ({ userPrincipalName: name, licenses: ['SPB'], usageLocation: 'GB' })),
        { userPrincipalName: 'new' },
      ],
      groups: [{ displayName: 'Seeded list', kind: 'distribution', members: ['ada'], owners: ['grace'] }],
    },
  });
  exchange = await exchangeClientWith(emulator);
  graph = await clientWith(
    emulator,
    ['Group.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    ['Groups Administrator', 'User Administrator'],
  );
});
afterAll(() => emulator.close());
beforeEach(() =>
  emulator.control.change({ clockOffsetMs: 0, lagMs: { groups: 0, groupMembers: 0, distributionGroups: 0 } }),
);

let number = 0;
/** Makes a group that only this test knows. */
async function newGroup(more: object = {}): Promise<{ name: string; id: string }> {
  number += 1;
  const name = `List ${number}`;
  const [group] = await exchange.run('New-DistributionGroup', { Name: name, ManagedBy: ['grace'], ...more });
  return { name, id: group.ExternalDirectoryObjectId };
}

async function membersOf(identity: string): Promise<string[]> {
  const members = await exchange.run('Get-DistributionGroupMember', { Identity: identity });
  return members.map(({ PrimarySmtpAddress }) => PrimarySmtpAddress).sort();
}

async function failing(cmdlet: string, parameters: object): Promise<ReturnType<typeof failureOf>> {
  return failureOf(await exchange.invoke(cmdlet, parameters));
}

describe('a new distribution group', () => {
  test('has an address at the default domain and the defaults of the service', async () => {
    const [group] = await exchange.run('New-DistributionGroup', {
      Name: 'Pure Maths!',
      ManagedBy: ['grace', address('ada')],
    });
    expect(group).toMatchObject({
      Name: 'Pure Maths!',
      DisplayName: 'Pure Maths!',
      Alias: 'PureMaths',
      PrimarySmtpAddress: address('PureMaths'),
      EmailAddresses: [`SMTP:${address('PureMaths')}`],
      GroupType: 'Universal',
      RecipientTypeDetails: 'MailUniversalDistributionGroup',
      MemberJoinRestriction: 'Closed',
      MemberDepartRestriction: 'Open',
      RequireSenderAuthenticationEnabled: true,
      HiddenFromAddressListsEnabled: false,
      IsDirSynced: false,
    });
    expect(group.ManagedBy).toHaveLength(2);
    expect(group.ManagedBy[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is a read-only group in Graph', async () => {
    const { id } = await newGroup({ Type: 'Security', Members: ['ada'], Alias: 'guards' });
    const { body } = await graph('GET', `/groups/${id}`);
    expect(body).toMatchObject({
      mailEnabled: true,
      securityEnabled: true,
      groupTypes: [],
      mail: address('guards'),
      mailNickname: 'guards',
    });
    expect(body.proxyAddresses).toEqual([`SMTP:${address('guards')}`]);
    const members = await graph('GET', `/groups/${id}/members`);
    expect(members.body.value.map((member: { displayName: string }) => member.displayName)).toEqual(['ada']);
    const { body: user } = await graph('GET', `/users/${address('kay')}`);
    const refused = await graph('POST', `/groups/${id}/members/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user.id}`,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toBe('Cannot Update a mail-enabled security groups and or distribution list.');
  });

  test('needs an owner when an application makes it, and takes the caller otherwise', async () => {
    expect(await failing('New-DistributionGroup', { Name: 'Ownerless' })).toMatchObject({ status: 400 });
    emulator.control.change({ exchange: { applicationsMayOmitManagedBy: true } });
    const [ownerless] = await exchange.run('New-DistributionGroup', { Name: 'Ownerless' });
    expect(ownerless.ManagedBy).toEqual([]);
    emulator.control.change({ exchange: { applicationsMayOmitManagedBy: false } });
    const { username, password } = emulator.administrator;
    const scope = 'https://outlook.office365.com/.default';
    const form = {
      grant_type: 'password',
      client_id: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
      username,
      password,
      scope,
    };
    const administrator = exchangeClientFor(emulator, (await getToken(emulator, form)).body.access_token);
    const [owned] = await administrator.run('New-DistributionGroup', { Name: 'Owned' });
    expect(owned.ManagedBy).toHaveLength(1);
    await administrator.run('Set-DistributionGroup', { Identity: 'Owned', DisplayName: 'Mine' });
  });

  test.each([
    [
      'a name that is taken',
      { Name: 'seeded LIST', ManagedBy: ['ada'] },
      'The name "seeded LIST" is already being used',
    ],
    [
      'an address that is taken',
      { Name: 'x', ManagedBy: ['ada'], PrimarySmtpAddress: address('ada') },
      'is already being used by the proxy addresses',
    ],
    [
      'an address elsewhere',
      { Name: 'x', ManagedBy: ['ada'], PrimarySmtpAddress: 'x@elsewhere.example' },
      'not an accepted domain',
    ],
    ['an owner that does not exist', { Name: 'x', ManagedBy: ['nobody'] }, 'Couldn\'t find object "nobody"'],
    ['a member without mailbox', { Name: 'x', ManagedBy: ['ada'], Members: [address('new')] }, "Couldn't find object"],
    ['a name that is too long', { Name: 'x'.repeat(65), ManagedBy: ['ada'] }, 'greater than the maximum'],
    ['an alias with a blank', { Name: 'x', ManagedBy: ['ada'], Alias: 'a b' }, 'Alias'],
  ])('is not made with %s', async (_, parameters, text) => {
    expect((await failing('New-DistributionGroup', parameters)).text).toContain(text);
    expect(await exchange.run('Get-DistributionGroup', { Anr: 'x' })).toEqual([]);
  });
});

describe('members', () => {
  test('are added and removed, by any way of naming them', async () => {
    const { name, id } = await newGroup();
    await exchange.run('Add-DistributionGroupMember', { Identity: name, Member: address('ada'), ...bypass });
    await exchange.run('Add-DistributionGroupMember', { Identity: id, Member: 'Seeded list', ...bypass });
    expect(await membersOf(name)).toEqual([address('Seededlist'), address('ada')]);
    await exchange.run('Remove-DistributionGroupMember', { Identity: name, Member: 'ada', ...quiet });
    expect(await membersOf(id)).toEqual([address('Seededlist')]);
  });

  test('who are there already, and who are not there, are told apart by type', async () => {
    const { name } = await newGroup({ Members: ['ada'] });
    const added = await failing('Add-DistributionGroupMember', { Identity: name, Member: 'ada', ...bypass });
    expect(added.type).toBe('Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException');
    const removed = await failing('Remove-DistributionGroupMember', { Identity: name, Member: 'kay', ...quiet });
    expect(removed.type).toBe('Microsoft.Exchange.Management.Tasks.MemberNotFoundException');
    const missing = await failing('Add-DistributionGroupMember', { Identity: 'nothing', Member: 'kay', ...bypass });
    expect(missing).toMatchObject({ status: 404, text: expect.stringContaining("object 'nothing' couldn't be found") });
  });

  test('are replaced as a whole; null empties the list and an empty array does not', async () => {
    const { name } = await newGroup({ Members: ['ada', 'kay'] });
    await exchange.run('Update-DistributionGroupMember', { Identity: name, Members: ['grace', 'kay'], ...quiet });
    expect(await membersOf(name)).toEqual([address('grace'), address('kay')]);
    await exchange.run('Update-DistributionGroupMember', { Identity: name, Members: [], ...quiet });
    expect(await membersOf(name)).toHaveLength(2);
    await exchange.run('Update-DistributionGroupMember', { Identity: name, Members: null, ...quiet });
    expect(await membersOf(name)).toEqual([]);
  });

  test('are found by a filter on recipients', async () => {
    const { name } = await newGroup({ Members: ['kay'] });
    const [kay] = await exchange.run('Get-Recipient', { Identity: 'kay' });
    const groups = await exchange.run('Get-Recipient', { Filter: `Members -eq '${kay.DistinguishedName}'` });
    expect(groups.map((group) => group.Name)).toContain(name);
  });

  test('carry licenses of a mail-enabled security group', async () => {
    const { id } = await newGroup({ Type: 'Security' });
    const sku = '3b555118-da6a-4418-894f-7df1e2096870';
    await graph('POST', `/groups/${id}/assignLicense`, {
      addLicenses: [{ skuId: sku, disabledPlans: [] }],
      removeLicenses: [],
    });
    await graph('POST', '/users', newUser('late', { userPrincipalName: address('late') }));
    await exchange.run('Update-DistributionGroupMember', { Identity: id, Members: ['kay'], ...quiet });
    const { body } = await graph('GET', `/users/${address('kay')}?$select=licenseAssignmentStates`);
    expect(
      body.licenseAssignmentStates.some((state: { assignedByGroup: string }) => state.assignedByGroup === id),
    ).toBe(true);
  });
});

describe('changing a distribution group', () => {
  test('takes a manager of the group, or the bypass', async () => {
    const { name } = await newGroup();
    const refused = await failing('Set-DistributionGroup', { Identity: name, DisplayName: 'Other' });
    expect(refused.text).toContain('can only be performed by a manager of the group');
    const recipients = await exchangeClientWith(emulator, {
      permissions: ['Exchange.ManageAsApp'],
      roles: ['Exchange Recipient Administrator'],
    });
    const hidden = failureOf(
      await recipients.invoke('Set-DistributionGroup', { Identity: name, DisplayName: 'Other', ...bypass }),
    );
    expect(hidden.text).toContain('Invalid cmdlet parameters specified. BypassSecurityGroupManagerCheck');
  });

  test('changes what is shown, here and in Graph', async () => {
    const { name, id } = await newGroup();
    await exchange.run('Set-DistributionGroup', {
      Identity: name,
      DisplayName: 'Renamed',
      Alias: 'renamed',
      RequireSenderAuthenticationEnabled: false,
      HiddenFromAddressListsEnabled: true,
      MailTip: 'Slow',
      CustomAttribute3: 'three',
      GrantSendOnBehalfTo: ['ada'],
      ManagedBy: { '@odata.type': '#Exchange.GenericHashTable', add: 'kay' },
      ...bypass,
    });
    const [group] = await exchange.run('Get-DistributionGroup', { Identity: id });
    expect(group).toMatchObject({
      DisplayName: 'Renamed',
      RequireSenderAuthenticationEnabled: false,
      HiddenFromAddressListsEnabled: true,
      MailTip: 'Slow',
      CustomAttribute3: 'three',
    });
    expect([group.ManagedBy.length, group.GrantSendOnBehalfTo.length]).toEqual([2, 1]);
    expect((await graph('GET', `/groups/${id}`)).body).toMatchObject({
      displayName: 'Renamed',
      mailNickname: 'renamed',
    });
    const owners = await graph('GET', `/groups/${id}/owners`);
    expect(owners.body.value).toHaveLength(2);
  });

  test('changes addresses as a whole or one by one, with one primary', async () => {
    const { name, id } = await newGroup({ Alias: 'many' });
    const set = (EmailAddresses: unknown): Promise<unknown[]> =>
      exchange.run('Set-DistributionGroup', { Identity: name, EmailAddresses, ...bypass });
    const shown = async (): Promise<unknown> =>
      (await exchange.run('Get-DistributionGroup', { Identity: name }))[0].EmailAddresses;
    await set([address('one'), address('two')]);
    expect(await shown()).toEqual([`SMTP:${address('one')}`, `smtp:${address('two')}`]);
    await set({
      '@odata.type': '#Exchange.GenericHashTable',
      add: [`SMTP:${address('three')}`],
      remove: address('two'),
    });
    expect(await shown()).toEqual([`smtp:${address('one')}`, `SMTP:${address('three')}`]);
    expect((await graph('GET', `/groups/${id}`)).body.mail).toBe(address('three'));
    await exchange.run('Set-DistributionGroup', { Identity: name, PrimarySmtpAddress: address('one'), ...bypass });
    expect(await shown()).toEqual([`smtp:${address('three')}`, `SMTP:${address('one')}`]);
    const both = { Identity: name, PrimarySmtpAddress: address('one'), EmailAddresses: [address('one')], ...bypass };
    expect((await failing('Set-DistributionGroup', both)).type).toContain('AmbiguousParameterSetException');
    const two = { Identity: name, EmailAddresses: [`SMTP:${address('a')}`, `SMTP:${address('b')}`], ...bypass };
    expect((await failing('Set-DistributionGroup', two)).text).toContain('only one primary');
  });

  test('cannot take the last owner away', async () => {
    const { name } = await newGroup();
    expect((await failing('Set-DistributionGroup', { Identity: name, ManagedBy: null, ...bypass })).status).toBe(400);
  });

  test('names a recipient once in a list', async () => {
    const { name } = await newGroup();
    const twice = { Identity: name, GrantSendOnBehalfTo: ['ada', address('ada')], ...bypass };
    expect((await failing('Set-DistributionGroup', twice)).text).toContain(
      'contains the following duplicated recipient identity',
    );
  });
});

describe('finding distribution groups', () => {
  test('by filter, owner, type and part of a name', async () => {
    const { name } = await newGroup({ RoomList: true, ManagedBy: ['kay'] });
    const names = async (parameters: object): Promise<string[]> =>
      (await exchange.run('Get-DistributionGroup', parameters)).map((group) => group.Name);
    expect(await names({ RecipientTypeDetails: ['RoomList'] })).toEqual([name]);
    expect(await names({ ManagedBy: 'kay' })).toContain(name);
    expect(await names({ Anr: 'seed' })).toEqual(['Seeded list']);
    expect(
      await names({ Filter: "(Alias -like 'Seeded*') -and (RequireSenderAuthenticationEnabled -eq $true)" }),
    ).toEqual(['Seeded list']);
    expect((await failing('Get-DistributionGroup', { Filter: 'Alias is' })).text).toContain('Invalid filter');
  });

  test('a replica that lags does not show the change yet', async () => {
    emulator.control.change({ lagMs: { groups: 60_000, groupMembers: 60_000, distributionGroups: 60_000 } });
    const response = await exchange.invoke('New-DistributionGroup', { Name: 'Late', ManagedBy: ['ada'] });
    expect(response.status).toBe(200);
    expect((await exchange.invoke('Get-DistributionGroup', { Identity: 'Late' })).status).toBe(404);
    await exchange.run('Add-DistributionGroupMember', { Identity: 'Late', Member: 'ada', ...bypass });
    emulator.control.advanceClock(60_000);
    expect(await membersOf('Late')).toEqual([address('ada')]);
  });
});

test('a removed distribution group is gone for good, in Graph as well', async () => {
  const { name, id } = await newGroup({ Members: ['ada'] });
  await exchange.run('Remove-DistributionGroup', { Identity: name, ...quiet });
  expect((await exchange.invoke('Get-DistributionGroup', { Identity: name })).status).toBe(404);
  expect((await graph('GET', `/groups/${id}`)).status).toBe(404);
  expect((await graph('GET', `/directory/deletedItems/${id}`)).status).toBe(404);
  await exchange.run('New-DistributionGroup', { Name: name, ManagedBy: ['ada'] });
});
