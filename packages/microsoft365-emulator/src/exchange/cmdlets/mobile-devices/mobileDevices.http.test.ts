import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../index.ts';
import { type ExchangeClient, exchangeClientWith, failureOf } from '../../../testing/ExchangeClient.ts';
import { clientWith, startTrusted, type TestAnswer } from '../../../testing/TestTenant.ts';

let emulator: Emulator;
let exchange: ExchangeClient;

const names = ['ada', 'grace', 'kay', 'lin', 'may', 'nel', 'ola', 'pia'];

beforeAll(async () => {
  emulator = await startTrusted({
    throttling: { mode: 'off' },
    settings: { accessTokenSeconds: 30 * 24 * 3600 },
    seed: {
      users: [
        ...names.map((name) => ({ userPrincipalName: name, licenses: ['SPB'], usageLocation: 'GB' })),
        { userPrincipalName: 'bare' },
      ],
      exchange: {
        phones: [
          { user: 'pia', deviceId: 'SEEDED', friendlyName: 'Pia’s phone' },
          { user: 'pia', client: 'Outlook', synced: false },
        ],
      },
    },
  });
  exchange = await exchangeClientWith(emulator);
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.change({ clockOffsetMs: 0, exchange: { deviceDiscoverySeconds: 0 } });
  await exchange.run('Set-ActiveSyncOrganizationSettings', { DefaultAccessLevel: 'Allow' });
});

async function statisticsOf(mailbox: string): Promise<TestAnswer['body']> {
  const [statistics] = await exchange.run('Get-MobileDeviceStatistics', { Mailbox: mailbox });
  return statistics;
}

async function accessOf(mailbox: string): Promise<string> {
  const [device] = await exchange.run('Get-MobileDevice', { Mailbox: mailbox });
  return `${device.DeviceAccessState} ${device.DeviceAccessStateReason}`;
}

describe('a phone', () => {
  test('appears with its first contact, under a name with a section sign', async () => {
    const phone = emulator.control.phones.add({ user: 'ada', model: 'iPhone15C2', deviceId: 'APPL1', imei: '35' });
    expect(await exchange.run('Get-MobileDevice', { Mailbox: 'ada' })).toEqual([]);
    expect(emulator.control.phones.sync(phone.id)).toEqual({
      access: 'Allowed',
      reason: 'Global',
      wipe: 'none',
      state: 'ready',
    });
    const [device] = await exchange.run('Get-MobileDevice', { Mailbox: 'ada' });
    expect(device).toMatchObject({
      Identity: `${phone.userId}\\ExchangeActiveSyncDevices\\iPhone§iPhone15C2§APPL1`,
      DeviceId: 'APPL1',
      DeviceImei: '35',
      ClientType: 'EAS',
      UserDisplayName: 'ada',
    });
    const statistics = await statisticsOf('ada');
    expect(statistics).toMatchObject({
      Status: 'DeviceOk',
      DevicePolicyApplied: 'Default',
      DevicePolicyApplicationStatus: 'AppliedInFull',
    });
    expect(statistics.LastSuccessSync).toBe(statistics.FirstSyncTime);
    for (const Identity of [
      device.Identity,
      device.Guid,
      device.DistinguishedName,
      device.Identity.replace(phone.userId, 'ada'),
    ]) {
      expect(await exchange.run('Get-MobileDevice', { Identity })).toHaveLength(1);
    }
    expect(
      await exchange.run('Get-MobileDevice', { Filter: "DeviceModel -eq 'iphone15c2' -and DeviceImei -eq '35'" }),
    ).toHaveLength(1);
    const [cas] = await exchange.run('Get-CASMailbox', { Identity: 'ada' });
    expect(cas.HasActiveSyncDevicePartnership).toBe(true);
  });

  test('of Outlook shows no times and is chosen by its switch', async () => {
    const [, outlook] = emulator.control.phones.list();
    emulator.control.phones.sync(outlook!.id);
    const devices = await exchange.run('Get-MobileDevice', { Mailbox: 'pia', UniversalOutlook: true });
    expect(devices.map(({ Identity }) => Identity)).toEqual([expect.stringContaining('\\Hx§Outlook§')]);
    const [statistics] = await exchange.run('Get-MobileDeviceStatistics', { Identity: devices[0].Identity });
    expect(statistics.LastSuccessSync).toBeNull();
    const seeded = await exchange.run('Get-MobileDevice', { Mailbox: 'pia', ActiveSync: true });
    expect(seeded.map(({ DeviceId }) => DeviceId)).toEqual(['SEEDED']);
  });

  test('gets nowhere without a mailbox or with a disabled user', async () => {
    const bare = emulator.control.phones.add({ user: 'bare' });
    expect(emulator.control.phones.sync(bare.id).access).toBe('NoMailbox');
    const graph = await clientWith(emulator);
    const disabled = emulator.control.phones.add({ user: 'lin' });
    await graph('PATCH', `/users/${disabled.userId}`, { accountEnabled: false });
    expect(emulator.control.phones.sync(disabled.id).access).toBe('SignInRefused');
    expect(await exchange.run('Get-MobileDevice', { Mailbox: 'lin' })).toEqual([]);
    expect(() => emulator.control.phones.add({ user: 'nobody' })).toThrow('no user');
  });
});

describe('a wipe', () => {
  const quiet = { Confirm: false };
  const identityOf = async (mailbox: string): Promise<string> => {
    const [{ Identity }] = await exchange.run('Get-MobileDevice', { Mailbox: mailbox });
    return Identity;
  };

  test('is asked for, sent at the next contact, and confirmed', async () => {
    const { phones } = emulator.control;
    const phone = phones.add({ user: 'grace' });
    phones.sync(phone.id);
    await exchange.run('Clear-MobileDevice', { Identity: await identityOf('grace'), ...quiet });
    const asked = await statisticsOf('grace');
    expect(asked).toMatchObject({
      Status: 'DeviceWipePending',
      DeviceWipeSentTime: null,
      DeviceWipeAckTime: null,
      LastDeviceWipeRequestor: 'Exchange test',
    });
    emulator.control.advanceClock(60_000);
    expect(phones.sync(phone.id, { confirmsWipe: false })).toMatchObject({ wipe: 'device', state: 'wiping' });
    const sent = await statisticsOf('grace');
    expect(sent).toMatchObject({ Status: 'DeviceWipePending', DeviceWipeAckTime: null });
    expect(sent.DeviceWipeSentTime > sent.DeviceWipeRequestTime).toBe(true);
    expect(phones.confirmWipe(phone.id).state).toBe('wiped');
    const done = await statisticsOf('grace');
    expect(done.Status).toBe('DeviceWipeSucceeded');
    expect(done.DeviceWipeAckTime).not.toBeNull();
    expect(() => phones.sync(phone.id)).toThrow('its state is wiped');
    const late = await exchange.invoke('Clear-MobileDevice', {
      Identity: await identityOf('grace'),
      Cancel: true,
      ...quiet,
    });
    expect(late.body['@adminapi.warnings'][0]).toContain('already acknowledged');
    phones.setUpAgain(phone.id);
    expect(phones.sync(phone.id)).toMatchObject({ wipe: 'device', state: 'wiped' });
    await exchange.run('Remove-MobileDevice', { Identity: await identityOf('grace'), ...quiet });
    phones.setUpAgain(phone.id);
    expect(phones.sync(phone.id)).toMatchObject({ access: 'Allowed', wipe: 'none' });
    expect((await statisticsOf('grace')).Status).toBe('DeviceOk');
  });

  test('can be taken back until the phone confirms it', async () => {
    const phone = emulator.control.phones.add({ user: 'kay' });
    emulator.control.phones.sync(phone.id);
    const Identity = await identityOf('kay');
    await exchange.run('Clear-MobileDevice', { Identity, ...quiet });
    await exchange.run('Clear-MobileDevice', { Identity, Cancel: true, ...quiet });
    expect((await statisticsOf('kay')).Status).toBe('DeviceOk');
    expect(emulator.control.phones.sync(phone.id).wipe).toBe('none');
  });

  test('of the account only leaves the rest of the phone alone; Outlook knows no other', async () => {
    const whole = emulator.control.phones.add({ user: 'may' });
    emulator.control.phones.sync(whole.id);
    await exchange.run('Clear-MobileDevice', { Identity: await identityOf('may'), AccountOnly: true, ...quiet });
    expect(await statisticsOf('may')).toMatchObject({
      Status: 'AccountOnlyDeviceWipePending',
      DeviceWipeRequestTime: null,
    });
    expect(emulator.control.phones.sync(whole.id)).toMatchObject({ wipe: 'account', state: 'accountRemoved' });
    expect((await statisticsOf('may')).Status).toBe('AccountOnlyDeviceWipeSucceeded');
    const outlook = emulator.control.phones.add({ user: 'nel', client: 'Outlook' });
    emulator.control.phones.sync(outlook.id);
    await exchange.run('Clear-MobileDevice', { Identity: await identityOf('nel'), ...quiet });
    expect((await statisticsOf('nel')).Status).toBe('AccountOnlyDeviceWipePending');
  });

  test('asks whoever wants it, and needs a device', async () => {
    const asked = failureOf(await exchange.invoke('Clear-MobileDevice', { Identity: 'x' }));
    expect(asked.text).toContain('does not support user interaction');
    expect((await exchange.invoke('Clear-MobileDevice', { Identity: 'x', ...quiet })).status).toBe(404);
    expect((await exchange.invoke('Get-MobileDeviceStatistics')).status).toBe(400);
  });
});

describe('whether a phone may synchronize', () => {
  test('is decided by the first rule that applies', async () => {
    const phone = emulator.control.phones.add({
      user: 'ola',
      deviceId: 'OLA1',
      os: 'iOS 6.1 10B145',
      meetsPolicy: false,
    });
    const sync = (): string => emulator.control.phones.sync(phone.id).access;
    const rule = (AccessLevel: string, Characteristic: string, QueryString: string): Promise<unknown> =>
      exchange.run('New-ActiveSyncDeviceAccessRule', { AccessLevel, Characteristic, QueryString });
    const cas = (parameters: object): Promise<unknown> =>
      exchange.run('Set-CASMailbox', { Identity: 'ola', ...parameters });
    expect(sync()).toBe('Allowed');
    await exchange.run('Set-ActiveSyncOrganizationSettings', { DefaultAccessLevel: 'Quarantine' });
    expect(sync()).toBe('Quarantined');
    expect(await accessOf('ola')).toBe('Quarantined Global');
    await rule('Allow', 'DeviceType', 'iPhone');
    expect(await accessOf('ola')).toBe('Allowed DeviceRule');
    await rule('Quarantine', 'DeviceModel', 'iPhone15C2');
    expect(await accessOf('ola')).toBe('Quarantined DeviceRule');
    await rule('Block', 'DeviceOS', 'iOS 6.1 10B145');
    expect(await accessOf('ola')).toBe('Blocked DeviceRule');
    expect((await statisticsOf('ola')).DeviceAccessControlRule).toBe('iOS 6.1 10B145 (DeviceOS)');
    await cas({ ActiveSyncAllowedDeviceIDs: ['ola1'] });
    expect(await accessOf('ola')).toBe('Allowed Individual');
    await cas({ ActiveSyncBlockedDeviceIDs: { '@odata.type': '#Exchange.GenericHashTable', add: 'OLA1' } });
    expect(await accessOf('ola')).toBe('Blocked Individual');
    await cas({ ActiveSyncBlockedDeviceIDs: null });
    await exchange.run('New-MobileDeviceMailboxPolicy', { Name: 'Strict', AllowNonProvisionableDevices: false });
    await cas({ ActiveSyncMailboxPolicy: 'Strict' });
    expect(await accessOf('ola')).toBe('Blocked Policy');
    await cas({ ActiveSyncMailboxPolicy: null, ActiveSyncEnabled: false });
    expect(await accessOf('ola')).toBe('Blocked Individual');
    await cas({ ActiveSyncEnabled: true });
    expect(sync()).toBe('Allowed');
    const [shown] = await exchange.run('Get-CASMailbox', { Identity: 'ola' });
    expect(shown).toMatchObject({
      ActiveSyncMailboxPolicy: 'Default',
      ActiveSyncMailboxPolicyIsDefaulted: true,
      ActiveSyncAllowedDeviceIDs: ['ola1'],
    });
  });

  test('is open as long as a new phone is looked at', async () => {
    emulator.control.change({ exchange: { deviceDiscoverySeconds: 840 } });
    const phone = emulator.control.phones.add({ user: 'lin', deviceId: 'NEW', model: 'Other', type: 'Other' });
    const graph = await clientWith(emulator);
    await graph('PATCH', `/users/${phone.userId}`, { accountEnabled: true });
    expect(emulator.control.phones.sync(phone.id).access).toBe('DeviceDiscovery');
    emulator.control.advanceClock(840_000);
    expect(emulator.control.phones.sync(phone.id).access).toBe('Allowed');
  });

  test('rules are changed and removed by their names, and are there once', async () => {
    const parameters = { AccessLevel: 'Block', Characteristic: 'UserAgent', QueryString: 'Old/1' };
    const [rule] = await exchange.run('New-ActiveSyncDeviceAccessRule', parameters);
    expect(rule.Name).toBe('Old/1 (UserAgent)');
    const again = await exchange.invoke('New-ActiveSyncDeviceAccessRule', parameters);
    expect(failureOf(again).type).toBe('Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException');
    expect(again.body.error.details[0].code).toBe('Context');
    await exchange.run('Set-ActiveSyncDeviceAccessRule', { Identity: rule.Identity, AccessLevel: 'Quarantine' });
    const [changed] = await exchange.run('Get-ActiveSyncDeviceAccessRule', { Identity: rule.Identity });
    expect(changed.AccessLevel).toBe('Quarantine');
    await exchange.run('Remove-ActiveSyncDeviceAccessRule', { Identity: rule.Identity, Confirm: false });
    expect((await exchange.invoke('Get-ActiveSyncDeviceAccessRule', { Identity: rule.Identity })).status).toBe(404);
  });
});

describe('policies of phones', () => {
  test('have the defaults of the service, and values in its forms', async () => {
    const [policy] = await exchange.run('Get-MobileDeviceMailboxPolicy', { Identity: 'Default' });
    expect(policy).toMatchObject({
      IsDefault: true,
      PasswordEnabled: false,
      MinPasswordLength: null,
      MaxPasswordFailedAttempts: 'Unlimited',
      MaxInactivityTimeLock: 'Unlimited',
      MinPasswordComplexCharacters: 1,
      AllowBluetooth: 'Allow',
      ApprovedApplicationList: [],
    });
    const values = {
      PasswordEnabled: true,
      MinPasswordLength: 6,
      MaxPasswordFailedAttempts: 8,
      MaxInactivityTimeLock: '00:15:00',
      IsDefault: true,
    };
    await exchange.run('New-MobileDeviceMailboxPolicy', { Name: 'Six digits', ...values });
    const policies = await exchange.run('Get-MobileDeviceMailboxPolicy');
    expect(policies.filter(({ IsDefault }) => IsDefault).map(({ Name }) => Name)).toEqual(['Six digits']);
    expect(policies.find(({ Name }) => Name === 'Six digits')).toMatchObject({
      ...values,
      MaxPasswordFailedAttempts: '8',
    });
    await exchange.run('Set-MobileDeviceMailboxPolicy', { Identity: 'Six digits', MinPasswordLength: null });
    await exchange.run('Set-MobileDeviceMailboxPolicy', { Identity: 'Default', IsDefault: true });
    await exchange.run('Remove-MobileDeviceMailboxPolicy', { Identity: 'Six digits', Confirm: false });
  });

  test.each([
    ['MinPasswordLength', 17],
    ['MaxPasswordFailedAttempts', 3],
    ['MaxInactivityTimeLock', '02:00:00'],
    ['AllowBluetooth', 'Sometimes'],
    ['PasswordEnabled', 'true'],
    ['PasswordExpiration', 'soon'],
  ])('refuse %s %s', async (name, value) => {
    const answer = await exchange.invoke('Set-MobileDeviceMailboxPolicy', { Identity: 'Default', [name]: value });
    expect(answer.status).toBe(400);
    expect(failureOf(answer).text).toContain(`'${name}'`);
  });

  test('the default one can be neither removed nor demoted', async () => {
    expect(
      (await exchange.invoke('Remove-MobileDeviceMailboxPolicy', { Identity: 'Default', Confirm: false })).status,
    ).toBe(400);
    expect(
      (await exchange.invoke('Set-MobileDeviceMailboxPolicy', { Identity: 'Default', IsDefault: false })).status,
    ).toBe(400);
  });
});

test('the control API drives phones as well', async () => {
  const call = async (method: string, path: string, body?: object): Promise<TestAnswer['body']> => {
    const headers = { 'x-emulator-key': emulator.controlKey };
    const options = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${emulator.url}/_emulator${path}`, options);
    return response.status === 204 ? undefined : response.json();
  };
  const phone = await call('POST', '/phones', {
    user: 'nel',
    deviceId: 'CONTROLLED',
    type: 'Android',
    model: 'Pixel',
    os: 'Android 17',
  });
  expect(await call('POST', `/phones/${phone.id}/sync`, {})).toMatchObject({ access: 'Allowed', state: 'ready' });
  const [device] = await exchange.run('Get-MobileDevice', { Filter: "DeviceId -eq 'CONTROLLED'" });
  await exchange.run('Clear-MobileDevice', { Identity: device.Identity, Confirm: false });
  expect(await call('POST', `/phones/${phone.id}/sync`, { confirmsWipe: false })).toMatchObject({ state: 'wiping' });
  expect(await call('POST', `/phones/${phone.id}/confirm`)).toMatchObject({ state: 'wiped' });
  expect(await call('POST', `/phones/${phone.id}/setup`)).toMatchObject({ state: 'ready' });
  await call('DELETE', `/phones/${phone.id}`);
  expect((await call('GET', '/phones')).some(({ id }: { id: string }) => id === phone.id)).toBe(false);
  expect(await call('GET', `/phones/${phone.id}`)).toMatchObject({ message: expect.stringContaining('no phone') });
});
