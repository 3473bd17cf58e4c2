import * as z from 'zod';
import { type CmdletInput, readCmdletInput } from './CmdletInput.ts';
import { ExchangeError } from './errors/ExchangeError.ts';

const tokenSchema = z.object({
  position: z.number().int().min(0),
  at: z.number(),
  connection: z.string().nullable(),
  input: z.unknown(),
});

/** Where a further page starts, and what it is a page of. */
export interface PagePosition {
  readonly position: number;
  readonly input: CmdletInput;
}

export interface PageRules {
  readonly now: number;
  readonly lifetimeSeconds: number;
  /** The caller's `connection-id`, when pages are bound to it. */
  readonly connection: string | null;
}

export function packPage({ position, input }: PagePosition, { now, connection }: PageRules): string {
  const token = { position, at: now, connection, input: { CmdletInput: input } };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Reads a token of ours, unless it is too old or comes from another connection. */
export function unpackPage(token: string, rules: PageRules): PagePosition {
  const parsed = tokenSchema.safeParse(parse(token));
  if (!parsed.success) throw new ExchangeError('expiredPage');
  const { position, at, connection, input } = parsed.data;
  const isExpired = at + rules.lifetimeSeconds * 1000 <= rules.now;
  const isElsewhere = rules.connection !== null && connection !== rules.connection;
  if (isExpired || isElsewhere) throw new ExchangeError('expiredPage');
  return { position, input: readCmdletInput(input) };
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const LARGEST_PAGE = 1000;

/** Objects on a page, by `Prefer: odata.maxpagesize`. */
export function pageSize(prefer: string | undefined): number {
  const asked = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(prefer ?? '')?.[1];
  const size = asked === undefined ? LARGEST_PAGE : Number(asked);
  return Math.min(LARGEST_PAGE, Math.max(1, size));
}
