import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressProblem, cleanLocalPart, freeAddress, transliterate } from './onlineAddress.ts';

const domains = new Set(['contoso.com', 'contoso.onmicrosoft.com']);

describe('cleaning a name for an address', () => {
  test.each([
    ['José Núñez', 'jose.nunez'],
    ['Müller, Jürgen', 'muller.jurgen'],
    ['Straße', 'strasse'],
    ['Олга Петрова', 'olga.petrova'],
    ['Nguyễn.Ngọc', 'nguyen.ngoc'],
    ['  Søren Ødegård ', 'soren.odegard'],
    ["O'Neill", "o'neill"],
    ['..dots...everywhere..', 'dots.everywhere'],
    ['山田', ''],
  ])('%s becomes %s', (name, expected) => {
    expect(cleanLocalPart(name)).toBe(expected);
  });

  test('whatever is left is accepted by Microsoft 365', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const cleaned = cleanLocalPart(text);
        fc.pre(cleaned !== '');
        expect(addressProblem(`${cleaned}@contoso.com`, domains)).toBeUndefined();
        expect(cleanLocalPart(cleaned)).toBe(cleaned);
      }),
    );
  });

  test('plain ASCII is left as it is', () => {
    expect(transliterate('ada.lovelace-1')).toBe('ada.lovelace-1');
  });
});

describe('an address that Microsoft 365 would refuse', () => {
  test.each([
    ['@contoso.com', 'nothing before'],
    ['ada lovelace@contoso.com', 'a space'],
    ['ada.@contoso.com', 'dot'],
    ['.ada@contoso.com', 'dot'],
    ['a..b@contoso.com', 'dot'],
    ['zoë@contoso.com', '“ë”'],
    ['a@b@contoso.com', '“@”'],
    [`${'a'.repeat(65)}@contoso.com`, '65 characters'],
    [`ada@${'d'.repeat(50)}.com`, '48 characters'],
    ['ada@fabrikam.com', 'not a verified domain'],
    ['ada', 'no domain'],
  ])('%s is caught: %s', (address, words) => {
    expect(addressProblem(address, domains)?.message).toContain(words);
  });

  test('64 characters before the @ are allowed', () => {
    expect(addressProblem(`${'a'.repeat(64)}@contoso.com`, domains)).toBeUndefined();
  });
});

test('a free address never is a taken one, and stays valid', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9]{0,70}$/),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 }),
      (name, numbers) => {
        const taken = new Set(numbers.map((number) => `${name}${number === 1 ? '' : number}@contoso.com`));
        const address = freeAddress(name, 'contoso.com', (candidate) => taken.has(candidate));
        expect(taken.has(address)).toBe(false);
        expect(addressProblem(address, domains)).toBeUndefined();
      },
    ),
  );
});
