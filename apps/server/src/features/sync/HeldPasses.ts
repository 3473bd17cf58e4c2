import { randomUUID } from 'node:crypto';
import { type PlanItem, planItemSchema } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';

const KEPT = 'sync-kept';
const keptSchema = z.object({ keys: z.array(z.string()) });
const itemSchema = planItemSchema.extend({ key: z.string(), userId: z.string() });
const ALERT = 'sync.guard-held';

export type HeldItem = PlanItem & { readonly key: string; readonly userId: string };
type Decision = 'approved' | 'kept';

interface Held {
  readonly id: string;
  readonly heldAt: Date;
  limit: number;
  /** Not done yet: undecided, or approved and on their way. */
  readonly items: Map<string, HeldItem>;
  readonly decided: Map<string, Decision>;
}

/** One thing that was to be taken away from one person. */
export function heldKey(kind: 'remove' | 'block', userId: string): string {
  return `${kind}:${userId}`;
}

/**
 * What the delete guard stopped and what people decided about it. While a pass is held, whatever else is to be taken
 * away joins it: the guard cannot be outwaited.
 */
export class HeldPasses {
  readonly #platform: Platform;
  #held: Held | undefined;
  #kept = new Set<string>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async load(): Promise<void> {
    const { database, settings } = this.#platform;
    this.#kept = new Set((await settings.find(KEPT, keptSchema))?.keys ?? []);
    const row = await database
      .selectFrom('held_pass')
      .selectAll()
      .where('closed_at', 'is', null)
      .orderBy('held_at', 'desc')
      .executeTakeFirst();
    if (row === undefined) return;
    const items = z.array(itemSchema).parse(row.items);
    this.#held = {
      id: row.id,
      heldAt: row.held_at,
      limit: row.item_limit,
      items: new Map(items.map((item) => [item.key, item])),
      decided: new Map(Object.entries(row.decided)),
    };
  }

  /** The pass that waits for decisions, with what is undecided; undefined when nothing waits. */
  open() {
    if (this.#held === undefined) return undefined;
    const { id, heldAt, limit, items, decided } = this.#held;
    return { id, heldAt, limit, items: [...items.values()].filter((item) => !decided.has(item.key)) };
  }

  /** True while anything waits for a decision; what was approved does not hold up others. */
  get isOpen(): boolean {
    return (this.open()?.items.length ?? 0) > 0;
  }

  isApproved(key: string): boolean {
    return this.#held?.decided.get(key) === 'approved';
  }

  isHeld(key: string): boolean {
    return this.#held?.items.has(key) ?? false;
  }

  isKept(key: string): boolean {
    return this.#kept.has(key);
  }

  /** What was decided for a state that is over does not count for the next time. */
  async forgetKept(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#kept.delete(key);
    if (keys.length > 0) await this.#saveKept();
  }

  /** Holds these, beside what is held already. */
  async hold(items: readonly HeldItem[], limit: number): Promise<void> {
    const isNew = this.#held === undefined;
    this.#held ??= {
      id: randomUUID(),
      heldAt: this.#platform.clock.now(),
      limit,
      items: new Map(),
      decided: new Map(),
    };
    this.#held.limit = limit;
    const known = this.#held.items.size;
    for (const item of items) this.#held.items.set(item.key, item);
    if (!isNew && this.#held.items.size === known) return;
    await this.#save();
    await this.#alarm();
  }

  /** These are done, or there is nothing to do about them any more. */
  async drop(keys: readonly string[]): Promise<void> {
    if (this.#held === undefined) return;
    const before = this.#held.items.size;
    for (const key of keys) this.#held.items.delete(key);
    if (this.#held.items.size !== before) await this.#save();
  }

  /** People of whom something is held, or was decided not to be done. */
  people(): readonly string[] {
    const keys = [...(this.#held?.items.keys() ?? []), ...this.#kept];
    return keys.map((key) => key.slice(key.indexOf(':') + 1));
  }

  /** @throws DomainError when that pass does not wait any more */
  async decide(id: string, approve: readonly string[], keep: readonly string[]): Promise<readonly HeldItem[]> {
    const held = this.#held;
    if (held?.id !== id) {
      throw new DomainError({
        code: 'sync.not-held',
        message: 'This pass does not wait for a decision any more.',
        remedy: 'Refresh; it was decided already, or there is nothing left of it.',
      });
    }
    const decided: HeldItem[] = [];
    const note = (keys: readonly string[], decision: Decision): void => {
      for (const key of keys) {
        const item = held.items.get(key);
        if (item === undefined || held.decided.has(key)) continue;
        held.decided.set(key, decision);
        decided.push(item);
      }
    };
    note(approve, 'approved');
    note(keep, 'kept');
    for (const [key, decision] of held.decided) {
      if (decision !== 'kept') continue;
      this.#kept.add(key);
      held.items.delete(key);
    }
    await this.#saveKept();
    await this.#save();
    return decided;
  }

  async #saveKept(): Promise<void> {
    await this.#platform.settings.put(KEPT, { keys: [...this.#kept] });
  }

  async #save(): Promise<void> {
    const held = this.#held;
    if (held === undefined) return;
    const isOver = held.items.size === 0;
    const values = {
      item_limit: held.limit,
      items: JSON.stringify([...held.items.values()]),
      decided: JSON.stringify(Object.fromEntries(held.decided)),
      closed_at: isOver ? this.#platform.clock.now() : null,
    };
    await this.#platform.database
      .insertInto('held_pass')
      .values({ id: held.id, held_at: held.heldAt, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
    if (!this.isOpen) await this.#platform.alerts.resolve(ALERT);
    if (isOver) this.#held = undefined;
    this.#platform.events.publish({ topic: 'sync' });
  }

  async #alarm(): Promise<void> {
    const count = this.open()?.items.length ?? 0;
    await this.#platform.alerts.raise({
      code: ALERT,
      severity: 'critical',
      title: `${count} online accounts would be blocked or removed: waiting for your decision`,
      detail: `More than ${this.#held?.limit ?? 0} people were deactivated or removed in the directory within a short time. Nothing of it was done online.`,
      remedy: 'Look at the list and approve or keep each of them. If it was a mistake, undo it in the directory.',
    });
  }
}
