import { Secret } from '@isthmus/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OnlineAccount } from '../OnlineAccount.ts';
import type { BulkResult, OnlineAccounts } from '../ports.ts';
import { accountAt, type EmulatedTenant, passwordWorks, startTenant } from './emulatedTenant.ts';

const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const BASIC = '3b555118-da6a-4418-894f-7df1e2096870';
const options = { lane: 'interactive' } as const;

let tenant: EmulatedTenant;
let accounts: OnlineAccounts;
let domain: string;
let next = 0;

beforeAll(async () => {
  tenant = await startTenant();
  accounts = tenant.online.accounts;
  domain = tenant.emulator.initialDomain;
});
afterAll(() => tenant.close());
afterEach(() => tenant.emulator.control.removeFaults());

const fresh = (changes: Parameters<typeof accountAt>[2] = {}) => accountAt(domain, ++next, changes);

async function made(changes: Parameters<typeof accountAt>[2] = {}): Promise<OnlineAccount> {
  return (await accounts.ensure(fresh(changes), options)).account;
}

const valuesOf = <T>(results: readonly BulkResult<T>[]): T[] =>
  results.map((result) => {
    if (!result.ok) throw result.error;
    return result.value;
  });

describe('an account', () => {
  test('is made with everything that was given, and read back', async () => {
    const wanted = fresh({
      jobTitle: 'Baker',
      officeLocation: 'Backstube 2',
      mobilePhone: '+49 30 1',
      businessPhones: ['+49 30 2'],
      companyName: 'Contoso',
    });
    const { account, created } = await accounts.ensure(wanted, options);
    expect(created).toBe(true);
    const { password, mustChangePassword, mailNickname, ...shown } = wanted;
    expect(account).toMatchObject(shown);
    expect(account.skuIds).toEqual([]);
    expect(account.createdAt).toBeInstanceOf(Date);
    expect(await accounts.find(account.id, options)).toEqual(account);
    expect(await accounts.findByUpn(wanted.upn, options)).toEqual(account);
    expect(await accounts.findByImmutableId(wanted.immutableId, options)).toEqual(account);
    expect(await passwordWorks(tenant.emulator, wanted.upn, wanted.password.reveal())).toBe(true);
  });

  test('is found the second time', async () => {
    const wanted = fresh();
    const { account } = await accounts.ensure(wanted, options);
    expect(await accounts.ensure(wanted, options)).toEqual({ account, created: false });
  });

  test('that nobody made is not found', async () => {
    expect(await accounts.findByUpn(`nobody@${domain}`, options)).toBeUndefined();
    expect(await accounts.findByImmutableId('bm9ib2R5', options)).toBeUndefined();
  });

  test.each([
    ['online.address-taken', () => ({ upn: tenant.emulator.administrator.username })],
    ['online.domain-not-verified', () => ({ upn: `someone${++next}@elsewhere.example` })],
    ['online.password-refused', () => ({ password: new Secret('weak') })],
    ['online.address-invalid', () => ({ mailNickname: 'with space' })],
  ])('is refused with %s', async (code, changes) => {
    await expect(accounts.ensure(fresh(changes()), options)).rejects.toMatchObject({ code });
  });

  test('changes only in what is given', async () => {
    const before = await made({ jobTitle: 'Baker' });
    const after = await accounts.change(
      before.id,
      { displayName: 'Ada', jobTitle: null, department: 'Finance', upn: `ada${++next}@${domain}` },
      options,
    );
    expect(after).toMatchObject({
      displayName: 'Ada',
      jobTitle: undefined,
      department: 'Finance',
      surname: before.surname,
    });
    expect(after.upn).toMatch(/^ada/);
  });

  test('whose link belongs to another account is refused', async () => {
    const [one, other] = [await made(), await made()];
    const change = accounts.change(one.id, { immutableId: other.immutableId ?? '' }, options);
    await expect(change).rejects.toMatchObject({ code: 'online.anchor-taken' });
  });

  test('is blocked and allowed, and its sessions end', async () => {
    const account = await made();
    expect((await accounts.setSignInAllowed(account.id, false, options)).signInAllowed).toBe(false);
    expect((await accounts.setSignInAllowed(account.id, true, options)).signInAllowed).toBe(true);
    await accounts.revokeSessions(account.id, options);
    const after = await accounts.find(account.id, options);
    expect(after?.sessionsValidFrom?.getTime()).toBeGreaterThanOrEqual(account.sessionsValidFrom?.getTime() ?? 0);
  });

  test('gets a new password, which works', async () => {
    const account = await made();
    await accounts.setPassword(account.id, new Secret('Green-Heron-77-Sings'), { mustChange: false }, options);
    expect(await passwordWorks(tenant.emulator, account.upn, 'Green-Heron-77-Sings')).toBe(true);
    const weak = accounts.setPassword(account.id, new Secret('weak'), { mustChange: false }, options);
    await expect(weak).rejects.toMatchObject({ code: 'online.password-refused' });
  });

  test('goes to the recycle bin, is shown there by its address, and comes back', async () => {
    const account = await made();
    await accounts.remove(account.id, options);
    await accounts.remove(account.id, options);
    expect(await accounts.find(account.id, options)).toBeUndefined();
    const deleted = (await accounts.listDeleted(options)).find(({ id }) => id === account.id);
    expect(deleted).toMatchObject({ upn: account.upn });
    expect(deleted?.deletedAt).toBeInstanceOf(Date);
    expect(await accounts.restore(account.id, options)).toMatchObject({ id: account.id, upn: account.upn });
    expect((await accounts.restore(account.id, options)).id).toBe(account.id);
  });

  test('whose address was taken meanwhile cannot come back', async () => {
    const account = await made();
    await accounts.remove(account.id, options);
    await made({ upn: account.upn });
    await expect(accounts.restore(account.id, options)).rejects.toMatchObject({ code: 'online.restore-conflict' });
  });
});

describe('licenses', () => {
  test('are added and removed in one call', async () => {
    const account = await made();
    expect((await accounts.changeLicenses(account.id, { add: [SPB], remove: [] }, options)).skuIds).toEqual([SPB]);
    const changed = await accounts.changeLicenses(account.id, { add: [BASIC], remove: [SPB] }, options);
    expect(changed.skuIds).toEqual([BASIC]);
    expect((await accounts.changeLicenses(account.id, { add: [], remove: [SPB] }, options)).skuIds).toEqual([BASIC]);
  });

  test('of an unknown product are refused', async () => {
    const account = await made();
    const unknown = { add: ['00000000-0000-0000-0000-00000000abcd'], remove: [] };
    await expect(accounts.changeLicenses(account.id, unknown, options)).rejects.toMatchObject({
      code: 'online.license-unknown',
    });
  });

  test('that run out in the middle fail those who get none, and nobody else', async () => {
    const people = valuesOf(
      await accounts.ensureMany(
        Array.from({ length: 30 }, () => fresh()),
        options,
      ),
    );
    const before = (await tenant.online.tenant.licenses(options)).find(({ skuId }) => skuId === SPB);
    tenant.emulator.control.setSeats('SPB', (before?.used ?? 0) + 11);
    const changes = people.map(({ account }) => ({ id: account.id, add: [SPB], remove: [] }));
    const results = await accounts.changeLicensesMany(changes, options);
    expect(results.filter(({ ok }) => ok)).toHaveLength(11);
    for (const result of results)
      if (!result.ok) expect(result.error).toMatchObject({ code: 'online.no-free-license' });
    const after = (await tenant.online.tenant.licenses(options)).find(({ skuId }) => skuId === SPB);
    expect(after?.free).toBe(0);
    tenant.emulator.control.setSeats('SPB', 300);
    expect((await accounts.changeLicensesMany(changes, options)).every(({ ok }) => ok)).toBe(true);
  });
});

describe('the change feed', () => {
  test('tells what changed, what was removed and what is gone for good', async () => {
    const first = await accounts.readChanges(undefined, options);
    expect(first.incremental).toBe(false);
    const [kept, removed] = [await made(), await made()];
    await accounts.change(kept.id, { department: 'Finance' }, options);
    await accounts.remove(removed.id, options);
    const second = await accounts.readChanges(first.cursor, options);
    expect(second.incremental).toBe(true);
    expect(second.changed).toEqual([await accounts.find(kept.id, options)]);
    expect(second.removed).toEqual([{ id: removed.id, reason: 'deleted' }]);
    const third = await accounts.readChanges(second.cursor, options);
    expect(third).toMatchObject({ changed: [], removed: [], incremental: true });
  });

  test('starts over when its position is too old', async () => {
    const { cursor, changed } = await accounts.readChanges(undefined, options);
    const settings = tenant.emulator.control.settings;
    tenant.emulator.control.change({ deltaTokenSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const again = await accounts.readChanges(cursor, options);
    tenant.emulator.control.change({ deltaTokenSeconds: settings.deltaTokenSeconds });
    expect(again.incremental).toBe(false);
    expect(again.changed.length).toBeGreaterThanOrEqual(changed.length);
  });
});

describe('the tenant', () => {
  test('tells its facts, its licenses and what we may do', async () => {
    const facts = await tenant.online.tenant.facts(options);
    expect(facts).toMatchObject({ tenantId: tenant.emulator.tenantId, initialDomain: domain });
    const licenses = await tenant.online.tenant.licenses(options);
    expect(licenses.find(({ skuId }) => skuId === SPB)?.name).toBe('Microsoft 365 Business Premium');
    expect(await tenant.online.tenant.organization(options)).toMatchObject({ name: facts.displayName, phones: [] });
    expect(await tenant.online.tenant.serviceIssues(options)).toEqual(expect.any(Array));
    expect(await tenant.online.tenant.serviceMessages(options)).toEqual(expect.any(Array));
    expect(await tenant.online.tenant.mailboxUsage(options)).toMatchObject({ mailboxes: expect.any(Array) });
    const subscriptions = await tenant.online.tenant.subscriptions(options);
    expect(subscriptions.find(({ skuId }) => skuId === SPB)).toMatchObject({ state: 'enabled', isTrial: false });
    expect(await tenant.online.tenant.grantedPermissions()).toContain('User.ReadWrite.All');
    const administrator = await accounts.findByUpn(tenant.emulator.administrator.username, options);
    expect(await tenant.online.tenant.roleHolders(options)).toContainEqual({
      id: administrator?.id,
      isGlobalAdministrator: true,
    });
  });
});

describe('who signed in when', () => {
  test('is told for everybody, and undefined for who never did', async () => {
    const [never, seen] = [await made(), await made()];
    const password = new Secret('Sunny-Meadow-42');
    await accounts.setPassword(seen.id, password, { mustChange: false }, options);
    expect(await passwordWorks(tenant.emulator, seen.upn, password.reveal())).toBe(true);
    const found = new Map((await accounts.listSignIns(options)).map(({ id, lastSignInAt }) => [id, lastSignInAt]));
    expect(found.has(never.id)).toBe(true);
    expect(found.get(never.id)).toBeUndefined();
    expect(Math.abs((found.get(seen.id)?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test.each([
    ['online.premium-missing', { seed: { skus: [{ sku: 'O365_BUSINESS_ESSENTIALS', seats: 5 }] } }, {}],
    ['online.not-permitted', {}, { permissions: ['User.ReadWrite.All'] }],
  ] as const)('is refused as %s', async (code, seed, client) => {
    const other = await startTenant(seed as never, client as never);
    try {
      await expect(other.online.accounts.listSignIns(options)).rejects.toMatchObject({ code });
    } finally {
      await other.close();
    }
  });
});
