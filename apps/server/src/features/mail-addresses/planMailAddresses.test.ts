import type { Mailbox } from '@isthmus/microsoft365';
import { expect, test } from 'vitest';
import { sampleAccount, sampleOnline, sampleOnlineId, samplePerson, sampleUser } from '../../testing/samplePeople.ts';
import type { PersonOrAccount } from '../people/index.ts';
import { type MailAddressesFacts, planMailAddresses } from './planMailAddresses.ts';

const mailbox: Mailbox = {
  id: sampleOnlineId(1),
  kind: 'regular',
  primaryAddress: 'person1@contoso.example',
  aliases: ['sales@contoso.example'],
  hidden: false,
  forwardTo: undefined,
  keepsForwarded: false,
};
const facts: MailAddressesFacts = {
  mailbox,
  verifiedDomains: new Set(['contoso.example']),
  holders: new Map([['office@contoso.example', 'Front office']]),
};
const person = samplePerson(1, { user: sampleUser(1, { mail: 'person1@contoso.example' }) });

const plan = (
  primaryAddress: string,
  aliases: string[],
  changed: Partial<MailAddressesFacts> = {},
  who: PersonOrAccount = person,
) => planMailAddresses(who, { primaryAddress, aliases }, { ...facts, ...changed }).people[0];

test('the primary address changes online first; the directory follows where it said the same', () => {
  expect(plan('sales@contoso.example', ['person1@contoso.example'])?.actions.map(({ action }) => action)).toEqual([
    { type: 'online.set-addresses', primary: 'sales@contoso.example', aliases: ['person1@contoso.example'] },
    { type: 'directory.change-user', changes: { mail: 'sales@contoso.example' } },
  ]);
  const other = samplePerson(1, { user: sampleUser(1, { mail: 'ada@elsewhere.example' }) });
  expect(plan('sales@contoso.example', [], {}, other)?.actions).toHaveLength(1);
});

test('what is so already is left alone, in whatever order and case', () => {
  expect(plan('person1@contoso.example', ['SALES@contoso.example', 'person1@contoso.example'])?.actions).toEqual([]);
});

test('an address that goes is told, because mail to it is lost', () => {
  expect(plan('person1@contoso.example', [])?.warnings).toMatchObject([
    { code: 'mail.address-lost', message: expect.stringContaining('sales@contoso.example') },
  ]);
});

test.each<[string, string, string[], Partial<MailAddressesFacts>]>([
  ['mail.address-invalid', 'no address', [], {}],
  ['mail.address-invalid', `${'a'.repeat(65)}@contoso.example`, [], {}],
  ['online.domain-not-verified', 'person1@contoso.example', ['a@elsewhere.example'], {}],
  ['online.address-taken', 'person1@contoso.example', ['Office@contoso.example'], {}],
  ['online.mailbox-missing', 'person1@contoso.example', [], { mailbox: undefined }],
])('%s', (code, primary, aliases, changed) => {
  expect(plan(primary, aliases, changed)).toMatchObject({ actions: [], blocked: { code } });
});

test('an account that another tool keeps, or that is not there, is refused', () => {
  const others = samplePerson(1, { online: sampleOnline(1, { synchronizedByOthers: true }) });
  expect(plan('a@contoso.example', [], {}, others)?.blocked?.code).toBe('users.managed-by-others');
  const local = samplePerson(1, { online: undefined, link: undefined });
  expect(plan('a@contoso.example', [], {}, local)?.blocked?.code).toBe('users.not-linked');
});

test('of an account that no user has nothing but the mailbox is changed', () => {
  const done = plan('sales@contoso.example', ['person1@contoso.example'], {}, sampleAccount(1));
  expect(done?.actions.map(({ action }) => action.type)).toEqual(['online.set-addresses']);
});
