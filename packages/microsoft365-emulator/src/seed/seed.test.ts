import { ManualClock } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { EmulatorClock } from '../EmulatorClock.ts';
import type { Tenant } from '../store/Tenant.ts';
import { World } from '../store/World.ts';
import { plantTenant } from './plantTenant.ts';
import { readSeed, type Seed } from './seedSchema.ts';

function plant(seed: Seed): Tenant {
  const clock = new EmulatorClock(new ManualClock(new Date('2026-01-01T00:00:00Z')));
  const world = new World({ clock, lagMs: () => 0 });
  for (const parsed of readSeed(seed)) world.plant(() => plantTenant(world, parsed, 'Sunny-Meadow-42'));
  return world.primary;
}

const names = (tenant: Tenant): unknown[] =>
  tenant.users.values().map(({ properties }) => properties['userPrincipalName']);

test('invented people have names of their own, and are the same ones every time', () => {
  const seed = { people: { count: 4000, licenses: ['SPB'] }, skus: [{ sku: 'SPB', seats: 5000 }] };
  const tenant = plant(seed);
  expect(new Set(names(tenant)).size).toBe(4001);
  expect(names(tenant)).toEqual(names(plant(seed)));
  expect(
    tenant.users
      .values()
      .map(({ id }) => id)
      .slice(1),
  ).toEqual(
    plant(seed)
      .users.values()
      .map(({ id }) => id)
      .slice(1),
  );
  expect([...tenant.seatsTaken.values()]).toEqual([4000]);
});

test('another variant gives the same people other ids, another domain other addresses', () => {
  const [, one] = plant({ people: { count: 1 } }).users.values();
  const [, other] = plant({ people: { count: 1, variant: 'b' } }).users.values();
  expect(other?.properties).toEqual(one?.properties);
  expect(other?.id).not.toBe(one?.id);
  const domains = [{ name: 'contoso.example', isDefault: true }];
  expect(names(plant({ domains, people: { count: 1 } }))[1]).toBe('ada.abel@contoso.example');
});

test('a seed with a mistake is told where it is', () => {
  expect(() => readSeed({ people: { count: -1 } })).toThrow(/people/);
});
