import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeMatches, type UnlinkedAccount, type UnlinkedUser } from './proposeMatches.ts';

function user(userId: string, changes: Partial<UnlinkedUser> = {}): UnlinkedUser {
  return {
    userId,
    userName: userId,
    displayName: '',
    givenName: '',
    surname: '',
    upn: null,
    mail: null,
    anchor: `anchor of ${userId}`,
    ...changes,
  };
}

function account(upn: string, changes: Partial<UnlinkedAccount> = {}): UnlinkedAccount {
  return {
    id: upn,
    displayName: '',
    givenName: null,
    surname: null,
    upn,
    mail: null,
    proxyAddresses: [],
    immutableId: null,
    ...changes,
  };
}

describe('proposing pairs', () => {
  test.each([
    ['immutable-id', 'certain', user('u'), account('x@a.example', { immutableId: 'anchor of u' })],
    ['sign-in-name', 'certain', user('u', { upn: 'Anna@A.example' }), account('anna@a.example')],
    ['mail', 'likely', user('u', { mail: 'anna@a.example' }), account('x@a.example', { mail: 'Anna@a.example' })],
    [
      'mail',
      'likely',
      user('u', { upn: 'anna@a.example' }),
      account('x@a.example', { proxyAddresses: ['smtp:anna@a.example'] }),
    ],
    [
      'name',
      'possible',
      user('u', { givenName: 'Zoë', surname: 'Müller' }),
      account('x@a.example', { displayName: 'MULLER, Zoe' }),
    ],
  ] as const)('finds by %s and is %s', (evidence, confidence, person, online) => {
    expect(proposeMatches([person], [online])).toMatchObject([
      { userId: 'u', evidence, confidence, ambiguous: false, accounts: [{ id: online.id }] },
    ]);
  });

  test('does not take one word, an empty name or an address of another kind for evidence', () => {
    const people = [user('u', { displayName: 'Anna', mail: 'anna@a.example' }), user('v')];
    const accounts = [account('x@a.example', { displayName: 'Anna', proxyAddresses: ['sip:anna@a.example'] })];
    expect(proposeMatches(people, accounts)).toEqual([]);
  });

  test('calls namesakes ambiguous, on either side', () => {
    const name = { displayName: 'Anna Lind' };
    const two = proposeMatches([user('u', name)], [account('x@a.example', name), account('y@a.example', name)]);
    expect(two).toMatchObject([{ ambiguous: true, accounts: [{ id: 'x@a.example' }, { id: 'y@a.example' }] }]);
    const rivals = proposeMatches([user('u', name), user('v', name)], [account('x@a.example', name)]);
    expect(rivals.map((match) => match.ambiguous)).toEqual([true, true]);
  });

  test('lets the stronger evidence decide', () => {
    const people = [user('u', { displayName: 'Anna Lind', mail: 'anna@a.example' })];
    const accounts = [
      account('namesake@a.example', { displayName: 'Anna Lind' }),
      account('x@a.example', { mail: 'anna@a.example' }),
    ];
    expect(proposeMatches(people, accounts)).toMatchObject([{ evidence: 'mail', accounts: [{ id: 'x@a.example' }] }]);
  });

  const few = fc.integer({ min: 0, max: 3 });
  const people = fc.uniqueArray(fc.record({ id: fc.nat(50), name: few, mail: few, upn: few }), {
    selector: ({ id }) => id,
  });
  const online = fc.uniqueArray(fc.record({ id: fc.nat(50), name: few, mail: few, anchor: fc.nat(50) }), {
    selector: ({ id }) => id,
  });

  test('no account is settled twice, nobody is proposed twice, and the order of the lists decides nothing', () => {
    fc.assert(
      fc.property(people, online, (somePeople, someAccounts) => {
        const users = somePeople.map(({ id, name, mail, upn }) =>
          user(`u${id}`, {
            anchor: `anchor${id}`,
            displayName: `Anna Lind${name}`,
            mail: `m${mail}@a.example`,
            upn: `a${upn}@a.example`,
          }),
        );
        const accounts = someAccounts.map(({ id, name, mail, anchor }) =>
          account(`a${id}@a.example`, {
            displayName: `Lind${name} Anna`,
            mail: `m${mail}@a.example`,
            immutableId: anchor % 2 === 0 ? `anchor${anchor}` : null,
          }),
        );
        const matches = proposeMatches(users, accounts);
        const ids = matches.map((match) => match.userId);
        expect(new Set(ids).size).toBe(ids.length);
        const settled = matches.filter((match) => !match.ambiguous);
        for (const match of settled) {
          const id = match.accounts[0]?.id;
          const holders = matches.filter((other) => other.accounts.some((candidate) => candidate.id === id));
          expect(holders).toEqual([match]);
        }
        const turned = proposeMatches(users.toReversed(), accounts.toReversed());
        const verdicts = (list: typeof matches): string[] =>
          list
            .map((one) => `${one.userId} ${one.evidence} ${one.ambiguous || one.accounts.map(({ id }) => id).join()}`)
            .sort();
        expect(verdicts(turned)).toEqual(verdicts(matches));
      }),
    );
  });
});
