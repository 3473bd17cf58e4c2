import type { NotificationSettings, NotificationsView } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import { UsageError } from '../../UsageError.ts';
import { needsPassword, settingsOf } from './notifications.ts';

const before: NotificationSettings = {
  server: 'mail.contoso.com',
  port: 2525,
  encryption: 'starttls',
  unprotected: false,
  user: 'isthmus',
  from: 'isthmus@contoso.com',
  recipients: ['ada@contoso.com'],
  severity: 'warning',
  news: true,
};
const view = (settings: NotificationSettings | null, hasPassword: boolean) =>
  ({ settings, hasPassword }) as NotificationsView;

test('the first time server, sender and recipients are needed; the rest is careful', () => {
  const given = { server: 'mail.contoso.com', from: 'a@contoso.com', to: ['b@contoso.com; c@contoso.com'] };
  expect(settingsOf(null, given)).toEqual({
    server: 'mail.contoso.com',
    port: 587,
    encryption: 'starttls',
    unprotected: false,
    user: null,
    from: 'a@contoso.com',
    recipients: ['b@contoso.com', 'c@contoso.com'],
    severity: 'warning',
    news: true,
  });
  for (const option of ['server', 'from', 'to']) {
    expect(() => settingsOf(null, { ...given, [option]: undefined })).toThrow(UsageError);
  }
});

test('what is not given stays; another encryption has another port', () => {
  expect(settingsOf(before, {})).toEqual(before);
  expect(settingsOf(before, { news: false, severity: 'critical' })).toEqual({
    ...before,
    news: false,
    severity: 'critical',
  });
  expect(settingsOf(before, { encryption: 'tls' })).toMatchObject({ port: 465 });
  expect(settingsOf(before, { encryption: 'tls', port: '4650' })).toMatchObject({ port: 4650 });
  expect(settingsOf(before, { user: false })).toMatchObject({ user: null });
  expect(() => settingsOf(before, { port: 'smtp' })).toThrow('smtp is no port.');
});

test('to send readably is agreed to anew when the encryption was another', () => {
  expect(settingsOf({ ...before, unprotected: true }, {})).toMatchObject({ unprotected: false });
  expect(settingsOf({ ...before, encryption: 'none', unprotected: true }, {})).toMatchObject({ unprotected: true });
});

test('the password is asked for when there is none for this server and user', () => {
  expect(needsPassword(view(before, true), before)).toBe(false);
  expect(needsPassword(view(before, false), before)).toBe(true);
  expect(needsPassword(view(null, false), before)).toBe(true);
  expect(needsPassword(view(before, true), { ...before, server: 'other.contoso.com' })).toBe(true);
  expect(needsPassword(view(before, false), { ...before, user: null })).toBe(false);
});
