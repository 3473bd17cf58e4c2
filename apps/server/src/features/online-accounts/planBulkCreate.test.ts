import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import type { Person } from '../people/index.ts';
import { AddressBook, type KnownAccount } from './AddressBook.ts';
import { type BulkCreateFacts, planBulkCreate } from './planBulkCreate.ts';
import { type KnownLicense, licenseProblems } from './planLicenses.ts';

const sku = '0c0c0c0c-0000-4000-8000-000000000001';
const premium: KnownLicense = {
  skuId: sku,
  name: 'Business Premium',
  total: 3,
  used: 1,
  servicePlans: [],
  state: 'enabled',
};

function unlinked(number: number, changes: Partial<Person> = {}): Person {
  return samplePerson(number, { online: undefined, link: undefined, ...changes });
}

function facts(people: readonly Person[], changes: Partial<BulkCreateFacts> = {}): BulkCreateFacts {
  return {
    people: new Map(people.map((person) => [String(person.user.id), person])),
    book: new AddressBook([]),
    verifiedDomains: new Set(['contoso.com']),
    licenses: [premium],
    usageLocation: 'DE',
    now: new Date('2026-06-01T00:00:00Z'),
    ...changes,
  };
}

const ask = (...numbers: number[]) =>
  numbers.map((number) => ({ userId: sampleUserId(number), address: `p${number}@contoso.com` }));
const account: KnownAccount = {
  id: '0b0b0b0b-0000-4000-8000-000000000009',
  displayName: 'Somebody',
  upn: 'p1@contoso.com',
  mail: null,
  proxyAddresses: [],
  immutableId: null,
  deleted: false,
  linkedUserId: null,
};

describe('a bulk creation', () => {
  test('creates with the fields of the user account, then assigns the licenses', () => {
    const plan = planBulkCreate({ accounts: ask(1), skuIds: [sku] }, facts([unlinked(1)]));
    expect(plan.blocked).toBeUndefined();
    expect(plan.people[0]?.actions.map(({ action }) => action)).toEqual([
      {
        type: 'online.create',
        account: {
          upn: 'p1@contoso.com',
          displayName: 'Person 1',
          mailNickname: 'p1',
          givenName: 'Person',
          surname: '1',
          department: 'Sales',
          jobTitle: 'Clerk',
          companyName: 'Contoso',
          usageLocation: 'DE',
          signInAllowed: true,
          mustChangePassword: false,
        },
      },
      { type: 'online.assign-licenses', skuIds: [sku] },
    ]);
  });

  test('creates blocked accounts for people who may not sign in', () => {
    const expired = unlinked(1, { user: sampleUser(1, { expiresAt: new Date('2026-05-31T00:00:00Z') }) });
    const inactive = unlinked(2, { user: sampleUser(2, { enabled: false }) });
    const plan = planBulkCreate({ accounts: ask(1, 2), skuIds: [] }, facts([expired, inactive]));
    const allowed = plan.people.map(({ actions }) => {
      const action = actions[0]?.action;
      return action?.type === 'online.create' && action.account.signInAllowed;
    });
    expect(allowed).toEqual([false, false]);
    expect(plan.warnings.map((warning) => warning.code)).toEqual(['online-accounts.without-license']);
  });

  test('links the account that carries the same anchor instead of making another', () => {
    const own = { ...account, immutableId: sampleUser(1).anchor };
    const plan = planBulkCreate(
      { accounts: ask(1), skuIds: [sku] },
      facts([unlinked(1)], { book: new AddressBook([own]) }),
    );
    expect(plan.people[0]?.actions.map(({ action }) => action.type)).toEqual([
      'link.create',
      'online.change',
      'online.assign-licenses',
    ]);
  });

  test.each<[string, Person | undefined, string]>([
    ['users.not-found', undefined, 'p1@contoso.com'],
    ['users.removed', unlinked(1, { removedAt: new Date() }), 'p1@contoso.com'],
    ['users.built-in', unlinked(1, { user: sampleUser(1, { builtIn: true }) }), 'p1@contoso.com'],
    ['online-accounts.already-linked', samplePerson(1), 'p1@contoso.com'],
    [
      'online-accounts.restorable',
      samplePerson(1, { online: sampleOnline(1, { deletedAt: new Date() }) }),
      'p1@contoso.com',
    ],
    ['online.address-invalid', unlinked(1), 'p 1@contoso.com'],
    ['online.domain-not-verified', unlinked(1), 'p1@fabrikam.com'],
  ])('leaves out with %s', (code, person, address) => {
    const plan = planBulkCreate(
      { accounts: [{ userId: sampleUserId(1), address }], skuIds: [] },
      facts(person === undefined ? [] : [person]),
    );
    expect(plan.people[0]).toMatchObject({ actions: [], blocked: { code } });
  });

  test('finds an address that the tenant holds, also in the recycle bin', () => {
    for (const deleted of [false, true]) {
      const book = new AddressBook([{ ...account, deleted }]);
      const plan = planBulkCreate({ accounts: ask(1), skuIds: [] }, facts([unlinked(1)], { book }));
      expect(plan.people[0]?.blocked).toMatchObject({ code: 'online.address-taken', field: 'address' });
    }
  });

  test('gives no address twice, whatever its case', () => {
    const accounts = [
      { userId: sampleUserId(1), address: 'same@contoso.com' },
      { userId: sampleUserId(2), address: 'SAME@contoso.com' },
    ];
    const plan = planBulkCreate({ accounts, skuIds: [] }, facts([unlinked(1), unlinked(2)]));
    expect(plan.people.map((person) => person.blocked?.code)).toEqual([undefined, 'online.address-taken']);
    expect(plan.people[1]?.blocked?.message).toContain('Person 1');
  });

  test('does not run when licenses run short, and counts only those who would need one', () => {
    const people = [unlinked(1), unlinked(2), unlinked(3)];
    const short = planBulkCreate({ accounts: ask(1, 2, 3), skuIds: [sku] }, facts(people));
    expect(short.blocked).toMatchObject({ code: 'licenses.not-enough' });
    expect(short.blocked?.message).toContain('3 people, but 2 of 3 are free');
    const enough = planBulkCreate({ accounts: ask(1, 2, 3), skuIds: [sku] }, facts([people[0]!, people[1]!]));
    expect(enough.blocked).toBeUndefined();
  });

  test('needs a country', () => {
    const plan = planBulkCreate({ accounts: ask(1), skuIds: [] }, facts([unlinked(1)], { usageLocation: undefined }));
    expect(plan.blocked).toMatchObject({ code: 'online.usage-location-missing', field: 'usageLocation' });
  });
});

describe('license mathematics', () => {
  test('a plan runs exactly when every product has as many free seats as people need it', () => {
    const license = fc.record({ total: fc.nat(50), used: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(license, { minLength: 1, maxLength: 5 }), fc.nat(40), (seats, needed) => {
        const licenses = seats.map((entry, index): KnownLicense => ({ ...premium, ...entry, skuId: `sku${index}` }));
        const problems = licenseProblems(
          licenses.map((entry) => entry.skuId),
          licenses,
          needed,
        );
        const short = seats.filter(({ total, used }) => Math.max(0, total - used) < needed).length;
        expect(problems.length).toBe(short);
      }),
    );
  });

  test('a product of an ended subscription, or one the tenant has not, is refused', () => {
    expect(licenseProblems([sku], [{ ...premium, state: 'suspended' }], 1)[0]?.code).toBe('licenses.not-usable');
    expect(licenseProblems([sku], [], 1)[0]?.code).toBe('online.license-unknown');
    expect(licenseProblems([sku, sku], [{ ...premium, state: 'warning' }], 2)).toEqual([]);
  });
});
