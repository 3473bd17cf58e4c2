import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isLoopbackHost,
  mailAddressSchema,
  mailHostSchema,
  notificationSettingsSchema,
  splitRecipients,
} from './notifications.ts';

test('recipients are separated by semicolons, commas or lines, each once', () => {
  expect(splitRecipients(' ada@contoso.com;ben@contoso.com,\nADA@contoso.com ; ')).toEqual([
    'ada@contoso.com',
    'ben@contoso.com',
  ]);
  expect(splitRecipients(' ; ')).toEqual([]);
});

test.each(['mail.contoso.com', 'MAIL', '192.0.2.25', '2001:db8::25', '::1', 'mail_1.contoso.test'])(
  '%s is a server',
  (host) => {
    expect(mailHostSchema.safeParse(host).success).toBe(true);
  },
);

test.each(['', 'mail contoso', 'mail.contoso.com:25', 'smtp://mail', 'mail\r\nRCPT TO:<x>', '-mail', 'a..b', 'ma/il'])(
  '%j is none',
  (host) => {
    expect(mailHostSchema.safeParse(host).success).toBe(false);
  },
);

test.each([
  'ada@contoso.com\r\nBcc: eve@evil.test',
  'ada@contoso.com, eve@evil.test',
  'Ada <ada@contoso.com>',
  'ada',
  '@contoso.com',
])('%j is no address', (address) => {
  expect(mailAddressSchema.safeParse(address).success).toBe(false);
});

test('no address that is taken can end a header or hold a second one', () => {
  const signs = fc.string({
    unit: fc.constantFrom('\r', '\n', ' ', ',', ';', '<', '>', '\0', '"', ':', 'x'),
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.emailAddress(), signs, fc.nat(40), (address, sign, at) => {
      const taken = mailAddressSchema.safeParse(address.slice(0, at) + sign + address.slice(at));
      if (taken.success) expect(taken.data).not.toMatch(/[\s,;:<>"\p{Cc}]/u);
    }),
  );
});

test('only this very machine is loopback', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '::1'].every(isLoopbackHost)).toBe(true);
  expect(['localhost.evil.test', '127.0.0.1.evil.test', '192.0.2.1', ''].some(isLoopbackHost)).toBe(false);
});

test('what is left out is careful', () => {
  const given = {
    server: 'mail',
    port: 587,
    encryption: 'starttls',
    from: 'a@contoso.com',
    recipients: ['b@contoso.com'],
  };
  expect(notificationSettingsSchema.parse(given)).toMatchObject({
    unprotected: false,
    user: null,
    severity: 'warning',
    news: true,
  });
  for (const wrong of [{ port: 0 }, { port: 70_000 }, { recipients: [] }, { encryption: 'maybe' }]) {
    expect(notificationSettingsSchema.safeParse({ ...given, ...wrong }).success).toBe(false);
  }
});
