import { randomUUID } from 'node:crypto';
import type { Platform } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import type { NewAlert } from '../alerts/index.ts';
import { STUCK_AFTER_MS } from './nextCheckAt.ts';
import { isMissing } from './presentDomain.ts';
import type { WatchedDomain } from './watchedDomains.ts';

const DAY_MS = 24 * 60 * 60_000;
const EXPIRES_WITHIN_MS = 30 * DAY_MS;

const codes = ['verified', 'not-proved', 'records-missing', 'dns-silent', 'gone', 'taken', 'expires'] as const;
type Code = (typeof codes)[number];
type Told = Omit<NewAlert, 'code' | 'subjectUserId' | 'subject'>;

const records = (row: WatchedDomain): string =>
  row.checks
    .filter(isMissing)
    .map(({ wanted }) => `${wanted.record.type} ${wanted.record.name}`)
    .join(', ');

/** What has to be told about a domain now; undefined ends what was told before. */
const conditions: Readonly<Record<Code, (row: WatchedDomain, now: Date) => Told | undefined>> = {
  verified: (row, now) =>
    row.verified_at !== null && row.verified_at > row.added_at && now.getTime() - row.verified_at.getTime() < DAY_MS
      ? {
          severity: 'information',
          title: `${row.shown} is verified`,
          detail: 'Microsoft 365 has seen the proof. The domain can be used for online accounts from now on.',
          remedy: 'Make the records for mail and the other services, and choose whether it becomes the default domain.',
        }
      : undefined,
  'not-proved': (row, now) =>
    row.verified_at === null && now.getTime() - row.added_at.getTime() > STUCK_AFTER_MS
      ? {
          severity: 'warning',
          title: `${row.shown} still waits for its proof`,
          detail: 'For three days Microsoft 365 has not seen the record that proves who owns the domain.',
          remedy:
            'Compare the record at your provider with the one shown here, letter by letter, or unlink the domain.',
        }
      : undefined,
  'records-missing': (row, now) =>
    row.verified_at !== null && row.checks.some(isMissing) && now.getTime() - row.verified_at.getTime() > DAY_MS
      ? {
          severity: 'warning',
          title: `Records of ${row.shown} are missing or different`,
          detail: `Mail or other services may not work: ${records(row)}.`,
          remedy: 'Open the domain to see what was found, and correct the records at your provider.',
        }
      : undefined,
  'dns-silent': (row) =>
    row.verified_at !== null && row.checks.length > 0 && row.checks.every(({ verdict }) => verdict === 'unknown')
      ? {
          severity: 'warning',
          title: `The name servers of ${row.shown} do not answer`,
          detail: 'None of its records could be asked for.',
          remedy: 'Look whether the domain is still registered and its name servers work.',
        }
      : undefined,
  gone: (row) =>
    row.problem?.code === 'domains.gone'
      ? {
          severity: 'warning',
          title: `${row.shown} is not in Microsoft 365 any more`,
          detail: row.problem.message,
          remedy: row.problem.remedy ?? '',
        }
      : undefined,
  taken: (row) =>
    row.problem?.code === 'online.domain-taken'
      ? {
          severity: 'warning',
          title: `${row.shown} belongs to another organization`,
          detail: row.problem.message,
          remedy: row.problem.remedy ?? '',
        }
      : undefined,
  expires: (row, now) =>
    row.expires_at !== null && row.expires_at.getTime() - now.getTime() < EXPIRES_WITHIN_MS
      ? {
          severity: 'warning',
          title: `The registration of ${row.registrable} ends on ${row.expires_at.toISOString().slice(0, 10)}`,
          detail: 'Without the domain, nobody can sign in with addresses at it, and mail to them is lost.',
          remedy: 'Renew it at the company where it was registered.',
        }
      : undefined,
};

/** Brings the alerts of a domain up to date, and puts its verification on record. */
export async function tellAbout(platform: Platform, before: WatchedDomain, row: WatchedDomain): Promise<void> {
  const { alerts, audit, clock } = platform;
  for (const code of codes) {
    const told = conditions[code](row, clock.now());
    const full = `domains.${code}`;
    if (told === undefined) await alerts.resolve(full, row.id);
    else await alerts.raise({ ...told, code: full, subjectUserId: row.id, subject: row.name });
  }
  if (before.verified_at !== null || row.verified_at === null) return;
  await audit.record({
    actor: ISTHMUS_ITSELF,
    address: '',
    action: 'domain.verified',
    sentence: `Microsoft 365 verified the domain ${row.name}`,
    subject: row.name,
    result: 'done',
    requestId: randomUUID(),
  });
}

/** Of a domain that is not watched any more. */
export async function resolveAlertsOf({ alerts }: Platform, { id }: WatchedDomain): Promise<void> {
  for (const code of codes) await alerts.resolve(`domains.${code}`, id);
}
