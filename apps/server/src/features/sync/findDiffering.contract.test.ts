import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOnline, sampleUser } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPersonStore, upsertOnline, upsertUsers } from '../people/index.ts';
import { findDiffering } from './findDiffering.ts';
import { planPerson } from './planPerson.ts';
import { syncSettingsSchema } from './syncSettings.ts';

let world: TestPlatform;
beforeAll(async () => {
  world = await startTestPlatform();
});
afterAll(() => world.drop());

const NOW = new Date('2026-03-01T12:00:00Z');
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', 'Sales') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' ', ' Sales ', '\tSales', 'x'.repeat(70), 'Zoë 🙂', 'a\\b', 'it’s "x"', "'"),
  },
);
const moment = fc.option(fc.constantFrom(new Date('2026-02-01'), NOW, new Date('2026-04-01')), { nil: undefined });
const mostly = (usual: boolean) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) });

const pair = fc.record({
  user: fc.record({
    userName: fc.constantFrom('ada', 'Ada', 'bob', 'ÄDA'),
    displayName: word,
    department: word,
    title: word,
    phone: word,
    company: word,
    enabled: mostly(true),
    expiresAt: moment,
  }),
  online: fc.record({
    upn: fc.constantFrom('ada@contoso.example', 'ADA@contoso.example', 'äda@contoso.example'),
    displayName: word,
    department: word,
    jobTitle: fc.option(word, { nil: undefined }),
    businessPhones: fc.array(word, { maxLength: 1 }),
    companyName: word,
    signInAllowed: mostly(true),
    deletedAt: moment,
  }),
  removed: mostly(false),
  follows: fc.constantFrom('user-name' as const, 'upn' as const, null),
  blockedByUs: mostly(false),
  revokeDue: mostly(false),
  hold: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    fc.constantFrom('locked' as const, 'unassigned' as const),
  ),
});

test('the query misses nobody for whom the planner has anything to do or to tell', async () => {
  const samples = fc.sample(pair, { numRuns: 3000, seed: 20260301 });
  const users = samples.map((sample, number) => sampleUser(number, sample.user));
  await upsertUsers(world.database, users, NOW);
  await upsertOnline(
    world.database,
    samples.map((sample, number) => sampleOnline(number, sample.online)),
    NOW,
  );
  for (const [number, sample] of samples.entries()) {
    await world.database
      .insertInto('link')
      .values({
        user_id: sampleUser(number).id,
        online_account_id: sampleOnline(number).id,
        anchor: sampleUser(number).anchor,
        created_at: NOW,
        created_by: 'test',
        address_follows: sample.follows,
        blocked_by_us: sample.blockedByUs,
        revoke_due: sample.revokeDue,
        hold: sample.hold,
        held_at: NOW,
      })
      .execute();
  }
  const people = createPersonStore(world.platform);
  for (const [number, sample] of samples.entries()) {
    if (sample.removed) await people.saveUserRemoved(sampleUser(number).id, NOW);
  }
  const settings = syncSettingsSchema.parse({ drift: { signInAllowed: 'overwrite' } });
  const found = new Set(await findDiffering(world.database, NOW, settings));
  // By another map of attributes nobody is missed either.
  const otherMap = syncSettingsSchema.parse({
    drift: { signInAllowed: 'overwrite' },
    map: { department: 'company', jobTitle: 'off', mobilePhone: 'phone', businessPhones: 'mobile' },
  });
  const foundByOther = new Set(await findDiffering(world.database, NOW, otherMap));
  const all = await people.findMany(users.map((user) => user.id));
  const missed = all.filter((person) => {
    const plan = planPerson({ person, settings: otherMap, now: NOW, isAddressTaken: () => false });
    return plan.actions.length + plan.notices.length > 0 && !foundByOther.has(person.user.id);
  });
  expect(missed).toEqual([]);
  expect(all).toHaveLength(samples.length);
  const concerned = all.filter((person) => {
    const plan = planPerson({ person, settings, now: NOW, isAddressTaken: () => false });
    return plan.actions.length + plan.notices.length > 0;
  });
  expect(concerned.filter((person) => !found.has(person.user.id)).map((person) => person.user.id)).toEqual([]);
  // And it leaves the others alone, else a pass with nothing to do would read everybody.
  expect(concerned.length).toBeLessThan(all.length);
  expect(found.size - concerned.length).toBeLessThan(all.length / 100);
});
