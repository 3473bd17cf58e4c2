import { randomUUID } from 'node:crypto';
import * as z from 'zod';

export const faultSchema = z.strictObject({
  /** Method to match; any without it. */
  method: z.string().optional(),
  /** Path to match, for example `/v1.0/users/*`: `*` stands for one segment, `**` for any rest. */
  path: z.string(),
  /** Which matching calls are hit, the first being 1; the next one only without it. */
  calls: z.union([z.literal('all'), z.array(z.number().int().min(1)).min(1)]).optional(),
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
  seen: number;
}

/** Faults to be played, in the order in which they were added. */
export class FaultPlan {
  readonly #entries = new Map<string, Entry>();

  add(fault: Fault): string {
    const id = randomUUID();
    const parsed = faultSchema.parse(fault);
    this.#entries.set(id, { id, fault: parsed, pattern: patternOf(parsed.path), seen: 0 });
    return id;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  list(): PlannedFault[] {
    return [...this.#entries.values()].map(({ id, fault, seen }) => ({ id, seen, ...fault }));
  }

  remove(id?: string): void {
    if (id === undefined) this.#entries.clear();
    else this.#entries.delete(id);
  }

  /** The fault this call is hit by. Every matching entry counts the call; the first one that is due is played. */
  take(method: string, path: string): PlannedFault | undefined {
    let due: PlannedFault | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.fault.method !== undefined && entry.fault.method.toUpperCase() !== method) continue;
      if (!entry.pattern.test(path)) continue;
      entry.seen += 1;
      const calls = entry.fault.calls ?? [1];
      if (due === undefined && (calls === 'all' || calls.includes(entry.seen))) {
        due = { id: entry.id, seen: entry.seen, ...entry.fault };
      }
    }
    return due;
  }
}

function patternOf(path: string): RegExp {
  const source = path
    .split('**')
    .map((part) => part.split('*').map(escapePattern).join('[^/]+'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}
