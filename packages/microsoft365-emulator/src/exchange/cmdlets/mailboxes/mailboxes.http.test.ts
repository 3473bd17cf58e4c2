import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../index.ts';
import { type ExchangeClient, exchangeClientWith, failureOf } from '../../../testing/ExchangeClient.ts';
import { clientWith, newUser, startTrusted, type TestAnswer, type TestClient } from '../../../testing/TestTenant.ts';

let emulator: Emulator;
let exchange: ExchangeClient;
let graph: TestClient;

const domain = 'contoso.onmicrosoft.com';
const address = (name: string): string => `${name}@${domain}`;
const spb = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const day = 24 * 3600 * 1000;

beforeAll(async () => {
  emulator = await startTrusted({
    throttling: { mode: 'off' },
    settings: { accessTokenSeconds: 400 * 24 * 3600 },
    seed: {
      users: [
        ...['ada', 'grace', 'kay'].map((name) => ({ userPrincipalName: name, licenses: ['SPB'], usageLocation: 'GB' })),
        { userPrincipalName: 'synced', licenses: ['SPB'], properties: { onPremisesSyncEnabled: true } },
      ],
      contacts: [{ displayName: 'Outside', mail: 'outside@elsewhere.example' }],
      exchange: { cmdlets: [{ name: 'Set-Mailbox', parameters: { Identity: 'kay', Type: 'Shared' } }] },
    },
  });
  exchange = await exchangeClientWith(emulator);
  graph = await clientWith(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.change({ clockOffsetMs: 0, exchange: { mailboxDelayMs: 0 } }));

async function newPerson(name: string): Promise<string> {
  const { body } = await graph('POST', '/users', newUser(name));
  return body.id;
}

function license(id: string, addLicenses: object[], removeLicenses: string[] = []): Promise<unknown> {
  return graph('POST', `/users/${id}/assignLicense`, { addLicenses, removeLicenses });
}

const withSpb = [{ skuId: spb, disabledPlans: [] }];

async function failing(cmdlet: string, parameters: object): Promise<ReturnType<typeof failureOf>> {
  return failureOf(await exchange.invoke(cmdlet, parameters));
}

async function shown(identity: string, parameters: object = {}): Promise<TestAnswer['body']> {
  const [mailbox] = await exchange.run('Get-Mailbox', { Identity: identity, ...parameters });
  return mailbox;
}

describe('a mailbox', () => {
  test('appears some time after the license', async () => {
    emulator.control.change({ exchange: { mailboxDelayMs: 300_000 } });
    const id = await newPerson('slow');
    await license(id, withSpb);
    expect((await exchange.invoke('Get-Mailbox', { Identity: address('slow') })).status).toBe(404);
    const [group] = await exchange.run('New-DistributionGroup', { Name: 'Waiting', ManagedBy: ['ada'] });
    const member = { Identity: group.Name, Member: address('slow'), BypassSecurityGroupManagerCheck: true };
    expect((await failing('Add-DistributionGroupMember', member)).text).toContain("Couldn't find object");
    expect((await failing('Get-MailboxStatistics', { Identity: address('slow') })).text).toContain("doesn't exist");
    emulator.control.advanceClock(300_000);
    expect(await shown(address('slow'))).toMatchObject({
      Identity: id,
      ExternalDirectoryObjectId: id,
      RecipientTypeDetails: 'UserMailbox',
    });
    await exchange.run('Add-DistributionGroupMember', member);
  });

  test('is soft-deleted without the license, and comes back with it as it was', async () => {
    const id = await newPerson('back');
    await license(id, withSpb);
    await exchange.run('Set-Mailbox', { Identity: id, ForwardingSmtpAddress: 'a@elsewhere.example' });
    const { ExchangeGuid } = await shown(id);
    await license(id, [], [spb]);
    expect((await exchange.invoke('Get-Mailbox', { Identity: id })).status).toBe(404);
    expect(await shown(id, { SoftDeletedMailbox: true })).toMatchObject({ ExchangeGuid });
    await license(id, withSpb);
    expect(await shown(id)).toMatchObject({ ExchangeGuid, ForwardingSmtpAddress: 'smtp:a@elsewhere.example' });
    await license(id, [], [spb]);
    emulator.control.advanceClock(31 * day);
    expect((await exchange.invoke('Get-Mailbox', { Identity: id, SoftDeletedMailbox: true })).status).toBe(404);
    await license(id, withSpb);
    expect((await shown(id)).ExchangeGuid).not.toBe(ExchangeGuid);
  });

  test('is soft-deleted with its user and comes back with it; on hold it becomes inactive', async () => {
    const id = await newPerson('gone');
    await license(id, withSpb);
    await graph('DELETE', `/users/${id}`);
    expect(await exchange.run('Get-Mailbox', { SoftDeletedMailbox: true })).toHaveLength(1);
    await graph('POST', `/directory/deletedItems/${id}/restore`);
    await exchange.run('Set-Mailbox', { Identity: id, LitigationHoldEnabled: true });
    await graph('DELETE', `/users/${id}`);
    expect(await exchange.run('Get-Mailbox', { SoftDeletedMailbox: true })).toEqual([]);
    const [inactive] = await exchange.run('Get-Mailbox', { InactiveMailboxOnly: true });
    expect(inactive).toMatchObject({ IsInactiveMailbox: true, LitigationHoldEnabled: true });
  });

  test('that is shared stays without a license, with its addresses', async () => {
    const id = await newPerson('team');
    await license(id, withSpb);
    await exchange.run('Set-Mailbox', { Identity: id, Type: 'Shared' });
    await license(id, [], [spb]);
    expect(await shown(id)).toMatchObject({
      RecipientTypeDetails: 'SharedMailbox',
      IsShared: true,
      SKUAssigned: false,
      PrimarySmtpAddress: address('team'),
    });
    expect((await graph('GET', `/users/${id}?$select=mail`)).body.mail).toBe(address('team'));
    const types = { RecipientTypeDetails: ['SharedMailbox'] };
    expect((await exchange.run('Get-Mailbox', types)).map(({ Alias }) => Alias).sort()).toEqual(['kay', 'team']);
    const { body } = await exchange.invoke('Set-Mailbox', { Identity: id, Type: 'Regular' });
    expect(body['@adminapi.warnings'][0]).toContain('no license');
  });
});

describe('addresses of a mailbox', () => {
  test('are those that Graph shows', async () => {
    await exchange.run('Set-Mailbox', {
      Identity: 'ada',
      EmailAddresses: [`SMTP:${address('countess')}`, address('ada'), 'SIP:ada'],
    });
    const { body } = await graph('GET', `/users/${address('ada')}?$select=mail,proxyAddresses`);
    expect(body.mail).toBe(address('countess'));
    expect(body.proxyAddresses).toEqual([`SMTP:${address('countess')}`, `smtp:${address('ada')}`, 'SIP:ada']);
    await graph('PATCH', `/users/${address('ada')}`, { mail: address('lovelace') });
    expect(await shown('ada')).toMatchObject({ PrimarySmtpAddress: address('lovelace') });
    const remove = { '@odata.type': '#Exchange.StringFieldDeltaUpdateData', Add: [], Remove: [address('countess')] };
    await exchange.run('Set-Mailbox', { Identity: address('lovelace'), EmailAddresses: remove });
    expect((await shown('ada')).EmailAddresses).not.toContain(`smtp:${address('countess')}`);
  });

  test("are nobody else's, in Exchange and in Graph", async () => {
    const taken = await failing('Set-Mailbox', { Identity: 'ada', EmailAddresses: [address('ada'), address('grace')] });
    expect(taken.type).toBe('Microsoft.Exchange.Management.Tasks.WLCDManagedMemberExistsException');
    await exchange.run('New-DistributionGroup', {
      Name: 'Holder',
      ManagedBy: ['ada'],
      PrimarySmtpAddress: address('held'),
    });
    const refused = await graph('POST', '/users', newUser('held'));
    expect(refused.status).toBe(400);
    expect(refused.body.error.details[0].target).toBe('proxyAddresses');
  });

  test('cannot lose the primary one, have two, or be at another domain', async () => {
    const remove = { '@odata.type': '#Exchange.GenericHashTable', remove: address('grace') };
    expect((await failing('Set-Mailbox', { Identity: 'grace', EmailAddresses: remove })).text).toContain(
      'primary SMTP address',
    );
    expect(
      (await failing('Set-Mailbox', { Identity: 'grace', EmailAddresses: ['g@elsewhere.example'] })).text,
    ).toContain('accepted domain');
    expect((await failing('Set-Mailbox', { Identity: 'grace', EmailAddresses: { add: 'x' } })).type).toContain(
      'ParameterTransformationException',
    );
  });

  test('are left to the directory on premises when that is the master', async () => {
    const parameters = { Identity: 'synced', EmailAddresses: [address('synced'), address('other')] };
    expect((await failing('Set-Mailbox', parameters)).text).toContain(
      'is being synchronized from your on-premises organization',
    );
    await exchange.run('Set-Mailbox', { Identity: 'synced', DeliverToMailboxAndForward: true });
  });
});

describe('settings of a mailbox', () => {
  test('forwarding to a recipient and to an address', async () => {
    const [contact] = await exchange.run('Get-Recipient', { Identity: 'outside@elsewhere.example' });
    expect(contact.RecipientTypeDetails).toBe('MailContact');
    await exchange.run('Set-Mailbox', {
      Identity: 'grace',
      ForwardingAddress: 'Outside',
      ForwardingSmtpAddress: 'x@elsewhere.example',
      DeliverToMailboxAndForward: true,
    });
    expect(await shown('grace')).toMatchObject({
      ForwardingAddress: contact.Identity,
      ForwardingSmtpAddress: 'smtp:x@elsewhere.example',
      DeliverToMailboxAndForward: true,
    });
    await exchange.run('Set-Mailbox', { Identity: 'grace', ForwardingAddress: null, ForwardingSmtpAddress: null });
    expect(await shown('grace')).toMatchObject({ ForwardingAddress: null, ForwardingSmtpAddress: null });
  });

  test('hiding from address lists is the same as in Graph', async () => {
    await exchange.run('Set-Mailbox', { Identity: 'grace', HiddenFromAddressListsEnabled: true });
    const path = `/users/${address('grace')}`;
    expect((await graph('GET', `${path}?$select=showInAddressList`)).body.showInAddressList).toBe(false);
    await graph('PATCH', path, { showInAddressList: true });
    expect((await shown('grace')).HiddenFromAddressListsEnabled).toBe(false);
  });

  test('inbox rules, statistics, and the fast cmdlet', async () => {
    expect(await exchange.run('Get-InboxRule', { Mailbox: 'grace' })).toEqual([]);
    expect(await exchange.run('Get-InboxRule', { Mailbox: 'grace', IncludeHidden: true })).toHaveLength(1);
    const [statistics] = await exchange.run('Get-MailboxStatistics', { Identity: 'grace' });
    expect(statistics.TotalItemSize).toMatch(/bytes\)$/);
    const [fast] = await exchange.run('Get-EXOMailbox', { UserPrincipalName: address('grace') });
    expect(fast.Alias).toBe('grace');
  });
});

test('a display name of two people is ambiguous', async () => {
  const ids = [await newPerson('twin1'), await newPerson('twin2')];
  for (const id of ids) {
    await graph('PATCH', `/users/${id}`, { displayName: 'Twin' });
    await license(id, withSpb);
  }
  const refused = await failing('Set-Mailbox', { Identity: 'Twin', DeliverToMailboxAndForward: true });
  expect(refused).toMatchObject({
    type: 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    text: expect.stringContaining('matches multiple entries'),
  });
  const forwarding = await failing('Set-Mailbox', { Identity: 'ada', ForwardingAddress: 'Twin' });
  expect(forwarding.text).toContain('multiple recipients matching identity "Twin"');
});
