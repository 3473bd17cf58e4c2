import { randomUUID } from 'node:crypto';
import * as z from 'zod';

export const faultSchema = z.strictObject({
  /** Method to match; any without it. */
  method: z.string().optional(),
  /** Path to match, for example `/v1.0/users/{id}`: `*` or a name in braces is one segment, `**` any rest. */
  path: z.string(),
  /**
   * Which matching calls are hit, the first being 1, or what share of them by a dice that the seed makes fall the same
   * way every time; the next one only without it.
   */
  calls: z
    .union([
      z.literal('all'),
      z.array(z.number().int().min(1)).min(1),
      z.strictObject({ share: z.number().min(0).max(1), seed: z.number().int() }),
    ])
    .optional(),
  /** Waiting time before the call is looked at. */
  delayMs: z.number().int().min(0).optional(),
  /** Cut the connection instead of answering: before anything was done, or after the call was carried out. */
  reset: z.enum(['before', 'after']).optional(),
  /** Answer this instead of carrying the call out. */
  answer: z
    .strictObject({
      status: z.number().int().min(200).max(599),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    })
    .optional(),
});

export type Fault = z.infer<typeof faultSchema>;

export interface PlannedFault extends Fault {
  readonly id: string;
  /** Matching calls seen so far. */
  readonly seen: number;
}

interface Entry {
  readonly id: string;
  readonly fault: Fault;
  readonly pattern: RegExp;
  readonly dice: () => number;
  seen: number;
}

/** Faults to be played, in the order in which they were added; standing ones stay when the plan is emptied. */
export class FaultPlan {
  readonly #entries = new Map<string, Entry>();
  readonly #standing: ReadonlySet<string>;

  constructor(standing: readonly Fault[] = []) {
    this.#standing = new Set(standing.map((fault) => this.add(fault)));
  }

  add(fault: Fault): string {
    const id = randomUUID();
    const parsed = faultSchema.parse(fault);
    const seed = typeof parsed.calls === 'object' && 'seed' in parsed.calls ? parsed.calls.seed : 0;
    const pattern = patternOf(parsed.path);
    this.#entries.set(id, { id, fault: parsed, pattern, dice: makeDice(seed), seen: 0 });
    return id;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  list(): PlannedFault[] {
    return [...this.#entries.values()].map(({ id, fault, seen }) => ({ id, seen, ...fault }));
  }

  remove(id?: string): void {
    const ids = id === undefined ? [...this.#entries.keys()] : [id];
    for (const one of ids) if (!this.#standing.has(one)) this.#entries.delete(one);
  }

  /** The fault this call is hit by. Every matching entry counts the call; the first one that is due is played. */
  take(method: string, path: string): PlannedFault | undefined {
    let due: PlannedFault | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.fault.method !== undefined && entry.fault.method.toUpperCase() !== method) continue;
      if (!entry.pattern.test(path)) continue;
      entry.seen += 1;
      const isDue = isHit(entry);
      if (due === undefined && isDue) {
        due = { id: entry.id, seen: entry.seen, ...entry.fault };
      }
    }
    return due;
  }
}

function isHit({ fault, seen, dice }: Entry): boolean {
  const calls = fault.calls ?? [1];
  if (calls === 'all') return true;
  return 'share' in calls ? dice() < calls.share : calls.includes(seen);
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function makeDice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function patternOf(path: string): RegExp {
  const source = path
    .replaceAll(/\{[^/{}]+\}/g, '*')
    .split('**')
    .map((part) => part.split('*').map(escapePattern).join('[^/]+'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}
