import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseUserId } from '@isthmus/kernel';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Outbox, type SealedPassword } from './Outbox.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-outbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const userId = parseUserId(randomUUID());
const item = (version: number, id = userId): SealedPassword => ({
  userId: id,
  changedAt: '2026-01-01T00:00:00.000Z',
  version: String(version),
  sealed: 'AAAA',
});

test('what was put is there after a restart, for the owner only', async () => {
  const { outbox } = await Outbox.open(folder);
  await outbox.put(item(1));
  const again = (await Outbox.open(folder)).outbox;
  expect(again.waiting).toEqual([userId]);
  expect(await again.find(userId)).toEqual(item(1));
  expect((await stat(join(folder, 'outbox', `${userId}.json`))).mode & 0o777).toBe(0o600);
});

test('only the last is kept, also after the clock was set back, and accepting another one removes nothing', async () => {
  const { outbox } = await Outbox.open(folder);
  await outbox.put(item(2));
  await outbox.put(item(1));
  expect(await outbox.find(userId)).toEqual(item(1));
  await Promise.all([outbox.put(item(3)), outbox.remove(userId, '1')]);
  expect(await outbox.find(userId)).toEqual(item(3));
  await outbox.remove(userId, '3');
  expect(await outbox.find(userId)).toBeUndefined();
  expect(await readdir(join(folder, 'outbox'))).toEqual([]);
});

test('whatever the order of captures and answers, the last password is waiting or was accepted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5 })), { maxLength: 12 }),
      async (steps) => {
        const { outbox } = await Outbox.open(folder);
        await outbox.clear();
        const accepted: number[] = [];
        await Promise.all(
          steps.map(([put, version]) => {
            if (put) return outbox.put(item(version));
            accepted.push(version);
            return outbox.remove(userId, String(version));
          }),
        );
        const puts = steps.filter(([put]) => put).map(([, version]) => version);
        const last = puts.at(-1);
        const waiting = await outbox.find(userId);
        expect(last === undefined || waiting?.version === String(last) || accepted.includes(last)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('a damaged file is dropped and counted, a half-written one only dropped', async () => {
  await mkdir(join(folder, 'outbox'), { mode: 0o700 });
  await writeFile(join(folder, 'outbox', `${userId}.json`), '{"userId":');
  await writeFile(join(folder, 'outbox', `${userId}.json.1.new`), '{}');
  const { outbox, damaged } = await Outbox.open(folder);
  expect([outbox.size, damaged]).toEqual([0, 1]);
  expect(await readdir(join(folder, 'outbox'))).toEqual([]);
});
