import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@isthmus/kernel';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EmulatorClock } from '../EmulatorClock.ts';
import { ChangeLog } from './ChangeLog.ts';
import { Collection } from './Collection.ts';
import { World } from './World.ts';

interface Thing {
  readonly id: string;
  readonly color: string;
}

describe('a collection', () => {
  let now = 0;
  let lagMs = 0;
  const lag = { now: () => now, lagMs: () => lagMs };
  const make = (): Collection<Thing> =>
    new Collection('things', { color: (thing: Thing) => [thing.color] }, () => undefined, lag);
  beforeEach(() => {
    now = 0;
    lagMs = 0;
  });

  test('finds what an index says about the values that are there now, whatever happened before', () => {
    const change = fc.record({ id: fc.constantFrom('a', 'b', 'c'), color: fc.constantFrom('red', 'blue', null) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const things = make();
        const expected = new Map<string, string>();
        for (const { id, color } of changes) {
          if (color === null) things.remove(id);
          else things.put({ id, color });
          if (color === null) expected.delete(id);
          else expected.set(id, color);
        }
        for (const color of ['red', 'blue']) {
          const ids = [...expected].filter(([, known]) => known === color).map(([id]) => id);
          expect(new Set(things.findAll('color', color).map(({ id }) => id))).toEqual(new Set(ids));
        }
      }),
    );
  });

  test('a list that was handed out stays as it was', () => {
    const things = make();
    things.put({ id: 'a', color: 'red' });
    const before = things.values();
    things.put({ id: 'a', color: 'blue' });
    things.remove('a');
    expect(before).toEqual([{ id: 'a', color: 'red' }]);
    expect(things.values()).toEqual([]);
  });

  test('shows a replica what was before, until the lag is over', () => {
    const things = make();
    things.put({ id: 'old', color: 'red' });
    lagMs = 10;
    things.put({ id: 'new', color: 'red' });
    things.put({ id: 'old', color: 'blue' });
    expect(things.findAllVisible('color', 'red')).toEqual([{ id: 'old', color: 'red' }]);
    expect(things.findAllVisible('color', 'blue')).toEqual([]);
    expect(things.visible('new')).toBeUndefined();
    things.remove('old');
    now = 10;
    expect(things.visibleValues()).toEqual([{ id: 'new', color: 'red' }]);
  });
});

describe('a change log', () => {
  test('tells each object once, at its last change, in the order of the changes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), fc.nat({ max: 20 }), (ids, since) => {
        const log = new ChangeLog();
        for (const id of ids) log.record(id, 0);
        const numbered = ids.map((id, index) => ({ id, number: index + 1 }));
        const last = numbered.filter(({ id, number }) => ids.lastIndexOf(id) === number - 1 && number > since);
        expect(log.after(since, 0).map(({ id, number }) => ({ id, number }))).toEqual(last);
      }),
    );
  });

  test('hides what a replica does not know yet', () => {
    const log = new ChangeLog();
    log.record('a', 100);
    log.record('b', 200);
    expect(log.after(0, 150).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('a world on disk', () => {
  let folder: string;
  const clock = new EmulatorClock(new ManualClock(new Date('2026-01-01T00:00:00Z')));
  const openWorld = (): World => new World({ clock, folder, lagMs: () => 0 });
  const domain = {
    isDefault: true,
    isInitial: true,
    isRoot: true,
    isVerified: true,
    supportedServices: [],
    verificationCode: '12345678',
    createdDateTime: '2026-01-01T00:00:00Z',
    authenticationType: 'Managed' as const,
    passwordValidityPeriodInDays: null,
    passwordNotificationWindowInDays: null,
    forceDeletedAt: null,
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-world-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is read back without having been closed', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    world.transaction(() => tenant.domains.put({ id: 'one.example', ...domain }));
    world.transaction(() => tenant.domains.put({ id: 'two.example', ...domain }));
    world.transaction(() => tenant.domains.remove('one.example'));
    const again = openWorld().tenants.get('t');
    expect(again?.domains.values()).toEqual([{ id: 'two.example', ...domain }]);
  });

  test('forgets a transaction that was only half written, and nothing before it', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    world.transaction(() => tenant.domains.put({ id: 'one.example', ...domain }));
    world.transaction(() => {
      tenant.domains.put({ id: 'two.example', ...domain });
      tenant.domains.put({ id: 'three.example', ...domain });
    });
    const path = join(folder, 'journal.ndjson');
    writeFileSync(path, readFileSync(path).subarray(0, -20));
    const ids = (): unknown =>
      openWorld()
        .tenants.get('t')
        ?.domains.values()
        .map(({ id }) => id);
    expect(ids()).toEqual(['one.example']);
    expect(ids()).toEqual(['one.example']);
  });

  test('goes on with the log where it was cut, and writes a snapshot when much has changed', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    world.transaction(() => tenant.domains.put({ id: 'one.example', ...domain }));
    const path = join(folder, 'journal.ndjson');
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"n":2,"e":[["t/doma`);
    const again = openWorld();
    again.transaction(() => again.primary.domains.put({ id: 'two.example', ...domain }));
    const names = Array.from({ length: 20_000 }, (_, number) => `d${number}.example`);
    again.transaction(() => {
      for (const id of names) again.primary.domains.put({ id, ...domain });
    });
    again.transaction(() => again.primary.domains.put({ id: 'last.example', ...domain }));
    const ids = openWorld()
      .primary.domains.values()
      .map(({ id }) => id);
    expect(ids).toEqual(['one.example', 'two.example', ...names, 'last.example']);
  });

  test('says so when it is damaged in the middle', () => {
    writeFileSync(join(folder, 'journal.ndjson'), '{"n":1,"e":[]}\nnonsense\n{"n":2,"e":[]}\n{"n":3,"e":[]}\n');
    expect(openWorld).toThrow('is damaged');
  });

  test('takes back everything when a transaction fails', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    const failing = (): void => {
      tenant.domains.put({ id: 'one.example', ...domain });
      throw new Error('no');
    };
    expect(() => world.transaction(failing)).toThrow('no');
    expect(tenant.domains.size).toBe(0);
    expect(() => tenant.domains.put({ id: 'one.example', ...domain })).toThrow('outside a transaction');
  });

  test('writes the transactions of one piece of work at once, also when it fails half-way', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    const add = (id: string, failure?: string): void =>
      world.transaction(() => {
        tenant.domains.put({ id, ...domain });
        if (failure !== undefined) throw new Error(failure);
      });
    const lines = (): number => readFileSync(join(folder, 'journal.ndjson'), 'utf8').split('\n').length - 1;
    world.writeOnce(() => {
      add('one.example');
      add('two.example');
      expect(lines()).toBe(0);
    });
    expect(lines()).toBe(1);
    const failing = (): void => {
      add('three.example');
      add('four.example', 'no');
    };
    expect(() => world.writeOnce(failing)).toThrow('no');
    expect(lines()).toBe(2);
    const ids = ['one.example', 'two.example', 'three.example'];
    expect(tenant.domains.values().map(({ id }) => id)).toEqual(ids);
    const again = openWorld().tenants.get('t');
    expect(again?.domains.values().map(({ id }) => id)).toEqual(ids);
  });

  test('gives a tenant of an older state its default policy for phones', () => {
    const world = openWorld();
    const tenant = world.addTenant('t');
    world.transaction(() => tenant.domains.put({ id: 'one.example', ...domain }));
    const again = openWorld().tenants.get('t');
    expect(again?.exchange.mobilePolicies.values()).toMatchObject([{ name: 'Default', isDefault: true }]);
    expect(openWorld().tenants.get('t')?.exchange.mobilePolicies.values()).toEqual(
      again?.exchange.mobilePolicies.values(),
    );
  });
});
