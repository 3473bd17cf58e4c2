import type { UserFileRow } from '@isthmus/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser } from '../../testing/samplePeople.ts';
import { AddressBook } from '../online-accounts/index.ts';
import type { Person } from '../people/index.ts';
import { NameBook } from './NameBook.ts';
import type { ImportUsersFacts, ImportUsersRequest } from './onlinePartOfRow.ts';
import { planImportUsers } from './planImportUsers.ts';

const sku = '0c0c0c0c-0000-4000-8000-000000000001';

function factsFor(people: readonly Person[] = []): ImportUsersFacts {
  return {
    directory: {
      names: new NameBook(
        people.map(({ user }) => ({
          userId: user.id,
          userName: user.userName,
          name: user.displayName,
          upn: user.upn ?? null,
        })),
      ),
      domainName: 'corp.contoso.test',
      upnSuffixes: ['corp.contoso.test'],
      minimumPasswordLength: 7,
    },
    existing: new Map(people.map((person) => [person.user.userName.toLowerCase(), person])),
    tenant: {
      book: new AddressBook([]),
      verifiedDomains: new Set(['contoso.com']),
      licenses: [{ skuId: sku, name: 'Business Premium', total: 2, used: 1, servicePlans: [], state: 'enabled' }],
      licenseIds: new Map([
        ['spb', sku],
        ['business premium', sku],
      ]),
      usageLocation: 'DE',
    },
    passwordRef: (index) => `first-password:${index}`,
  };
}

function plan(
  values: readonly UserFileRow['values'][],
  facts: ImportUsersFacts = factsFor(),
  changes: Partial<ImportUsersRequest> = {},
) {
  const rows = values.map((each, index) => ({ line: index + 2, values: each }));
  const request = { rows, columns: {}, existing: 'refuse', containerDn: 'OU=Staff', groupDns: [], ...changes } as const;
  return planImportUsers(request, facts).people;
}

const ada = { userName: 'ada', displayName: 'Ada Lovelace', givenName: 'Ada', surname: 'Lovelace' };

describe('a new person', () => {
  test('gets a user account with a first password to be changed', () => {
    const [person] = plan([{ ...ada, department: 'Research' }]);
    expect(person?.blocked).toBeUndefined();
    expect(person?.actions.map(({ action }) => action)).toEqual([
      {
        type: 'directory.add-user',
        user: {
          ...ada,
          upn: 'ada@corp.contoso.test',
          department: 'Research',
          mustChangePassword: true,
          containerDn: 'OU=Staff',
        },
        passwordRef: 'first-password:0',
        generated: { minimumLength: 7 },
      },
    ]);
  });

  test('gets an online account with the same password, and the license', () => {
    const [person] = plan([{ ...ada, onlineAddress: 'ada@contoso.com', licenses: 'SPB' }]);
    expect(person?.actions.map(({ action }) => action)).toMatchObject([
      { type: 'directory.add-user', user: { mail: 'ada@contoso.com' } },
      {
        type: 'online.create',
        passwordRef: 'first-password:0',
        account: { upn: 'ada@contoso.com', usageLocation: 'DE' },
      },
      { type: 'online.assign-licenses', skuIds: [sku] },
    ]);
  });
});

describe('a row that cannot be imported', () => {
  test.each([
    [{ displayName: 'Ada' }, 'userName', 'directory.invalid-value', 'missing'],
    [{ ...ada, userName: 'ada lovelace' }, 'userName', 'directory.invalid-value', '“ada lovelace”'],
    [{ userName: 'ada' }, 'displayName', 'imports.value-invalid', 'no name'],
    [{ ...ada, mail: 'ada' }, 'mail', 'imports.value-invalid', '“ada”'],
    [{ ...ada, title: 'x'.repeat(129) }, 'title', 'imports.value-invalid', '128'],
    [{ ...ada, department: 'a\nb' }, 'department', 'imports.value-invalid', 'line break'],
    [{ ...ada, usageLocation: 'Germany' }, 'usageLocation', 'imports.value-invalid', '“GERMANY”'],
    [{ ...ada, licenses: 'SPB' }, 'licenses', 'imports.value-invalid', 'online account'],
    [{ ...ada, onlineAddress: 'ada@other.example' }, 'onlineAddress', 'online.domain-not-verified', 'other.example'],
    [{ ...ada, onlineAddress: 'ada@contoso.com', licenses: 'E5' }, 'licenses', 'online.license-unknown', '“E5”'],
  ])('%j is refused at %s', (values, field, code, told) => {
    const columns = { [field]: 'The column' };
    const [person] = plan([values], factsFor(), { columns });
    expect(person).toMatchObject({ actions: [], blocked: { code, field } });
    expect(person?.blocked?.message).toMatch(/^Line 2, column The column/);
    expect(person?.blocked?.message).toContain(told);
    expect(person?.blocked?.remedy).toBeTruthy();
  });

  test('tells everything that is wrong with it', () => {
    const [person] = plan([{ userName: 'a b', mail: 'x' }]);
    expect([person?.blocked?.field, ...(person?.warnings.map(({ field }) => field) ?? [])]).toEqual([
      'userName',
      'displayName',
      'mail',
    ]);
  });

  test('because an earlier row has its name, its address or the last seat', () => {
    const second = (changes: UserFileRow['values'], first: UserFileRow['values'] = ada) =>
      plan([first, { userName: 'bob', displayName: 'Bob', ...changes }])[1]?.blocked;
    expect(second({ userName: 'ADA' })).toMatchObject({ code: 'directory.user-name-taken', field: 'userName' });
    const online = { onlineAddress: 'ada@contoso.com', licenses: 'business premium' };
    expect(second({ onlineAddress: 'Ada@contoso.com' }, { ...ada, ...online })).toMatchObject({
      code: 'online.address-taken',
    });
    expect(second({ ...online, onlineAddress: 'bob@contoso.com' }, { ...ada, ...online })).toMatchObject({
      code: 'licenses.not-enough',
      field: 'licenses',
    });
  });

  test('because nothing is integrated', () => {
    const facts = { ...factsFor(), tenant: undefined };
    expect(plan([{ ...ada, onlineAddress: 'ada@contoso.com' }], facts)[0]?.blocked).toMatchObject({
      code: 'integration.not-integrated',
    });
  });
});

describe('somebody who is there already', () => {
  const person = samplePerson(1, { user: sampleUser(1, { title: 'Clerk' }) });
  const same = { userName: 'PERSON1', displayName: 'Person 1', title: 'Clerk' };

  test('with the same values needs nothing', () => {
    const [planned] = plan([{ ...same, onlineAddress: person.online?.upn ?? '' }], factsFor([person]));
    expect(planned).toMatchObject({ subject: { userId: person.user.id }, actions: [], warnings: [] });
    expect(planned?.blocked).toBeUndefined();
  });

  test('with other values is refused, or changed when that was chosen', () => {
    const row = { ...same, title: 'Director' };
    expect(plan([row], factsFor([person]))[0]?.blocked).toMatchObject({ code: 'imports.user-differs' });
    const [planned] = plan([row], factsFor([person]), { existing: 'change' });
    expect(planned?.actions.map(({ action }) => action)).toEqual([
      { type: 'directory.change-user', changes: { title: 'Director' } },
    ]);
  });

  test('gets the online account and the licenses that are missing', () => {
    const alone = samplePerson(1, { online: undefined, link: undefined });
    const row = { ...same, onlineAddress: 'person1@contoso.com', licenses: 'SPB' };
    const types = plan([row], factsFor([alone]), { existing: 'change' })[0]?.actions.map(({ action }) => action.type);
    expect(types).toEqual(['online.create', 'online.assign-licenses']);
    const linked = { ...same, onlineAddress: sampleOnline(1).upn, licenses: 'SPB' };
    const missing = plan([linked], factsFor([person]), { existing: 'change' })[0];
    expect(missing?.actions.map(({ action }) => action)).toEqual([{ type: 'online.assign-licenses', skuIds: [sku] }]);
  });

  test('under another address, or who administers the directory, is never touched', () => {
    const other = plan([{ ...same, onlineAddress: 'other@contoso.com' }], factsFor([person]), { existing: 'change' });
    expect(other[0]?.blocked).toMatchObject({ code: 'users.link-taken', field: 'onlineAddress' });
    const chief = samplePerson(1, { user: sampleUser(1, { protectedAdministrator: true }) });
    expect(plan([same], factsFor([chief]), { existing: 'change' })[0]?.blocked).toMatchObject({
      code: 'users.built-in',
    });
  });

  test('is not meant by two rows', () => {
    expect(plan([same, same], factsFor([person]))[1]?.blocked).toMatchObject({ code: 'imports.repeated' });
  });
});

test('any file ends in an answer for each row, never in a fault, and each refusal names its line', () => {
  const value = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('ada', 'ada@contoso.com', 'SPB', 'DE'));
  const fields = ['userName', 'displayName', 'mail', 'title', 'onlineAddress', 'licenses', 'usageLocation'];
  const row = fc.dictionary(fc.constantFrom(...fields), value) as fc.Arbitrary<UserFileRow['values']>;
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const people = plan(rows, factsFor([samplePerson(1)]), { existing: 'change' });
      expect(people).toHaveLength(rows.length);
      const lines = people.map(({ blocked }) => blocked?.message.split(',')[0]);
      expect(lines.filter((line, index) => line !== undefined && line !== `Line ${index + 2}`)).toEqual([]);
      const names = people.flatMap(({ actions }) =>
        actions.flatMap(({ action }) =>
          action.type === 'directory.add-user' ? action.user.userName.toLowerCase() : [],
        ),
      );
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
