import { ManualClock } from '@isthmus/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/index.ts';
import { HashChainedAudit } from './HashChainedAudit.ts';
import { listAudit } from './listAudit.ts';

let test: TestDatabase;
let audit: HashChainedAudit;
beforeEach(async () => {
  test = await createTestDatabase();
  audit = new HashChainedAudit(test.database, new ManualClock(new Date('2026-01-02T03:04:05.678Z')));
});
afterEach(() => test.drop());

const record = (sentence: string): Promise<void> =>
  audit.record({
    actor: 'ada',
    action: 'user.change',
    sentence,
    result: 'done',
    changes: [{ field: 'title', before: null, after: 'Boss' }],
  });

it('proves an untouched log, also one that was written by many at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => record(`Entry ${index}`)));
  expect(await audit.verify()).toEqual({ intact: true, entries: 20, firstBroken: null });
});

it('chains entries that are told together in their order', async () => {
  const entry = { actor: 'ada', action: 'user.change', result: 'done' as const };
  await Promise.all(
    ['first', 'second'].map((pack) =>
      audit.record({ ...entry, sentence: `${pack} one` }, { ...entry, sentence: `${pack} two` }),
    ),
  );
  await audit.record();
  expect(await audit.verify()).toEqual({ intact: true, entries: 4, firstBroken: null });
});

it('refuses to be changed', async () => {
  await record('Changed Ada');
  await expect(sql`update audit set sentence = 'Nothing happened'`.execute(test.database)).rejects.toThrow(
    'append-only',
  );
  await expect(sql`delete from audit`.execute(test.database)).rejects.toThrow('append-only');
});

it.each([
  ['changed', sql`update audit set sentence = 'Nothing happened' where sequence = 2`, 2],
  ['removed', sql`delete from audit where sequence = 2`, 3],
])('finds an entry that was %s behind its back', async (_, attack, firstBroken) => {
  for (const name of ['one', 'two', 'three']) await record(name);
  await sql`alter table audit disable trigger audit_is_append_only`.execute(test.database);
  await attack.execute(test.database);
  expect(await audit.verify()).toMatchObject({ intact: false, firstBroken });
});

it('is listed newest first and searched as text, not as a pattern', async () => {
  for (const sentence of ['100 % sure', 'unsure']) await record(sentence);
  const all = await listAudit(test.database, { offset: 0, limit: 10 });
  expect(all.items.map((entry) => entry.sentence)).toEqual(['unsure', '100 % sure']);
  expect((await listAudit(test.database, { q: '%', offset: 0, limit: 10 })).total).toBe(1);
});
