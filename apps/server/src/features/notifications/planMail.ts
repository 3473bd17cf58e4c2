import type { Alert, NotificationSettings } from '@isthmus/contracts';

/** An alert, and what was written about it. */
export interface KnownAlert extends Omit<Alert, 'since'> {
  readonly since: Date;
  readonly resolvedAt: Date | null;
  /** As what it was mailed last; null = never. */
  readonly mailedAs: Alert['severity'] | null;
  /** When an earlier alert with the same meaning for the same subject was mailed; null = never. */
  readonly likeMailedAt: Date | null;
}

export interface MailPlan {
  /** Not told yet, or worse than told. */
  readonly fresh: readonly KnownAlert[];
  /** Told before and still open. */
  readonly older: readonly KnownAlert[];
}

export type MailRules = Pick<NotificationSettings, 'severity' | 'news'> & { readonly turnedOnAt: Date };

/** Alerts that come together make one mail: it waits until nothing more has come for this long, … */
export const SETTLE_MS = 30_000;
/** … but not longer than this. */
export const LONGEST_SETTLE_MS = 3 * 60_000;
/** A trouble that comes and goes is not worth a mail each time. */
export const REPEAT_AFTER_MS = 60 * 60_000;
/** News that was over sooner was taken back, such as a domain that was unlinked again. */
export const NEWS_STOOD_MS = 60 * 60_000;

const ranks: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, information: 2 };

const worstAndNewestFirst = (a: KnownAlert, b: KnownAlert): number =>
  ranks[a.severity] - ranks[b.severity] || b.since.getTime() - a.since.getTime() || (a.id < b.id ? -1 : 1);

/** News that has had its time stays true, so that an outage of the mail does not swallow it. */
function stood({ state, since, resolvedAt }: KnownAlert, turnedOnAt: Date): boolean {
  if (state !== 'resolved' || resolvedAt === null || since < turnedOnAt) return false;
  return resolvedAt.getTime() - since.getTime() >= NEWS_STOOD_MS;
}

function isWanted(alert: KnownAlert, { severity, news, turnedOnAt }: MailRules): boolean {
  if (alert.severity === 'information') return news && (alert.state === 'active' || stood(alert, turnedOnAt));
  return alert.state === 'active' && ranks[alert.severity] <= ranks[severity];
}

const isFresh = ({ mailedAs, severity }: KnownAlert): boolean => mailedAs === null || ranks[severity] < ranks[mailedAs];

/** What a mail would be about now; undefined when none is due. */
export function planMail(alerts: readonly KnownAlert[], rules: MailRules, now: Date): MailPlan | undefined {
  const wanted = alerts.filter((alert) => isWanted(alert, rules)).sort(worstAndNewestFirst);
  const fresh = wanted.filter(isFresh);
  const ages = fresh
    .filter(({ likeMailedAt }) => likeMailedAt === null || now.getTime() - likeMailedAt.getTime() >= REPEAT_AFTER_MS)
    .map(({ since }) => now.getTime() - since.getTime());
  if (ages.length === 0) return undefined;
  if (Math.min(...ages) < SETTLE_MS && Math.max(...ages) < LONGEST_SETTLE_MS) return undefined;
  const older = wanted.filter((alert) => !isFresh(alert) && alert.severity !== 'information');
  return { fresh, older };
}
