import { expect, test } from 'vitest';
import { parseDnsServerAddress, showDnsServerAddress } from './DnsServerAddress.ts';

test.each([
  ['192.0.2.53', '192.0.2.53', 53, '192.0.2.53'],
  ['127.0.0.1:5353', '127.0.0.1', 5353, '127.0.0.1:5353'],
  ['2001:db8::53', '2001:db8::53', 53, '2001:db8::53'],
  ['[2001:db8::53]:5353', '2001:db8::53', 5353, '[2001:db8::53]:5353'],
  ['ns1.contoso.com:53', 'ns1.contoso.com', 53, 'ns1.contoso.com'],
])('%s', (text, host, port, shown) => {
  expect(parseDnsServerAddress(text)).toEqual({ host, port });
  expect(showDnsServerAddress({ host, port })).toBe(shown);
});

test.each(['', ':53', 'ns1:0', 'ns1:70000', 'a b', 'https://ns1', '[ns1]:53', '1:2:3'])('%j is refused', (text) => {
  expect(() => parseDnsServerAddress(text)).toThrowError(expect.objectContaining({ code: 'dns.server-invalid' }));
});
