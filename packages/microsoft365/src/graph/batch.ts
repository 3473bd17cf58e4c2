import { z } from 'zod';
import { NetworkFailure } from '../http/HttpChannel.ts';
import type { CallOptions } from '../ports.ts';
import { estimateCost, totalCost } from '../throttle/resourceUnits.ts';
import { type GraphAnswer, type GraphRequest, isRepeatable, type Outcome } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { graphError, stillThrottled, unreachable } from './graphErrors.ts';
import { judge, type Sent, type Verdict } from './judge.ts';
import { Patience } from './Patience.ts';

/** Microsoft's limit. */
const ITEMS = 20;

const batchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.coerce.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});

interface Item {
  readonly index: number;
  readonly request: GraphRequest;
}

/**
 * Sends many requests in as few as Microsoft allows and gives every one its own outcome, in the order given. Items
 * that were throttled, or may be repeated without harm, are sent again by themselves; the others are not.
 * @throws only the signal's reason
 */
export async function attemptMany(
  transport: GraphTransport,
  requests: readonly GraphRequest[],
  options: CallOptions,
): Promise<readonly Outcome[]> {
  const items = requests.map((request, index) => ({ index, request }));
  const packs = chunk(items, ITEMS);
  const outcomes = new Array<Outcome>(requests.length);
  await Promise.all(packs.map((pack) => attemptPack(transport, pack, options, outcomes)));
  return outcomes;
}

export function chunk<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

async function attemptPack(
  transport: GraphTransport,
  pack: readonly Item[],
  options: CallOptions,
  outcomes: Outcome[],
): Promise<void> {
  const [only, ...others] = pack;
  if (only !== undefined && others.length === 0) {
    outcomes[only.index] = await transport.attempt(only.request, options);
    return;
  }
  const patience = new Patience(options.lane, transport.clock);
  let left = pack;
  while (left.length > 0) {
    const again = sortOut(await sendPack(transport, left, options), patience, outcomes);
    left = again.map(({ item }) => item);
    if (left.length === 0) return;
    const broken = again.find(({ verdict }) => verdict !== 'throttled');
    if (!patience.hasLeft(broken === undefined ? 'throttled' : 'broken')) {
      for (const { item, sent } of again) outcomes[item.index] = { kind: 'failed', error: gaveUp(sent, item.request) };
      return;
    }
    // Throttled items wait in the governor, which knows until when.
    if (broken !== undefined) await transport.pauseFor(patience, options, broken.sent);
  }
}

interface Repetition {
  readonly item: Item;
  readonly sent: Sent;
  readonly verdict: Verdict;
}

/** Notes what is final and answers what has to be sent again. */
function sortOut(round: Round, patience: Patience, outcomes: Outcome[]): readonly Repetition[] {
  // Asked only when there is a reason: the one renewal must not be used up by a round without refusals.
  const mayRenew = isRefused(round) && patience.mayRenew();
  for (const { item, error } of round.failed) outcomes[item.index] = { kind: 'failed', error };
  return round.sent.flatMap(({ item, sent }) => {
    const verdict = judge(sent, isRepeatable(item.request));
    if (verdict === 'unknown') outcomes[item.index] = { kind: 'unknown', cause: causeOf(sent) };
    else if (verdict === 'done' || (verdict === 'renew' && !mayRenew)) outcomes[item.index] = doneWith(sent);
    else return { item, sent, verdict };
    return [];
  });
}

interface Round {
  readonly sent: readonly { readonly item: Item; readonly sent: Sent }[];
  readonly failed: readonly { readonly item: Item; readonly error: Error }[];
}

function isRefused({ sent }: Round): boolean {
  return sent.some(({ sent: one }) => one.kind === 'answer' && one.answer.status === 401);
}

async function sendPack(transport: GraphTransport, pack: readonly Item[], options: CallOptions): Promise<Round> {
  const request: GraphRequest = {
    method: 'POST',
    path: '/$batch',
    body: { requests: pack.map(({ request: item }, position) => itemBody(item, position)) },
    permission: pack[0]?.request.permission ?? '',
    purpose: pack[0]?.request.purpose ?? 'send a batch',
  };
  const outcome = await transport.attempt(request, options, {
    cost: totalCost(pack.map(({ request: item }) => estimateCost(item.method, item.path))),
    answersIn: (answer) => [...answersOf(answer).values()],
  });
  if (outcome.kind === 'failed') return { sent: [], failed: pack.map((item) => ({ item, error: outcome.error })) };
  if (outcome.kind === 'answer' && outcome.answer.status >= 400) {
    return { sent: [], failed: pack.map((item) => ({ item, error: graphError(outcome.answer, item.request) })) };
  }
  const answers = outcome.kind === 'answer' ? answersOf(outcome.answer) : new Map<string, GraphAnswer>();
  const cause = outcome.kind === 'unknown' ? outcome.cause : new TypeError('The batch left an item without an answer');
  const lost: Sent = { kind: 'failure', failure: new NetworkFailure('perhaps', cause.message, cause) };
  return {
    sent: pack.map((item, position) => ({ item, sent: sentOf(answers.get(String(position)), lost) })),
    failed: [],
  };
}

function sentOf(answer: GraphAnswer | undefined, lost: Sent): Sent {
  return answer === undefined ? lost : { kind: 'answer', answer };
}

function itemBody(request: GraphRequest, position: number): object {
  const headers = {
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...request.headers,
  };
  return {
    id: String(position),
    method: request.method,
    url: request.path,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

function answersOf(answer: GraphAnswer): ReadonlyMap<string, GraphAnswer> {
  const parsed = batchAnswer.safeParse(answer.body);
  if (!parsed.success) return new Map();
  return new Map(
    parsed.data.responses.map((item) => [
      item.id,
      {
        status: item.status,
        headers: Object.fromEntries(
          Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: item.body,
      },
    ]),
  );
}

function causeOf(sent: Sent): Error {
  return sent.kind === 'failure' ? sent.failure : new Error(`HTTP ${sent.answer.status}`);
}

function doneWith(sent: Sent): Outcome {
  return sent.kind === 'answer' ? { kind: 'answer', answer: sent.answer } : { kind: 'unknown', cause: sent.failure };
}

function gaveUp(sent: Sent, request: GraphRequest): Error {
  if (sent.kind === 'failure') return unreachable(request, sent.failure);
  return sent.answer.status === 429 ? stillThrottled(request.purpose) : graphError(sent.answer, request);
}
