import { attributeSources, MAP_OFF, type MappedField } from '@isthmus/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser } from '../../testing/samplePeople.ts';
import type { Person, ReasonedAction } from '../people/index.ts';
import { localPartOf } from './planAddress.ts';
import { type PlanInput, planPerson, withoutDestructive } from './planPerson.ts';
import { syncSettingsSchema } from './syncSettings.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const settings = syncSettingsSchema.parse({});

function plan(person: Person, changes: Partial<PlanInput> = {}) {
  return planPerson({ person, settings, now: NOW, isAddressTaken: () => false, ...changes });
}

function typesOf(actions: readonly ReasonedAction[]): string[] {
  return actions.map(({ action }) => action.type);
}

/** What the performer and Microsoft 365 make of an action, as far as the planner can see it. */
function apply(person: Person, { action }: ReasonedAction): Person {
  const online = person.online!;
  const link = person.link!;
  switch (action.type) {
    case 'online.block-sign-in':
      return {
        ...person,
        online: { ...online, signInAllowed: false },
        link: { ...link, blockedByUs: true, revokeDue: true },
      };
    case 'online.allow-sign-in':
      return {
        ...person,
        online: { ...online, signInAllowed: true },
        link: { ...link, blockedByUs: false, revokeDue: false },
      };
    case 'online.revoke-sessions':
      return { ...person, link: { ...link, revokeDue: false } };
    case 'online.remove':
      return { ...person, online: { ...online, deletedAt: NOW }, onlineGoneAt: NOW };
    case 'online.restore':
      return { ...person, online: { ...online, deletedAt: undefined }, onlineGoneAt: undefined };
    case 'online.change': {
      const texts = Object.entries(action.changes).map(([field, value]) => [field, value ?? undefined]);
      return { ...person, online: { ...online, ...Object.fromEntries(texts) } };
    }
    case 'snapshot.take':
      return person;
    default:
      throw new TypeError(`A pass never does ${action.type}`);
  }
}

const word = fc.oneof(
  fc.constantFrom('', ' ', 'Sales', 'Zoë', 'x'.repeat(300), '  Ada '),
  fc.string({ unit: 'grapheme' }),
);
const moment = fc.option(fc.date({ min: new Date('2026-02-01'), max: new Date('2026-04-01'), noInvalidDate: true }), {
  nil: undefined,
});
const userName = fc.constantFrom('ada', 'Ada.Lovelace', 'änne', 'a b', 'bob');

const anyPerson: fc.Arbitrary<Person> = fc
  .record({
    user: fc.record({
      userName,
      upn: fc.option(
        userName.map((name) => `${name}@corp.contoso.test`),
        { nil: undefined },
      ),
      displayName: word,
      givenName: word,
      surname: word,
      department: word,
      title: word,
      office: word,
      phone: word,
      mobile: word,
      company: word,
      enabled: fc.boolean(),
      expiresAt: moment,
      protectedAdministrator: fc.boolean(),
    }),
    online: fc.record({
      upn: userName.map((name) => `${name}@contoso.example`),
      displayName: word,
      department: fc.option(word, { nil: undefined }),
      businessPhones: fc.array(word, { maxLength: 2 }),
      signInAllowed: fc.boolean(),
      synchronizedByOthers: fc.boolean(),
      deletedAt: moment,
    }),
    link: fc.record({
      since: fc.constant(NOW),
      addressFollows: fc.constantFrom('user-name' as const, 'upn' as const, undefined),
      blockedByUs: fc.boolean(),
      revokeDue: fc.boolean(),
      hold: fc.option(fc.constant({ reason: 'blocked' as const, since: NOW, skuIds: [] }), { nil: undefined }),
    }),
    onlineGoneAt: moment,
    removedAt: moment,
    returnedAt: moment,
    offboarding: fc.constant(undefined),
    accessLevel: fc.constantFrom('standard' as const, 'administrator' as const),
    tenantRole: fc.constantFrom(undefined, undefined, 'administrator' as const, 'global-administrator' as const),
  })
  .map((parts) => ({
    ...parts,
    user: sampleUser(1, parts.user),
    online: sampleOnline(1, parts.online),
    onlineGoneAt: parts.online.deletedAt && (parts.onlineGoneAt ?? NOW),
    password: undefined,
  }));

const choice = <Field extends MappedField>(field: Field) =>
  fc.option(fc.constantFrom(...attributeSources[field], MAP_OFF), { nil: undefined });

const anyInput = fc.record({
  person: anyPerson,
  map: fc.record({
    department: choice('department'),
    jobTitle: choice('jobTitle'),
    mobilePhone: choice('mobilePhone'),
    businessPhones: choice('businessPhones'),
  }),
  scope: fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    fc.record({ rules: fc.constant([{ attribute: 'department', operator: 'equals', value: 'Sales' }]) }),
  ),
  taken: fc.boolean(),
  changedOn: fc.constantFrom('directory' as const, 'online' as const, undefined),
  drift: fc.dictionary(
    fc.constantFrom('department', 'upn', 'signInAllowed', 'businessPhones'),
    fc.constantFrom('overwrite', 'warn', 'leave'),
  ),
});

interface Sample {
  person: Person;
  taken: boolean;
  changedOn: PlanInput['changedOn'];
  drift: object;
  map: object;
  scope: object;
}

function planOf(sample: Sample) {
  return plan(sample.person, {
    isAddressTaken: () => sample.taken,
    changedOn: sample.changedOn,
    settings: syncSettingsSchema.parse({ drift: sample.drift, map: sample.map, scope: sample.scope }),
  });
}

test('carrying a plan out and planning again gives no actions', () => {
  fc.assert(
    fc.property(anyInput, (sample) => {
      const person = planOf(sample).actions.reduce(apply, sample.person);
      expect(typesOf(planOf({ ...sample, person }).actions)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('a crash between any two actions is made good by the next plan', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(6), (sample, done) => {
      const half = planOf(sample).actions.slice(0, done).reduce(apply, sample.person);
      const whole = planOf({ ...sample, person: half }).actions.reduce(apply, half);
      const straight = planOf(sample).actions.reduce(apply, sample.person);
      expect(whole).toEqual(straight);
    }),
    { numRuns: 2000 },
  );
});

test('administrators are never blocked or removed, and accounts of other tools never touched', () => {
  fc.assert(
    fc.property(anyInput, (sample) => {
      const { actions, destructive, notices } = planOf(sample);
      const { user, online, accessLevel } = sample.person;
      if (user.protectedAdministrator || accessLevel === 'administrator') expect(destructive).toBeUndefined();
      if (online?.synchronizedByOthers) expect(actions).toEqual([]);
      for (const notice of notices) expect(notice.remedy).toMatch(/^[A-Z].*\.$/);
    }),
    { numRuns: 2000 },
  );
});

test('whoever is outside the scope is left alone, whatever happened to the person', () => {
  fc.assert(
    fc.property(anyInput, (sample) => {
      const { user } = sample.person;
      const { actions, notices, notManaged } = planOf({ ...sample, scope: { excluded: [user.id] } });
      expect({ actions, notices, notManaged }).toEqual({ actions: [], notices: [], notManaged: 'excluded' });
    }),
  );
});

test('no sequence of events makes the pass take anything from an administrator', () => {
  const event = fc.record({
    enabled: fc.boolean(),
    removedAt: moment,
    returnedAt: moment,
    signInAllowed: fc.boolean(),
    deletedAt: moment,
    after: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(anyInput, fc.array(event, { maxLength: 8 }), (sample, events) => {
      let person: Person = { ...sample.person, accessLevel: 'administrator' };
      let now = NOW.getTime();
      for (const { enabled, removedAt, returnedAt, signInAllowed, deletedAt, after } of events) {
        now += after * 86_400_000;
        const online = { ...person.online!, signInAllowed, deletedAt };
        person = {
          ...person,
          online,
          onlineGoneAt: deletedAt,
          removedAt,
          returnedAt,
          user: { ...person.user, enabled },
        };
        const link = { ...person.link!, hold: undefined };
        const { actions } = plan({ ...person, link }, { now: new Date(now) });
        expect(typesOf(actions)).not.toContain('online.block-sign-in');
        expect(typesOf(actions)).not.toContain('online.remove');
        person = actions.reduce(apply, { ...person, link });
      }
    }),
    { numRuns: 1000 },
  );
});

test('a property follows the attribute that was chosen, and one switched off follows none', () => {
  const person = samplePerson(1, {
    user: sampleUser(1, { department: 'Lab', office: 'Room 7', phone: '11', mobile: '' }),
  });
  const mapped = syncSettingsSchema.parse({
    map: { department: 'office', officeLocation: 'off', mobilePhone: 'phone', businessPhones: 'mobile' },
  });
  expect(plan(person, { settings: mapped }).actions.map(({ action }) => action)).toEqual([
    { type: 'online.change', changes: { department: 'Room 7', mobilePhone: '11' } },
  ]);
});

test('the clock of the tenant decides nothing, however wrong it is', () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: -72, max: 72 }), (sample, hours) => {
      const { online } = sample.person;
      const shifted = (time: Date | undefined) => time && new Date(time.getTime() + hours * 3_600_000);
      const skewed = { deletedAt: shifted(online?.deletedAt), createdAt: shifted(online?.createdAt) };
      const person = { ...sample.person, online: { ...online!, ...skewed } };
      expect(planOf({ ...sample, person })).toEqual(planOf(sample));
    }),
    { numRuns: 1000 },
  );
});

test('what the guard holds back takes nothing away', () => {
  fc.assert(
    fc.property(anyInput, (sample) => {
      const plan = planOf(sample);
      const held = withoutDestructive(plan);
      if (plan.destructive === undefined) expect(held).toEqual(plan);
      else expect(typesOf(held.actions).every((type) => type === 'online.change')).toBe(true);
      expect(held.destructive).toBeUndefined();
    }),
  );
});

test('somebody who is in step, or has no online account, is left alone', () => {
  expect(plan(samplePerson(1)).actions).toEqual([]);
  expect(plan(samplePerson(1, { online: undefined, link: undefined, removedAt: NOW })).actions).toEqual([]);
});

test.each([
  ['user-disabled', { enabled: false }],
  ['user-expired', { expiresAt: NOW }],
])('%s: the sign-in is blocked first, then the sessions end', (reason, changes) => {
  const { actions, destructive } = plan(samplePerson(1, { user: sampleUser(1, changes) }));
  expect(typesOf(actions)).toEqual(['online.block-sign-in', 'online.revoke-sessions']);
  expect(actions[0]?.reason).toBe(reason);
  expect(destructive).toBe('block');
});

test('a block of ours is lifted when the person is active again; somebody else’s block is only told', () => {
  const blocked = { online: sampleOnline(1, { signInAllowed: false }) };
  const ours = samplePerson(1, {
    ...blocked,
    link: { since: NOW, addressFollows: undefined, blockedByUs: true, revokeDue: false, hold: undefined },
  });
  expect(typesOf(plan(ours).actions)).toEqual(['online.allow-sign-in']);
  const theirs = plan(samplePerson(1, blocked));
  expect(theirs.actions).toEqual([]);
  expect(theirs.notices[0]?.code).toBe('sync.blocked-online');
  const overwriting = syncSettingsSchema.parse({ drift: { signInAllowed: 'overwrite' } });
  expect(typesOf(plan(samplePerson(1, blocked), { settings: overwriting }).actions)).toEqual(['online.allow-sign-in']);
});

test('somebody who was removed is photographed, blocked, thrown out and only then removed', () => {
  expect(typesOf(plan(samplePerson(1, { removedAt: NOW })).actions)).toEqual([
    'snapshot.take',
    'online.block-sign-in',
    'online.revoke-sessions',
    'online.remove',
  ]);
});

test('somebody who came back gets the online account back; one that was removed online alone is only told', () => {
  const person = samplePerson(1, {
    online: sampleOnline(1, { deletedAt: new Date('2026-02-01'), signInAllowed: false }),
    onlineGoneAt: new Date('2026-02-01'),
    link: { since: NOW, addressFollows: 'user-name', blockedByUs: true, revokeDue: false, hold: undefined },
  });
  expect(typesOf(plan({ ...person, returnedAt: new Date('2026-02-02') }).actions)).toEqual([
    'online.restore',
    'online.allow-sign-in',
  ]);
  expect(plan(person).notices[0]?.code).toBe('sync.online-account-removed');
});

test('the address follows a rename at its own domain', () => {
  const renamed = samplePerson(1, { user: sampleUser(1, { userName: 'Ada' }) });
  expect(plan(renamed).actions).toEqual([
    { action: { type: 'online.change', changes: { upn: 'ada@contoso.example' } }, reason: 'user-renamed' },
  ]);
  const taken = plan(renamed, { isAddressTaken: (address) => address === 'ada@contoso.example' });
  expect(taken.actions).toEqual([]);
  expect(taken.notices[0]?.code).toBe('sync.address-taken');
  const impossible = plan(samplePerson(1, { user: sampleUser(1, { userName: 'änne' }) }));
  expect(impossible.notices[0]?.code).toBe('sync.address-not-possible');
  const own = samplePerson(1, {
    user: sampleUser(1, { userName: 'ada' }),
    link: { since: NOW, addressFollows: undefined, blockedByUs: false, revokeDue: false, hold: undefined },
  });
  expect(plan(own).actions).toEqual([]);
  expect(localPartOf('ada@contoso.example')).toBe('ada');
});

test('changed properties go up, emptied ones are emptied, and a warning overwrites nothing', () => {
  const person = samplePerson(1, { user: sampleUser(1, { department: '', title: 'Chief', phone: '+49 30 1' }) });
  const { actions } = plan(person, { changedOn: 'directory' });
  expect(actions).toEqual([
    {
      action: {
        type: 'online.change',
        changes: { department: null, jobTitle: 'Chief', businessPhones: ['+49 30 1'] },
      },
      reason: 'user-changed',
    },
  ]);
  const careful = syncSettingsSchema.parse({
    drift: { department: 'warn', jobTitle: 'leave', businessPhones: 'leave' },
  });
  const warned = plan(person, { settings: careful });
  expect(warned.actions).toEqual([]);
  expect(warned.notices.map((notice) => notice.code)).toEqual(['sync.drift']);
});
