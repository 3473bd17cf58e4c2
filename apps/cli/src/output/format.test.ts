import { expect, test } from 'vitest';
import { ago, count, duration } from './format.ts';

const now = new Date('2026-11-23T12:00:00Z');

test('an instant is told by its largest unit', () => {
  expect(ago('2026-11-23T11:57:00Z', now)).toBe('3 minutes ago');
  expect(ago('2026-11-21T11:00:00Z', now)).toBe('2 days ago');
  expect(ago(null, now)).toBe('never');
});

test('short times are milliseconds, longer ones seconds', () => {
  expect([duration(420), duration(1440), duration(null)]).toEqual(['420 ms', '1.4 s', '']);
});

test('one is singular', () => {
  expect([count(1, 'person', 'people'), count(0, 'person', 'people')]).toEqual(['1 person', '0 people']);
});
