import type { MailboxUsageView } from '@isthmus/contracts';
import { isDomainError } from '@isthmus/kernel';
import type { MailboxUsageReport, Tenant } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';

const LARGEST = 5;
/** Microsoft makes a new report once a day, and lets us load it fourteen times in ten minutes ("Usage reports" limits). */
const KEPT_MS = 3_600_000;

const nothing = { day: null, mailboxCount: 0, storageBytes: 0, largest: [], namesAreHidden: false };

/** The largest mailboxes; a report is loaded once an hour at most for a connection. */
export class MailboxUsageReader {
  readonly #platform: Platform;
  /** By connection, so that nothing of a former tenant is told. */
  readonly #kept = new WeakMap<Tenant, { readonly at: number; readonly report: MailboxUsageReport }>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @throws DomainError `integration.not-integrated`, `online.unreachable`, … */
  async read(): Promise<MailboxUsageView> {
    try {
      return await this.#present(await this.#report());
    } catch (error) {
      if (!isDomainError(error, 'online.not-permitted')) throw error;
      return { ...nothing, missingPermissions: ['Reports.Read.All'] };
    }
  }

  async #report(): Promise<MailboxUsageReport> {
    const { tenant } = this.#platform.connections.getMicrosoft365();
    const now = this.#platform.clock.now().getTime();
    const kept = this.#kept.get(tenant);
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.report;
    const report = await tenant.mailboxUsage({ lane: 'interactive' });
    this.#kept.set(tenant, { at: now, report });
    return report;
  }

  async #present({ day, namesAreHidden, mailboxes }: MailboxUsageReport): Promise<MailboxUsageView> {
    const largest = mailboxes.toSorted((one, other) => other.storageBytes - one.storageBytes).slice(0, LARGEST);
    const userIds = namesAreHidden ? new Map<string, string>() : await this.#usersOf(largest.map(({ upn }) => upn));
    return {
      day: day ?? null,
      mailboxCount: mailboxes.length,
      storageBytes: mailboxes.reduce((sum, { storageBytes }) => sum + storageBytes, 0),
      largest: largest.map(({ upn, displayName, storageBytes, quotaBytes }) => ({
        name: displayName === '' ? upn : displayName,
        upn: namesAreHidden ? null : upn,
        userId: userIds.get(upn.toLowerCase()) ?? null,
        storageBytes,
        quotaBytes: quotaBytes ?? null,
      })),
      namesAreHidden,
      missingPermissions: [],
    };
  }

  async #usersOf(upns: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (upns.length === 0) return new Map();
    const rows = await this.#platform.database
      .selectFrom('online_account')
      .innerJoin('link', 'link.online_account_id', 'online_account.id')
      .select(['link.user_id', 'online_account.upn'])
      .where(
        ({ fn, ref }) => fn<string>('lower', [ref('online_account.upn')]),
        'in',
        upns.map((upn) => upn.toLowerCase()),
      )
      .execute();
    return new Map(rows.map(({ user_id, upn }) => [upn.toLowerCase(), user_id]));
  }
}
