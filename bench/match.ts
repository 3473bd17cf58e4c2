import {
  proposeMatches,
  type UnlinkedAccount,
  type UnlinkedUser,
} from '../apps/server/src/features/online-accounts/proposeMatches.ts';
import { type Figure, timesOf } from './support/figures.ts';

const PEOPLE = 10_000;
const ROUNDS = 10;
/** People who share one name: the worst case of a comparison by name. */
const NAMESAKES = 1000;

function nameOf(number: number): { readonly givenName: string; readonly surname: string } {
  return number < NAMESAKES
    ? { givenName: 'Zoë', surname: 'Müller' }
    : { givenName: `Given${number % 100}`, surname: `Surname${number}` };
}

function user(number: number): UnlinkedUser {
  const userName = `person${number}`;
  return {
    ...nameOf(number),
    userId: `user-${number}`,
    userName,
    displayName: userName,
    upn: `${userName}@corp.contoso.test`,
    mail: number % 4 === 0 ? `${userName}@contoso.example` : null,
    anchor: `anchor-${number}`,
  };
}

function account(number: number): UnlinkedAccount {
  return {
    ...nameOf(number),
    id: `account-${number}`,
    displayName: `Account ${number}`,
    upn: `a${number}@contoso.example`,
    mail: null,
    proxyAddresses: number % 4 === 0 ? [`SMTP:a${number}@contoso.example`, `smtp:person${number}@contoso.example`] : [],
    immutableId: number % 4 === 1 ? `anchor-${number}` : null,
  };
}

/** Pairs for ten thousand people and as many online accounts, a tenth of them namesakes. */
export async function benchMatch(): Promise<Figure[]> {
  const users = Array.from({ length: PEOPLE }, (_, number) => user(number));
  const accounts = Array.from({ length: PEOPLE }, (_, number) => account(PEOPLE - 1 - number));
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    found = proposeMatches(users, accounts).length;
    times.push(performance.now() - start);
  }
  return [
    ...timesOf('proposals for 10,000 people and 10,000 accounts', times, '< 2000 ms'),
    { name: 'proposals found', value: found, unit: 'people' },
  ];
}
