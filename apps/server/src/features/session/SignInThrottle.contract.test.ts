import { ManualClock } from '@isthmus/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/index.ts';
import { failuresAllowed, type SignInAttempt, SignInThrottle } from './SignInThrottle.ts';

const stranger: SignInAttempt = { account: 'ada', address: '192.0.2.1', isKnownAddress: false, lockoutThreshold: 5 };

describe('how many wrong passwords are let through', () => {
  it.each([0, 1, 2, 3, 5, 10, 50, 999])('stays below a lockout at %i, and leaves one for known addresses', (limit) => {
    const unknown = failuresAllowed({ ...stranger, lockoutThreshold: limit });
    const known = failuresAllowed({ ...stranger, lockoutThreshold: limit, isKnownAddress: true });
    expect(unknown).toBeGreaterThanOrEqual(1);
    if (limit > 1) expect(known).toBeLessThan(limit);
    if (limit > 2 || limit === 0) expect(known).toBeGreaterThan(unknown);
  });
});

describe('the throttle', () => {
  let test: TestDatabase;
  const clock = new ManualClock(new Date('2026-01-01T00:00:00Z'));
  let throttle: SignInThrottle;
  beforeAll(async () => {
    test = await createTestDatabase();
    throttle = new SignInThrottle(test.database, clock);
  });
  afterAll(() => test.drop());

  it('counts attempts that come at the same time', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => throttle.begin(stranger)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('lets the person in from an address they have used, while a stranger is held off', async () => {
    await expect(throttle.begin(stranger)).rejects.toMatchObject({ code: 'session.too-many-attempts' });
    await throttle.begin({ ...stranger, address: '198.51.100.7', isKnownAddress: true });
    await throttle.forget('ada');
    await throttle.begin(stranger);
  });

  it('holds off an address that tries many names, for a while', async () => {
    const names = Array.from({ length: 40 }, (_, index) => ({
      ...stranger,
      account: `name-${index}`,
      address: '203.0.113.9',
    }));
    const tries = [];
    for (const name of names)
      tries.push(
        await throttle.begin(name).then(
          () => true,
          () => false,
        ),
      );
    expect(tries.filter(Boolean)).toHaveLength(30);
    clock.advance(31 * 60_000);
    await throttle.removeOld();
    await throttle.begin({ ...stranger, account: 'name-40', address: '203.0.113.9' });
  });

  it('does not count an attempt that the directory never saw', async () => {
    const attempt = { ...stranger, account: 'bob', address: '192.0.2.55' };
    for (let index = 0; index < 10; index += 1) {
      await throttle.begin(attempt);
      await throttle.takeBack(attempt);
    }
  });
});
