import type { Directory, DirectoryChanges } from '@isthmus/directory';
import { parseUserId } from '@isthmus/kernel';
import type { Platform } from '../composition/Platform.ts';
import { CONTROLLER_SETTING, type ControllerInUse, findController } from './findController.ts';

const NAMED = 5;

/**
 * Which domain controller is in use, and whom it does not know although nobody removed them: another controller may be
 * late, and a restored one has forgotten. Only remains of a removal, or a person's word, end what is kept so.
 */
export class ControllerWatch {
  readonly #platform: Platform;
  #inUse: ControllerInUse | undefined;
  #told = false;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async load(): Promise<void> {
    this.#inUse = await findController(this.#platform.settings);
  }

  /** Of a reading that does not show everybody: who stays nevertheless. `believed`: a person wants it taken as it is. */
  async findKept(directory: Directory, changes: DirectoryChanges, believed: boolean): Promise<readonly string[]> {
    if (changes.incremental || believed) return [];
    const candidates = changes.restart === undefined ? (this.#inUse?.missing ?? []) : await this.#listKnown();
    const shown = new Set<string>(changes.changed.map(({ id }) => id));
    const missing = candidates.filter((id) => !shown.has(id));
    const removed = new Set<string>(await directory.findRemoved(missing.map(parseUserId)));
    return missing.filter((id) => !removed.has(id));
  }

  /** To be called for each reading, before its position is stored. */
  async note(changes: DirectoryChanges, kept: readonly string[], believed: boolean): Promise<void> {
    const before = this.#inUse;
    const settled = new Set<string>([...changes.changed.map(({ id }) => id), ...changes.removed]);
    const missing = changes.incremental ? (before?.missing.filter((id) => !settled.has(id)) ?? []) : [...kept];
    const described = this.#describe(changes);
    const isSettled = believed && !changes.incremental && described.reason === 'restored';
    const next: ControllerInUse = { ...described, ...(isSettled ? { reason: 'chosen' } : {}), missing };
    const isNews = JSON.stringify(next) !== JSON.stringify(before);
    this.#inUse = next;
    if (isNews) {
      await this.#platform.settings.put(CONTROLLER_SETTING, next);
      this.#platform.events.publish({ topic: 'sync' });
    }
    if (changes.restart === 'restored' && !believed) await this.#tellRestored(next);
    if (believed && !changes.incremental) await this.#platform.alerts.resolve('directory.restored');
    if (isNews || !this.#told) await this.#tell(next);
    this.#told = true;
  }

  #describe({ controller, restart }: DirectoryChanges): Omit<ControllerInUse, 'missing'> {
    const before = this.#inUse;
    const now = this.#platform.clock.now();
    const isSame = before?.hostName === controller.hostName;
    if (isSame && restart !== 'restored') return { ...before, ...controller };
    if (isSame) return { ...before, ...controller, since: now, reason: 'restored' };
    const reason = before === undefined || controller.isPreferred ? 'chosen' : 'failed-over';
    return { ...controller, since: now, reason, previous: before?.hostName ?? null };
  }

  async #listKnown(): Promise<readonly string[]> {
    const { database } = this.#platform;
    const rows = await database.selectFrom('directory_user').select('id').where('removed_at', 'is', null).execute();
    return rows.map(({ id }) => id);
  }

  async #tell(inUse: ControllerInUse): Promise<void> {
    const { alerts } = this.#platform;
    if (inUse.isPreferred) await alerts.resolve('directory.failed-over');
    else {
      await alerts.raise({
        code: 'directory.failed-over',
        severity: 'warning',
        title: `Isthmus works with the domain controller ${inUse.hostName}`,
        detail: `The one that is configured first${inUse.previous === null ? '' : `, or ${inUse.previous} before it,`} could not be reached.`,
        remedy: `Bring the first one back. Isthmus stays with ${inUse.hostName} until that goes away too, the server is restarted, or the connection is saved anew in Settings.`,
      });
    }
    if (inUse.missing.length === 0) await alerts.resolve('directory.people-missing');
    else await this.#tellMissing(inUse);
  }

  async #tellMissing({ hostName, missing }: ControllerInUse): Promise<void> {
    const rows = await this.#platform.database
      .selectFrom('directory_user')
      .select('display_name')
      .where('id', 'in', missing.slice(0, NAMED))
      .orderBy('display_name')
      .execute();
    const names = rows.map((row) => row.display_name).join(', ');
    const more = missing.length > NAMED ? `, and ${missing.length - NAMED} more` : '';
    await this.#platform.alerts.raise({
      code: 'directory.people-missing',
      severity: 'warning',
      title: `${hostName} does not know ${missing.length === 1 ? '1 person' : `${missing.length} people`}`,
      detail: `${names}${more}. Nothing says that they were removed, so they are kept as they are.`,
      remedy:
        'Check that the domain controllers replicate; then they appear by themselves. If they are really gone, choose “Run in full” under Microsoft 365 > Synchronization (isthmus sync run --full): it takes what this controller says.',
    });
  }

  async #tellRestored({ hostName }: ControllerInUse): Promise<void> {
    await this.#platform.alerts.raise({
      code: 'directory.restored',
      severity: 'critical',
      title: `${hostName} holds older data than before`,
      detail: `It was restored from a backup or a copy on ${this.#platform.clock.now().toISOString()}. Everything was read again, and nobody was removed.`,
      remedy:
        'Compare it with the other domain controllers (samba-tool drs showrepl, repadmin /showrepl). One that was set back by copying its disk must leave the domain and join anew. When all is well, choose “Run in full” under Microsoft 365 > Synchronization (isthmus sync run --full).',
    });
  }
}
