import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDomainName } from './readDomainName.ts';

const codeOf = (text: string): string => {
  try {
    readDomainName(text);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code.replace('dns.domain-name-', '');
  }
};

describe('the name of a domain', () => {
  test.each([
    ['contoso.com', 'contoso.com', 'contoso.com', true],
    [' Contoso.CO.UK. ', 'contoso.co.uk', 'contoso.co.uk', true],
    ['mail.contoso.com', 'mail.contoso.com', 'contoso.com', false],
    ['bücher.example', 'xn--bcher-kva.example', 'xn--bcher-kva.example', true],
    ['a.b.contoso.test', 'a.b.contoso.test', 'contoso.test', false],
  ])('%s is read', (text, name, registrable, isRegistrable) => {
    expect(readDomainName(text)).toMatchObject({ name, registrable, isRegistrable });
  });

  test('is shown as people write it', () => {
    expect(readDomainName('XN--BCHER-KVA.example').shown).toBe('bücher.example');
  });

  test.each([
    ['', 'missing'],
    ['contoso', 'single-label'],
    ['192.0.2.7', 'address'],
    ['[2001:db8::1]', 'address'],
    ['co.uk', 'public-suffix'],
    ['contoso.onmicrosoft.com', 'microsofts'],
    ['-contoso.com', 'label'],
    ['con_toso.com', 'label'],
    ['contoso..com', 'label'],
    ['con toso.com', 'label'],
    [`${'a'.repeat(64)}.com`, 'label'],
    [`${'abcdefgh.'.repeat(31)}com`, 'too-long'],
    ['https://contoso.com/', 'label'],
    ['someone@contoso.com', 'label'],
  ])('%j is refused', (text, why) => {
    expect(codeOf(text)).toBe(why);
  });

  test('whatever is typed is read or refused with a remedy, and what was read is read again the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.webUrl()), (text) => {
        if (codeOf(text) !== 'taken') return;
        const read = readDomainName(text);
        expect(readDomainName(read.name)).toEqual(read);
        expect(readDomainName(read.registrable).isRegistrable).toBe(true);
      }),
    );
  });
});
