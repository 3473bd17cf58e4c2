import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cmdlets } from '../cmdlets/cmdletTable.ts';
import { ExchangeError } from '../errors/ExchangeError.ts';
import { bindParameters } from './bindParameters.ts';
import { applyListChange, readListChange } from './ListChange.ts';
import { secondsOf, timeSpan } from './timeSpan.ts';

describe('binding of parameters', () => {
  test('takes or refuses whatever is given, and never fails in another way', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('Unlimited', '00:15:00', 'Allow', 'true'));
    const call = fc.constantFrom(...cmdlets).chain((cmdlet) => {
      const names = fc.constantFrom(
        ...Object.keys(cmdlet.parameters),
        'Nonsense',
        'Confirm',
        'constructor',
        '__proto__',
      );
      return fc.tuple(fc.constant(cmdlet), fc.array(fc.tuple(names, value), { maxLength: 4 }));
    });
    fc.assert(
      fc.property(call, ([cmdlet, entries]) => {
        const given = Object.fromEntries(entries);
        try {
          const bound = bindParameters(cmdlet, given);
          for (const name of bound.names) expect(Object.hasOwn(given, name)).toBe(true);
          expect((cmdlet.mandatory ?? []).every((name) => bound.has(name))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ExchangeError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('gives back time spans as they are written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 * 86_400 }), (seconds) => {
        expect(secondsOf(timeSpan(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('a change of a list', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z]{1,2}$/), { maxLength: 5 });

  test('adds what is not there and removes what is, and keeps the rest in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,2}$/)), texts, texts, (known, add, remove) => {
        const change = readListChange({ '@odata.type': '#Exchange.GenericHashTable', add, remove });
        const after = applyListChange(known, change!);
        for (const value of add) expect(after).toContain(value);
        for (const value of remove) if (!add.includes(value)) expect(after).not.toContain(value);
        expect(after.filter((value) => known.includes(value) && !remove.includes(value))).toEqual(
          known.filter((value) => !remove.includes(value)),
        );
      }),
    );
  });

  test('null clears, an empty array does not', () => {
    expect(applyListChange(['a'], readListChange(null)!)).toEqual([]);
    expect(applyListChange(['a'], readListChange([])!)).toEqual(['a']);
    expect(readListChange({ add: 'a' })).toBeUndefined();
    expect(readListChange([1])).toBeUndefined();
  });
});
