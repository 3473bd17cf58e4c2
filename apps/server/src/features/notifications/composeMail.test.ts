import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeAlertMail, composeTestMail, type Letterhead } from './composeMail.ts';
import type { KnownAlert } from './planMail.ts';

const letterhead: Letterhead = {
  from: 'isthmus@contoso.test',
  to: ['ada@contoso.test'],
  organization: 'Contoso',
  dashboard: 'https://isthmus.contoso.test',
  timeZone: 'UTC',
};
const broken: KnownAlert = {
  id: '0a0a0a0a-0000-4000-8000-000000000001',
  code: 'integration.broken',
  severity: 'critical',
  state: 'active',
  title: 'Isthmus lacks permissions in the tenant',
  detail: 'The tenant refused.',
  remedy: 'Grant everything anew.',
  since: new Date('2026-06-01T12:04:00Z'),
  resolvedAt: null,
  subjectUserId: null,
  subject: null,
  mailedAs: null,
  likeMailedAt: null,
};
const rejected: KnownAlert = {
  ...broken,
  id: '0a0a0a0a-0000-4000-8000-000000000002',
  severity: 'warning',
  title: 'A password was refused',
  detail: 'Microsoft 365 refused it.',
  remedy: null,
  subject: 'Ada <Lovelace> & Co',
};

test('a mail says what, since when, why, what to do and where', () => {
  const mail = composeAlertMail({ fresh: [broken], older: [rejected] }, letterhead);
  expect(mail.subject).toBe('[Contoso] Critical: Isthmus lacks permissions in the tenant');
  expect(mail.text).toBe(`1 new alert

Critical: Isthmus lacks permissions in the tenant
  What it means: The tenant refused.
  What to do: Grant everything anew.
  Since: 1 Jun 2026, 12:04 UTC
  https://isthmus.contoso.test/alerts?open=0a0a0a0a-0000-4000-8000-000000000001

Still open: 1

Warning: A password was refused
  What it means: Microsoft 365 refused it.
  What to do: Nothing has to be done.
  Concerns: Ada <Lovelace> & Co
  Since: 1 Jun 2026, 12:04 UTC
  https://isthmus.contoso.test/alerts?open=0a0a0a0a-0000-4000-8000-000000000002

-- 
Isthmus at Contoso wrote this by itself; nobody reads an answer.
Who gets these mails is set in Settings > Notifications: https://isthmus.contoso.test/settings/notifications
`);
  expect(mail.html).toContain('Ada &lt;Lovelace&gt; &amp; Co');
  expect(mail.html).not.toContain('<Lovelace>');
});

test('several at once make one subject; without an address there are no links', () => {
  const mail = composeAlertMail({ fresh: [broken, rejected], older: [] }, { ...letterhead, dashboard: undefined });
  expect(mail.subject).toBe('[Contoso] Critical: Isthmus lacks permissions in the tenant (and 1 more)');
  expect(mail.text).toContain('2 new alerts');
  expect(mail.text + mail.html).not.toMatch(/https?:|Still open/);
});

test('the same news is the same message, in whatever order; other news is another', () => {
  const idOf = (...fresh: KnownAlert[]) => composeAlertMail({ fresh, older: [] }, letterhead).messageId;
  expect(idOf(broken, rejected)).toBe(idOf(rejected, broken));
  expect(idOf(broken)).not.toBe(idOf(rejected));
  expect(idOf(rejected)).not.toBe(idOf({ ...rejected, severity: 'critical' }));
  expect(idOf(broken)).toMatch(/^<[0-9a-f]{32}@contoso\.test>$/);
});

test('whatever names are in it, a subject stays one short line and the HTML stays HTML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const named = { ...broken, title: name, detail: name, subject: name };
      const mail = composeAlertMail({ fresh: [named], older: [] }, { ...letterhead, organization: name });
      expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(mail.subject.length).toBeLessThanOrEqual(150);
      const tags = (text: string): number => text.split('<').length;
      const plain = composeAlertMail({ fresh: [{ ...broken, subject: 'x' }], older: [] }, letterhead);
      expect(tags(mail.html)).toBe(tags(plain.html));
    }),
  );
});

test('a test message names who asked for it', () => {
  const mail = composeTestMail(letterhead, 'Ada', new Date('2026-06-01T12:04:00Z'));
  expect(mail.subject).toBe('[Contoso] Test message');
  expect(mail.text).toContain('Ada tried the mail settings of Isthmus at Contoso.');
});
