import type { OnlineAccountId } from '@isthmus/kernel';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Mailboxes } from '../ports.ts';
import { accountAt, type EmulatedTenant, startTenant } from './emulatedTenant.ts';

const options = { lane: 'interactive' } as const;

let tenant: EmulatedTenant;
let mailboxes: Mailboxes;
let domain: string;
let ids: OnlineAccountId[];

/** Person 3 has no license, and so no mailbox. */
beforeAll(async () => {
  tenant = await startTenant({
    seed: { users: [{ userPrincipalName: 'grace', licenses: ['SPB'], usageLocation: 'GB' }] },
  });
  mailboxes = tenant.online.mailboxes;
  domain = tenant.emulator.initialDomain;
  const { accounts, tenant: facts } = tenant.online;
  const made = await accounts.ensureMany(
    [1, 2, 3].map((number) => accountAt(domain, number)),
    options,
  );
  ids = made.flatMap((result) => (result.ok ? [result.value.account.id] : []));
  const skuId = (await facts.licenses(options)).find((license) => license.skuPartNumber === 'SPB')?.skuId ?? '';
  for (const id of ids.slice(0, 2)) await accounts.changeLicenses(id, { add: [skuId], remove: [] }, options);
});
afterAll(() => tenant.close());

/** Exchange shows what was written in its own time. */
const eventually = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 200 });
const shows = (id: OnlineAccountId, wanted: object) =>
  eventually(async () => expect(await mailboxes.find(id, options)).toMatchObject(wanted));

const idOf = (number: number): OnlineAccountId => ids[number - 1] ?? ('' as OnlineAccountId);

test('a mailbox is found with its addresses; an account without one is told from a failure', async () => {
  expect(await mailboxes.find(idOf(1), options)).toEqual({
    id: idOf(1),
    kind: 'regular',
    primaryAddress: `person1@${domain}`,
    aliases: [],
    hidden: false,
    forwardTo: undefined,
    keepsForwarded: false,
  });
  expect(await mailboxes.find(idOf(3), options)).toBeUndefined();
});

describe('addresses', () => {
  test('are replaced, and the primary one changes places with an alias', async () => {
    const first = { primary: `person1@${domain}`, aliases: [`sales@${domain}`, `office@${domain}`] };
    expect(await mailboxes.setAddresses(idOf(1), first, options)).toMatchObject({ aliases: first.aliases });
    await shows(idOf(1), { primaryAddress: first.primary, aliases: first.aliases });
    const second = { primary: `sales@${domain}`, aliases: [`person1@${domain}`] };
    await mailboxes.setAddresses(idOf(1), second, options);
    await shows(idOf(1), { primaryAddress: second.primary, aliases: second.aliases });
    await eventually(async () =>
      expect(await tenant.online.accounts.find(idOf(1), options)).toMatchObject({ mail: second.primary }),
    );
  });

  test('of somebody else are refused', async () => {
    const taken = { primary: `person2@${domain}`, aliases: [`grace@${domain}`] };
    await expect(mailboxes.setAddresses(idOf(2), taken, options)).rejects.toMatchObject({
      code: 'online.address-taken',
    });
  });

  test('need a mailbox', async () => {
    const wanted = { primary: `person3@${domain}`, aliases: [] };
    await expect(mailboxes.setAddresses(idOf(3), wanted, options)).rejects.toMatchObject({
      code: 'online.mailbox-missing',
    });
  });

  test('are found with whoever has them', async () => {
    expect(await mailboxes.findRecipient(`GRACE@${domain}`, options)).toMatchObject({ kind: 'UserMailbox' });
    expect(await mailboxes.findRecipient(`person2@${domain}`, options)).toMatchObject({ id: idOf(2) });
    expect(await mailboxes.findRecipient(`o'brien@${domain}`, options)).toBeUndefined();
  });
});

test('a mailbox is hidden, sends its mail on and is shared, and all of it is taken back', async () => {
  const away = { kind: 'shared', hidden: true, forwardTo: `grace@${domain}`, keepsForwarded: true } as const;
  expect(await mailboxes.change(idOf(2), away, options)).toMatchObject(away);
  await shows(idOf(2), away);
  const back = { kind: 'regular', hidden: false, forwardTo: null, keepsForwarded: false } as const;
  await mailboxes.change(idOf(2), back, options);
  await shows(idOf(2), { ...back, forwardTo: undefined });
});

test('an integration from before addresses could be changed says what is missing', async () => {
  const old = await startTenant({}, { permissions: ['User.ReadWrite.All'] });
  const refusal = { code: 'online.not-permitted', remedy: expect.stringContaining('Exchange.ManageAsApp') };
  await expect(old.online.mailboxes.find(idOf(1), options)).rejects.toMatchObject(refusal);
  await old.close();
});
