import { describe, expect, test } from 'vitest';
import {
  sampleAccount,
  sampleOnline,
  sampleOnlineId,
  samplePerson,
  sampleUser,
  sampleUserId,
} from '../../../testing/samplePeople.ts';
import { AddressBook } from '../../online-accounts/index.ts';
import { planSignInNames, type SignInNamesFacts } from './planSignInNames.ts';

const known = (number: number, upn: string) => ({
  id: sampleOnlineId(number),
  displayName: `Person ${number}`,
  upn,
  mail: null,
  proxyAddresses: [],
  immutableId: null,
  deleted: false,
  linkedUserId: sampleUserId(number),
});
const facts: SignInNamesFacts = {
  book: new AddressBook([known(1, 'person1@contoso.example'), known(2, 'person2@contoso.example')]),
  verifiedDomains: new Set(['contoso.example', 'fabrikam.example']),
  upnSuffixes: ['corp.contoso.test', 'fabrikam.example'],
  upnHolders: new Map([['person9@fabrikam.example', sampleUserId(9)]]),
};
const actions = (plan: ReturnType<typeof planSignInNames>, index = 0) =>
  plan.people[index]?.actions.map(({ action }) => action);

describe('one online account', () => {
  test('is renamed alone; the directory stays', () => {
    expect(actions(planSignInNames([samplePerson(1)], { address: 'ada@contoso.example' }, facts))).toEqual([
      { type: 'online.change', changes: { upn: 'ada@contoso.example' } },
    ]);
  });

  test('is renamed without a user, too, and moves to another domain', () => {
    expect(actions(planSignInNames([sampleAccount(1)], { address: 'ada@contoso.example' }, facts))).toEqual([
      { type: 'online.change', changes: { upn: 'ada@contoso.example' } },
    ]);
    const moved = { domain: 'fabrikam.example', upnSuffix: 'fabrikam.example' };
    expect(actions(planSignInNames([sampleAccount(1)], moved, facts))).toEqual([
      { type: 'online.change', changes: { upn: 'person1@fabrikam.example' } },
    ]);
  });

  test('gets no address of somebody else, and may change the case of its own', () => {
    const taken = planSignInNames([samplePerson(1)], { address: 'person2@contoso.example' }, facts);
    expect(taken.people[0]).toMatchObject({ actions: [], blocked: { code: 'online.address-taken' } });
    const own = planSignInNames([samplePerson(1)], { address: 'Person1@contoso.example' }, facts);
    expect(actions(own)).toHaveLength(1);
  });

  test('that is not there, or that another tool keeps, is left alone', () => {
    const local = samplePerson(1, { online: undefined, link: undefined });
    expect(planSignInNames([local], { address: 'ada@contoso.example' }, facts).people[0]?.blocked?.code).toBe(
      'users.not-linked',
    );
    const others = samplePerson(1, { online: sampleOnline(1, { synchronizedByOthers: true }) });
    const plan = planSignInNames([others], { domain: 'fabrikam.example' }, facts);
    expect(plan.people[0]).toMatchObject({ actions: [], warnings: [{ code: 'users.managed-by-others' }] });
  });
});

describe('many people', () => {
  test('move to another domain on both sides, the part before the @ stays', () => {
    const plan = planSignInNames(
      [samplePerson(1), samplePerson(2, { online: undefined, link: undefined })],
      { domain: 'fabrikam.example', upnSuffix: 'fabrikam.example' },
      facts,
    );
    expect(actions(plan)).toEqual([
      { type: 'directory.change-user', changes: { upn: 'person1@fabrikam.example' } },
      { type: 'online.change', changes: { upn: 'person1@fabrikam.example' } },
    ]);
    expect(actions(plan, 1)).toEqual([{ type: 'directory.change-user', changes: { upn: 'person2@fabrikam.example' } }]);
    expect(plan.warnings).toMatchObject([{ code: 'sign-in-names.tell-people' }]);
  });

  test('who are there already are left alone, and nobody is warned', () => {
    const there = samplePerson(1, { online: sampleOnline(1, { upn: 'person1@fabrikam.example' }) });
    const plan = planSignInNames([there], { domain: 'fabrikam.example' }, facts);
    expect(plan).toMatchObject({ people: [{ actions: [] }], warnings: [] });
  });

  test('who would get one name together are told apart, as are those whose name somebody has', () => {
    const one = samplePerson(1, { online: sampleOnline(1, { upn: 'info@contoso.example' }) });
    const other = samplePerson(3, { online: sampleOnline(3, { upn: 'info@other.example' }) });
    const plan = planSignInNames([one, other], { domain: 'fabrikam.example' }, facts);
    expect(plan.people.map(({ blocked }) => blocked?.code)).toEqual([undefined, 'sign-in-names.twice']);
    const nine = samplePerson(4, { user: sampleUser(4, { upn: 'person9@corp.contoso.test' }) });
    expect(planSignInNames([nine], { upnSuffix: 'fabrikam.example' }, facts).people[0]?.blocked?.code).toBe(
      'directory.upn-taken',
    );
  });
});

describe('a domain that is left', () => {
  const leaving = { domain: 'fabrikam.example', leave: 'contoso.example' };
  const withMail = (...proxyAddresses: string[]) =>
    samplePerson(1, {
      user: sampleUser(1, { mail: 'person1@contoso.example' }),
      online: sampleOnline(1, { upn: 'person1@contoso.example', proxyAddresses }),
    });

  test('takes names and addresses at it away, and leaves all others', () => {
    const plan = planSignInNames(
      [withMail('SMTP:person1@contoso.example', 'smtp:ada@contoso.example', 'smtp:ada@other.example', 'x500:/o=x')],
      leaving,
      facts,
    );
    expect(actions(plan)).toEqual([
      { type: 'directory.change-user', changes: { mail: 'person1@fabrikam.example' } },
      { type: 'online.change', changes: { upn: 'person1@fabrikam.example' } },
      { type: 'online.set-addresses', primary: 'person1@fabrikam.example', aliases: ['ada@other.example'] },
    ]);
    expect(plan.people[0]?.warnings).toMatchObject([{ code: 'mail.address-lost' }]);
  });

  test('is no matter of people who have nothing there; an alias alone goes alone', () => {
    const elsewhere = samplePerson(2, {
      online: sampleOnline(2, { upn: 'person2@other.example', proxyAddresses: [] }),
    });
    const alias = samplePerson(3, {
      online: sampleOnline(3, {
        upn: 'person3@other.example',
        proxyAddresses: ['SMTP:person3@other.example', 'smtp:old@contoso.example'],
      }),
    });
    const plan = planSignInNames([elsewhere, alias], leaving, facts);
    expect(actions(plan)).toEqual([]);
    expect(actions(plan, 1)).toEqual([{ type: 'online.set-addresses', primary: 'person3@other.example', aliases: [] }]);
  });
});

test.each([
  [{ leave: 'contoso.example' }, 1, 'sign-in-names.nowhere-to-go'],
  [{ leave: 'contoso.example', domain: 'contoso.example' }, 1, 'sign-in-names.nowhere-to-go'],
  [{}, 1, 'sign-in-names.nothing-chosen'],
  [{ address: 'ada@contoso.example' }, 2, 'sign-in-names.address-of-many'],
  [{ domain: 'unknown.example' }, 1, 'online.domain-not-verified'],
  [{ upnSuffix: 'unknown.example' }, 1, 'directory.upn-suffix-unknown'],
])('%j for %i people is refused as a whole', (request, count, code) => {
  const people = Array.from({ length: count }, (_, index) => samplePerson(index + 1));
  expect(planSignInNames(people, request, facts).blocked?.code).toBe(code);
});
