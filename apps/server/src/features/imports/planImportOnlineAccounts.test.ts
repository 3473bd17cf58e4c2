import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOnline, sampleOnlineId } from '../../testing/samplePeople.ts';
import { plainNames, presentPlan } from '../commands/index.ts';
import type { ImportableAccount } from './importProblems.ts';
import { NameBook } from './NameBook.ts';
import { type DirectoryFacts, planImportOnlineAccounts, proposeImports } from './planImportOnlineAccounts.ts';
import { userNameProblem } from './userNames.ts';

const sku = '0c0c0c0c-0000-4000-8000-000000000001';
const directory: DirectoryFacts = {
  names: new NameBook([
    { userId: '1', userName: 'ada', name: 'Ada Byron', upn: 'ada@corp.test' },
    { userId: '2', userName: 'x', name: 'X', upn: 'grace@corp.test' },
  ]),
  domainName: 'corp.test',
  upnSuffixes: ['corp.test', 'Contoso.com'],
  minimumPasswordLength: 7,
};
const placement = { containerDn: 'OU=Staff,DC=corp', groupDns: ['CN=All,DC=corp', 'CN=All,DC=corp'] };

function entry(number: number, upn: string, changes: Partial<ImportableAccount['account']> = {}): ImportableAccount {
  const account = sampleOnline(number, { upn, displayName: upn, immutableId: undefined, skuIds: [sku], ...changes });
  return { account, isAdministrator: false, holder: undefined, match: undefined };
}

function plan(wanted: readonly (readonly [ImportableAccount, string])[]) {
  return planImportOnlineAccounts(
    { accounts: wanted.map(([{ account }, userName]) => ({ onlineAccountId: account.id, userName })), ...placement },
    {
      directory,
      accounts: new Map(wanted.map(([each]) => [each.account.id, each])),
      passwordRef: (index) => `first-password:${index}`,
    },
  );
}

describe('a suggested user name', () => {
  const suggested = (upn: string, changes: Partial<ImportableAccount['account']> = {}) =>
    proposeImports([entry(1, upn, changes)], directory)[0]?.userName;

  test.each([
    ['anna.müller@contoso.com', 'anna.muller'],
    ["o'neil@contoso.com", 'oneil'],
    ['maximilian.hohenlohe-langenburg@contoso.com', 'm.hohenlohe-langenbu'],
    ['ada@contoso.com', 'ada2'],
    ['grace@contoso.com', 'grace2'],
  ])('of %s is %s', (upn, expected) => {
    expect(suggested(upn)).toBe(expected);
  });

  test('follows the name of the person when the address has no letters', () => {
    expect(suggested('!!@contoso.com', { givenName: 'Юрий', surname: 'Гагарин' })).toBe('iurii.gagarin');
  });
});

test('what goes to the directory is what the online account says, and the online password stays', () => {
  const anna = entry(3, 'anna@contoso.com', {
    givenName: 'Anna',
    surname: 'Weiß',
    department: 'Lab',
    businessPhones: ['1'],
  });
  const [person] = plan([[anna, 'anna']]).people;
  expect(person?.blocked).toBeUndefined();
  expect(person?.actions.map(({ action }) => action)).toEqual([
    {
      type: 'directory.add-user',
      user: {
        userName: 'anna',
        upn: 'anna@contoso.com',
        displayName: 'anna@contoso.com',
        givenName: 'Anna',
        surname: 'Weiß',
        department: 'Lab',
        title: 'Clerk',
        phone: '1',
        company: 'Contoso',
        mustChangePassword: true,
        containerDn: 'OU=Staff,DC=corp',
      },
      passwordRef: 'first-password:0',
      generated: { minimumLength: 7 },
      directoryOnly: true,
    },
    { type: 'link.create', onlineAccountId: sampleOnlineId(3) },
    { type: 'directory.add-to-group', groupDn: 'CN=All,DC=corp' },
  ]);
});

test('the sign-in name is in the domain where the directory has no suffix like the address', () => {
  const [person] = plan([[entry(1, 'anna@other.example'), 'anna']]).people;
  expect(person?.actions[0]?.action).toMatchObject({ user: { upn: 'anna@corp.test' } });
});

describe('an account is left out', () => {
  const linked = { holder: { name: 'Ada', removed: false } };
  test.each([
    ['that is linked', { ...entry(1, 'a@contoso.com'), ...linked }, 'imports.already-linked'],
    ['of a guest', entry(1, 'a_fabrikam.com#EXT#@contoso.onmicrosoft.com'), 'imports.guest'],
    ['of Entra Connect', entry(1, 'Sync_DC1_0a@contoso.com'), 'imports.service-account'],
    ['that others keep', entry(1, 'a@contoso.com', { synchronizedByOthers: true }), 'imports.managed-by-others'],
    ['in the recycle bin', entry(1, 'a@contoso.com', { deletedAt: new Date() }), 'imports.account-removed'],
    ['that is blocked', entry(1, 'a@contoso.com', { signInAllowed: false }), 'imports.sign-in-blocked'],
    [
      'that belongs to a user',
      { ...entry(1, 'a@contoso.com'), match: { userName: 'a', evidence: 'sign-in-name' as const } },
      'imports.belongs-to-user',
    ],
  ])('%s', (_, given, code) => {
    expect(plan([[given, 'anna']]).people[0]).toMatchObject({ actions: [], blocked: { code } });
    expect(proposeImports([given], directory)[0]).toMatchObject({ selected: false, blocked: { code } });
  });

  test.each([
    ['ada', 'directory.user-name-taken'],
    ['an na', 'directory.invalid-value'],
    ['a.name.of.more.than.20.letters', 'directory.invalid-value'],
    ['', 'directory.invalid-value'],
    ['anna.', 'directory.invalid-value'],
  ])('whose user name would be “%s”', (userName, code) => {
    expect(plan([[entry(1, 'a@contoso.com'), userName]]).people[0]?.blocked).toMatchObject({ code, field: 'userName' });
  });

  test('that is unknown or named twice', () => {
    const one = entry(1, 'a@contoso.com');
    const [first, second] = plan([
      [one, 'anna'],
      [one, 'berta'],
    ]).people;
    expect([first?.blocked, second?.blocked?.code]).toEqual([undefined, 'imports.repeated']);
    const facts = { directory, accounts: new Map(), passwordRef: String };
    const unknown = planImportOnlineAccounts(
      { accounts: [{ onlineAccountId: 'x', userName: 'y' }], ...placement },
      facts,
    );
    expect(unknown.people[0]?.blocked?.code).toBe('online.account-not-found');
  });
});

test.each([
  ['a namesake', { match: { userName: 'a', evidence: 'name' as const } }, 'imports.same-person'],
  ['the account of somebody removed', { holder: { name: 'Ada', removed: true } }, 'imports.user-was-removed'],
  ['no license', { account: entry(1, 'a@contoso.com', { skuIds: [] }).account }, 'imports.unlicensed'],
  ['an administrator of the tenant', { isAdministrator: true }, 'imports.administrator'],
  ['the name of an administrator', { account: entry(1, 'admin@contoso.com').account }, 'imports.administrator'],
])('%s is marked and not ticked, yet can be imported', (_, changes, code) => {
  const given = { ...entry(1, 'a@contoso.com'), ...changes };
  expect(proposeImports([given], directory)[0]).toMatchObject({ selected: false, blocked: null, warnings: [{ code }] });
  expect(plan([[given, 'anna']]).people[0]).toMatchObject({ warnings: [{ code }], actions: { length: 3 } });
});

test('whatever is proposed can be imported together, and nothing of it is a secret', () => {
  const upn = fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.constantFrom('contoso.com', 'x.example'))
    .map(([name, domain]) => `${name.replaceAll('@', '')}@${domain}`);
  fc.assert(
    fc.property(fc.uniqueArray(upn, { maxLength: 30, selector: (each) => each.toLowerCase() }), (upns) => {
      const accounts = upns.map((each, index) => entry(index, each));
      const proposals = proposeImports(accounts, directory);
      const names = proposals.map(({ userName }) => userName);
      expect(names.filter((name) => userNameProblem(name) !== undefined)).toEqual([]);
      const open = accounts.filter((_, index) => proposals[index]?.blocked === null);
      const planned = plan(open.map((each) => [each, names[accounts.indexOf(each)] ?? '']));
      expect(planned.people.flatMap(({ blocked }) => blocked ?? [])).toEqual([]);
      expect(JSON.stringify(presentPlan(planned, plainNames))).not.toContain('first-password');
    }),
  );
});
