import { ManualClock, Secret } from '@isthmus/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DatabaseSettingStore } from './DatabaseSettingStore.ts';
import { SealedSecretStore } from './SealedSecretStore.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

const clock = new ManualClock(new Date('2026-01-01T00:00:00Z'));
const key = new Secret<Uint8Array>(new Uint8Array(32).fill(7));
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('secrets', () => {
  it('come back as they were put, replaced and removed', async () => {
    const store = new SealedSecretStore(test.database, key, clock);
    await store.put('a', new Secret('first'));
    await store.put('a', new Secret('sëcond'));
    expect((await store.find('a'))?.reveal()).toBe('sëcond');
    await store.remove('a');
    expect(await store.find('a')).toBeUndefined();
  });

  it('are not readable in the database and cannot be exchanged for one another', async () => {
    const store = new SealedSecretStore(test.database, key, clock);
    await store.put('one', new Secret('plain-words'));
    const row = await test.database.selectFrom('secret').selectAll().executeTakeFirstOrThrow();
    expect(row.sealed.includes('plain-words')).toBe(false);
    await test.database.updateTable('secret').set({ name: 'two' }).execute();
    await expect(store.find('two')).rejects.toMatchObject({ code: 'sealing.not-opened' });
    await store.remove('two');
  });

  it('are taken once, however many ask, and not when they are too old', async () => {
    const store = new SealedSecretStore(test.database, key, clock);
    await store.put('old', new Secret('late'));
    clock.advance(1000);
    await store.put('new', new Secret('in time'));
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => store.take(['old', 'new', 'unknown'], clock.now())),
    );
    const found = asked.flatMap((taken) => [...taken].map(([name, secret]) => [name, secret.reveal()]));
    expect(found).toEqual([['new', 'in time']]);
    expect(await Promise.all([store.find('old'), store.find('new')])).toEqual([undefined, undefined]);
  });
});

describe('settings', () => {
  const schema = z.object({ color: z.string() });

  it('come back through their schema', async () => {
    const store = new DatabaseSettingStore(test.database, clock);
    expect(await store.find('look', schema)).toBeUndefined();
    await store.put('look', { color: 'green' });
    await store.put('look', { color: 'blue' });
    expect(await store.find('look', schema)).toEqual({ color: 'blue' });
    await store.remove('look');
    expect(await store.find('look', schema)).toBeUndefined();
  });

  it('that do not fit are refused by name', async () => {
    const store = new DatabaseSettingStore(test.database, clock);
    await store.put('odd', { colour: 1 });
    await expect(store.find('odd', schema)).rejects.toMatchObject({ code: 'storage.setting-damaged' });
  });
});
