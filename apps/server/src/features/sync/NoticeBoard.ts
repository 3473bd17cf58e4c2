import type { Notice } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

/** Everything about one person that a pass may tell, with the title of its alert. */
const TITLES: Readonly<Record<string, string>> = {
  'sync.protected-not-removed': 'was removed from the directory, but is an administrator',
  'sync.protected-not-blocked': 'was deactivated in the directory, but is an administrator',
  'sync.managed-by-others': 'is kept by another synchronization',
  'sync.blocked-online': 'is blocked in Microsoft 365',
  'sync.online-account-removed': 'has lost the online account',
  'sync.address-taken': 'cannot have the address of the new user name',
  'sync.address-not-possible': 'cannot have the address of the new user name',
  'sync.drift': 'differs from the directory',
};
const FAILED = 'sync.person-failed';

/** Keeps the alerts about single people true: raised when something is to be told, ended when it is over. */
export class NoticeBoard {
  readonly #platform: Platform;
  readonly #shown = new Map<string, Map<string, string>>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async load(): Promise<void> {
    const rows = await this.#platform.database
      .selectFrom('alert')
      .select(['code', 'subject_user_id', 'detail'])
      .where('state', '<>', 'resolved')
      .where('code', 'in', [...Object.keys(TITLES), FAILED])
      .execute();
    for (const row of rows) if (row.subject_user_id !== null) this.#of(row.subject_user_id).set(row.code, row.detail);
  }

  /** People with an alert of ours. */
  people(): readonly string[] {
    return [...this.#shown.keys()];
  }

  /** What the planner has to tell about a person now. */
  async update(person: { readonly userId: string; readonly name: string }, notices: readonly Notice[]): Promise<void> {
    const wanted = new Map(notices.map((notice) => [notice.code, notice]));
    const shown = this.#shown.get(person.userId);
    for (const code of shown?.keys() ?? []) {
      if (code !== FAILED && !wanted.has(code)) await this.#resolve(person.userId, code);
    }
    for (const notice of wanted.values()) {
      const title = `${person.name} ${TITLES[notice.code] ?? 'needs attention'}`;
      await this.#raise(person, notice.code, title, notice);
    }
  }

  async failed(person: { readonly userId: string; readonly name: string }, problem: Notice): Promise<void> {
    await this.#raise(person, FAILED, `${person.name} cannot be brought into line`, problem);
  }

  async succeeded(userId: string): Promise<void> {
    if (this.#shown.get(userId)?.has(FAILED)) await this.#resolve(userId, FAILED);
  }

  async #raise(
    person: { readonly userId: string; readonly name: string },
    code: string,
    title: string,
    notice: Notice,
  ): Promise<void> {
    if (this.#of(person.userId).get(code) === notice.message) return;
    this.#of(person.userId).set(code, notice.message);
    await this.#platform.alerts.raise({
      code,
      severity: 'warning',
      title,
      detail: notice.message,
      ...(notice.remedy === undefined ? {} : { remedy: notice.remedy }),
      subjectUserId: person.userId,
      subject: person.name,
    });
  }

  async #resolve(userId: string, code: string): Promise<void> {
    const shown = this.#of(userId);
    shown.delete(code);
    if (shown.size === 0) this.#shown.delete(userId);
    await this.#platform.alerts.resolve(code, userId);
  }

  #of(userId: string): Map<string, string> {
    const found = this.#shown.get(userId) ?? new Map<string, string>();
    this.#shown.set(userId, found);
    return found;
  }
}
