import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressBook, type KnownAccount } from './AddressBook.ts';
import { addressProblem } from './onlineAddress.ts';
import { type Candidate, proposeAccounts, proposedDomain } from './proposeAccounts.ts';

const domain = 'contoso.com';

function person(number: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    userId: `0000000${number % 10}-0000-4000-8000-000000000000`,
    userName: `user${number}`,
    displayName: `User ${number}`,
    givenName: '',
    surname: '',
    department: '',
    anchor: `anchor${number}`,
    state: 'active',
    protectedAdministrator: false,
    ...changes,
  };
}

function account(upn: string, changes: Partial<KnownAccount> = {}): KnownAccount {
  return {
    id: upn,
    displayName: `Holder of ${upn}`,
    upn,
    mail: null,
    proxyAddresses: [],
    immutableId: null,
    deleted: false,
    linkedUserId: null,
    ...changes,
  };
}

const codes = (proposal: { warnings: readonly { code: string }[] } | undefined): string[] =>
  (proposal?.warnings ?? []).map((warning) => warning.code);

describe('proposed addresses', () => {
  test('are the user names at the domain, ticked', () => {
    const [proposal] = proposeAccounts([person(1, { userName: 'María.López' })], new AddressBook([]), domain);
    expect(proposal).toMatchObject({ address: 'maria.lopez@contoso.com', selected: true, warnings: [] });
  });

  test('keep away from what the tenant holds as sign-in name, mail or alias, and say so', () => {
    const book = new AddressBook([
      account('user1@contoso.com'),
      account('other@contoso.com', { mail: 'user2@contoso.com' }),
      account('third@contoso.com', { proxyAddresses: ['SMTP:third@contoso.com', 'smtp:User3@contoso.com'] }),
    ]);
    const proposals = proposeAccounts([person(1), person(2), person(3)], book, domain);
    expect(proposals.map((proposal) => proposal.address)).toEqual([
      'user12@contoso.com',
      'user22@contoso.com',
      'user32@contoso.com',
    ]);
    expect(proposals.every((proposal) => !proposal.selected)).toBe(true);
    expect(codes(proposals[2])).toEqual(['online-accounts.address-exists']);
  });

  test('tell that a removed account could be restored instead', () => {
    const gone = account(`${'0'.repeat(32)}user1@contoso.com`, { deleted: true });
    const [proposal] = proposeAccounts([person(1)], new AddressBook([gone]), domain);
    expect(codes(proposal)).toEqual(['online-accounts.address-of-removed-account']);
    expect(proposal?.address).not.toBe('user1@contoso.com');
  });

  test('are those of the account that carries the same anchor: it will be linked', () => {
    const own = account('ada.king@contoso.com', { immutableId: 'anchor1' });
    const [proposal] = proposeAccounts([person(1)], new AddressBook([own]), domain);
    expect(proposal).toMatchObject({ address: 'ada.king@contoso.com', selected: true });
    expect(codes(proposal)).toEqual(['online-accounts.will-be-linked']);
  });

  test.each(['inactive', 'expired'] as const)('are offered to %s people, but not ticked', (state) => {
    const [proposal] = proposeAccounts([person(1, { state })], new AddressBook([]), domain);
    expect(proposal?.selected).toBe(false);
    expect(codes(proposal)).toEqual([`online-accounts.person-${state}`]);
  });

  test('exist even for a name without a single usable letter', () => {
    const [proposal] = proposeAccounts(
      [person(1, { userName: '山田', displayName: '山田' })],
      new AddressBook([]),
      domain,
    );
    expect(proposal?.address).toBe('user-00000001@contoso.com');
  });

  test('never clash, whatever the people are called and whatever the tenant holds', () => {
    const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }), { maxLength: 25 });
    fc.assert(
      fc.property(names, fc.array(fc.nat(24), { maxLength: 10 }), (userNames, taken) => {
        const people = userNames.map((userName, index) => person(index, { userName }));
        const first = proposeAccounts(people, new AddressBook([]), domain);
        const book = new AddressBook(
          taken.flatMap((index) => {
            const upn = first[index]?.address;
            return upn === undefined ? [] : [account(upn)];
          }),
        );
        const addresses = proposeAccounts(people, book, domain).map((proposal) => proposal.address.toLowerCase());
        expect(new Set(addresses).size).toBe(people.length);
        for (const address of addresses) {
          expect(book.findHolder(address)).toBeUndefined();
          expect(addressProblem(address, new Set([domain]))).toBeUndefined();
        }
      }),
    );
  });
});

test('the domain proposed is the organization’s own default, else an own one, else Microsoft’s', () => {
  const known = (name: string, isDefault: boolean, isInitial: boolean, isVerified = true) => ({
    name,
    isDefault,
    isInitial,
    isVerified,
  });
  const initial = known('contoso.onmicrosoft.com', true, true);
  expect(proposedDomain([])).toBeUndefined();
  expect(proposedDomain([initial])).toBe('contoso.onmicrosoft.com');
  expect(proposedDomain([initial, known('contoso.com', false, false, false)])).toBe('contoso.onmicrosoft.com');
  expect(proposedDomain([initial, known('contoso.com', false, false)])).toBe('contoso.com');
  expect(proposedDomain([known('b.com', true, false), known('a.com', false, false)])).toBe('b.com');
});
