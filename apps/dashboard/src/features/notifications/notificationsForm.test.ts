import type { NotificationSettings, NotificationsView } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import {
  asksAboutProtection,
  formOf,
  isPasswordKept,
  notificationsFormSchema,
  portFor,
  settingsOf,
  wrongRecipient,
} from './notificationsForm.ts';

const settings: NotificationSettings = {
  server: 'mail.contoso.com',
  port: 2525,
  encryption: 'tls',
  unprotected: false,
  user: 'isthmus',
  from: 'isthmus@contoso.com',
  recipients: ['ada@contoso.com', 'ben@contoso.com'],
  severity: 'critical',
  news: false,
};
const mistakes = (form: object): Record<string, string> => {
  const checked = notificationsFormSchema.safeParse(form);
  return Object.fromEntries(checked.error?.issues.map(({ path, code }) => [String(path[0]), code]) ?? []);
};

test('settings survive the form', () => {
  expect(settingsOf(formOf(settings))).toEqual(settings);
  expect(mistakes(formOf(settings))).toEqual({});
});

test('an empty form says what is needed', () => {
  const needed = { server: 'too_small', from: 'too_small', recipients: 'too_small' };
  expect(mistakes(formOf(null))).toEqual(needed);
  expect(formOf(null)).toMatchObject({ encryption: 'starttls', port: '587', severity: 'warning', news: true });
});

test('what cannot be is told at its field', () => {
  const wrong = { server: 'mail contoso', port: '70000', from: 'ada', recipients: 'ada@contoso.com; ben' };
  expect(mistakes({ ...formOf(settings), ...wrong })).toEqual(
    Object.fromEntries(Object.keys(wrong).map((field) => [field, 'invalid_format'])),
  );
  expect(wrongRecipient(wrong.recipients)).toBe('ben');
});

test('another encryption brings its usual port, not over one that was typed', () => {
  expect(portFor('587', 'starttls', 'tls')).toBe('465');
  expect(portFor('', 'starttls', 'tls')).toBe('465');
  expect(portFor('2525', 'starttls', 'tls')).toBe('2525');
});

test('only what leaves this machine readable is asked about, and an agreement to it does not outlive it', () => {
  expect(asksAboutProtection({ encryption: 'none', server: 'mail.contoso.com' })).toBe(true);
  expect(asksAboutProtection({ encryption: 'none', server: ' 127.0.0.1 ' })).toBe(false);
  expect(asksAboutProtection({ encryption: 'tls', server: 'mail.contoso.com' })).toBe(false);
  expect(settingsOf({ ...formOf(settings), unprotected: true })).toMatchObject({ unprotected: false });
});

test('the password is kept for the same server and user alone', () => {
  const view = { settings, hasPassword: true } as NotificationsView;
  expect(isPasswordKept(view, formOf(settings))).toBe(true);
  expect(isPasswordKept(view, { ...formOf(settings), server: 'other.contoso.com' })).toBe(false);
  expect(isPasswordKept({ ...view, hasPassword: false }, formOf(settings))).toBe(false);
});
