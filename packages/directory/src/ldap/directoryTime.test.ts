import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountExpiresOf,
  dateFromFileTime,
  dateFromGeneralizedTime,
  daysOfInterval,
  fileTimeFromDate,
} from './directoryTime.ts';

test('a date survives the trip to a FILETIME and back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1700-01-01'), max: new Date('2900-01-01'), noInvalidDate: true }), (date) => {
      expect(dateFromFileTime(fileTimeFromDate(date))).toEqual(date);
    }),
  );
});

test.each(['0', '-1', '9223372036854775807', '', 'soon', undefined])('%j is no point in time', (text) => {
  expect(dateFromFileTime(text)).toBeUndefined();
});

test('known values', () => {
  expect(dateFromFileTime('133485408000000000')).toEqual(new Date('2024-01-01T00:00:00Z'));
  expect(accountExpiresOf(null)).toBe('0');
  expect(dateFromGeneralizedTime('20261123031233.0Z')).toEqual(new Date('2026-11-23T03:12:33Z'));
  expect(dateFromGeneralizedTime('yesterday')).toBeUndefined();
});

test.each([
  ['-36288000000000', 42],
  ['-864000000000', 1],
  ['-432000000000', 0.5],
  ['0', 0],
  ['-9223372036854775808', 0],
  [undefined, 0],
])('the interval %j is %d days', (text, days) => {
  expect(daysOfInterval(text)).toBe(days);
});
