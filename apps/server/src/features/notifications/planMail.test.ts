import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type KnownAlert,
  LONGEST_SETTLE_MS,
  type MailRules,
  NEWS_STOOD_MS,
  planMail,
  REPEAT_AFTER_MS,
  SETTLE_MS,
} from './planMail.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const before = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);
const DAY = 24 * 60 * 60_000;
const rules: MailRules = { severity: 'warning', news: true, turnedOnAt: before(DAY) };

const alert = (id: string, more: Partial<KnownAlert> = {}): KnownAlert => ({
  id,
  code: 'integration.broken',
  severity: 'warning',
  state: 'active',
  title: id,
  detail: '',
  remedy: null,
  since: before(10 * 60_000),
  resolvedAt: null,
  subjectUserId: null,
  subject: null,
  mailedAs: null,
  likeMailedAt: null,
  ...more,
});
const plan = (alerts: readonly KnownAlert[], more: Partial<MailRules> = {}) => {
  const found = planMail(alerts, { ...rules, ...more }, NOW);
  return found && { fresh: found.fresh.map(({ id }) => id), older: found.older.map(({ id }) => id) };
};

describe('what is mailed', () => {
  test('a new alert, with those before it that are still open', () => {
    const old = alert('old', { mailedAs: 'warning', since: before(DAY) });
    expect(plan([old])).toBeUndefined();
    expect(plan([old, alert('new')])).toEqual({ fresh: ['new'], older: ['old'] });
  });

  test('the worst first, then the newest', () => {
    const alerts = [
      alert('a', { since: before(DAY) }),
      alert('b'),
      alert('c', { severity: 'critical', since: before(2 * DAY) }),
    ];
    expect(plan(alerts)?.fresh).toEqual(['c', 'b', 'a']);
  });

  test('nothing below the chosen severity, and nothing ignored or over', () => {
    expect(plan([alert('a')], { severity: 'critical' })).toBeUndefined();
    expect(plan([alert('a', { state: 'ignored' })])).toBeUndefined();
    expect(plan([alert('a', { state: 'resolved' })])).toBeUndefined();
  });

  test('an alert that became worse, once', () => {
    expect(plan([alert('a', { severity: 'critical', mailedAs: 'warning' })])?.fresh).toEqual(['a']);
    expect(plan([alert('a', { severity: 'warning', mailedAs: 'critical' })])).toBeUndefined();
  });

  test('news whatever the severity, also when its alert is gone again, but not from before it was turned on', () => {
    const news = alert('news', { severity: 'information' });
    expect(plan([news], { severity: 'critical' })?.fresh).toEqual(['news']);
    const over = { ...news, state: 'resolved' as const, since: before(DAY / 2) };
    expect(plan([{ ...over, resolvedAt: before(60_000) }])?.fresh).toEqual(['news']);
    expect(plan([{ ...over, since: before(2 * DAY), resolvedAt: before(60_000) }])).toBeUndefined();
    expect(plan([{ ...news, state: 'ignored' }])).toBeUndefined();
    expect(plan([news], { news: false })).toBeUndefined();
  });

  test('no news that was taken back soon', () => {
    const since = before(NEWS_STOOD_MS * 2);
    const news = alert('news', { severity: 'information', state: 'resolved', since });
    expect(plan([{ ...news, resolvedAt: new Date(since.getTime() + NEWS_STOOD_MS - 1) }])).toBeUndefined();
    expect(plan([{ ...news, resolvedAt: new Date(since.getTime() + NEWS_STOOD_MS) }])?.fresh).toEqual(['news']);
  });

  test('news is told once and is not "still open"', () => {
    const told = alert('news', { severity: 'information', mailedAs: 'information' });
    expect(plan([told, alert('new')])).toEqual({ fresh: ['new'], older: [] });
  });
});

describe('when it is mailed', () => {
  test('when nothing more has come for a while', () => {
    const first = alert('first', { since: before(SETTLE_MS + 5_000) });
    expect(plan([first])).toBeDefined();
    expect(plan([first, alert('second', { since: before(SETTLE_MS - 1) })])).toBeUndefined();
  });

  test('in any case when the first has waited long enough', () => {
    const first = alert('first', { since: before(LONGEST_SETTLE_MS) });
    expect(plan([first, alert('second', { since: before(1_000) })])?.fresh).toEqual(['second', 'first']);
  });

  test('a trouble that comes and goes is told once an hour', () => {
    const again = alert('again', { likeMailedAt: before(REPEAT_AFTER_MS - 1) });
    expect(plan([again])).toBeUndefined();
    expect(plan([again, alert('other')])?.fresh).toEqual(['again', 'other']);
    expect(plan([{ ...again, likeMailedAt: before(REPEAT_AFTER_MS) }])?.fresh).toEqual(['again']);
  });
});

const severity = fc.constantFrom('critical' as const, 'warning' as const, 'information' as const);
const instant = fc.integer({ min: 0, max: 3 * DAY }).map(before);
const anyAlert = fc.record({
  severity,
  state: fc.constantFrom('active' as const, 'ignored' as const, 'resolved' as const),
  since: instant,
  resolvedAt: fc.option(instant, { nil: null }),
  mailedAs: fc.option(severity, { nil: null }),
  likeMailedAt: fc.option(instant, { nil: null }),
});
const anyAlerts = fc
  .array(anyAlert, { maxLength: 12 })
  .map((list) => list.map((more, index) => alert(String(index), more)));
const anyRules = fc.record({
  severity: fc.constantFrom('critical' as const, 'warning' as const),
  news: fc.boolean(),
  turnedOnAt: instant,
});

test('what was just mailed is not mailed again, and everything is mailed in the end', () => {
  fc.assert(
    fc.property(anyAlerts, anyRules, (alerts, some) => {
      const found = planMail(alerts, some, NOW);
      const told = new Set(found?.fresh.map(({ id }) => id));
      const after = alerts.map((one) => (told.has(one.id) ? { ...one, mailedAs: one.severity } : one));
      if (found !== undefined) expect(planMail(after, some, NOW)).toBeUndefined();
      const later = new Date(NOW.getTime() + REPEAT_AFTER_MS + LONGEST_SETTLE_MS);
      const rest = planMail(after, some, later)?.fresh ?? [];
      const wanted = alerts.filter(
        (one) => one.state === 'active' && (one.severity === 'critical' || one.severity === some.severity),
      );
      const known = new Set([...told, ...rest.map(({ id }) => id)]);
      for (const one of wanted) expect(one.mailedAs !== null || known.has(one.id)).toBe(true);
    }),
  );
});

test('a mail never tells the same twice, nor of what is ignored', () => {
  fc.assert(
    fc.property(anyAlerts, anyRules, (alerts, some) => {
      const { fresh = [], older = [] } = planMail(alerts, some, NOW) ?? {};
      const all = [...fresh, ...older];
      expect(new Set(all).size).toBe(all.length);
      expect(all.some(({ state }) => state === 'ignored')).toBe(false);
    }),
  );
});
