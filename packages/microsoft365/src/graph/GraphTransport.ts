import { randomUUID } from 'node:crypto';
import type { Clock, Logger, Secret } from '@isthmus/kernel';
import { type Channel, type HttpAnswer, NetworkFailure } from '../http/HttpChannel.ts';
import { sleep, type Timer } from '../http/Timer.ts';
import type { CallOptions } from '../ports.ts';
import type { TokenSource } from '../sign-in/TokenSource.ts';
import { type Cost, estimateCost } from '../throttle/resourceUnits.ts';
import type { Permit, ThrottleGovernor } from '../throttle/ThrottleGovernor.ts';
import { backOff, retryAfter } from '../throttle/waits.ts';
import { bodyText, type GraphAnswer, type GraphRequest, isRepeatable, type Outcome } from './GraphRequest.ts';
import { GraphFailure, graphError, stillThrottled, unreachable } from './graphErrors.ts';
import { judge, type Sent, type Verdict } from './judge.ts';
import { Patience } from './Patience.ts';
import { useReport } from './useReport.ts';

/** A person does not wait longer than this for the tenant's pause to end. */
const INTERACTIVE_WAIT = 30_000;
const PRIORITY = { password: 'high', interactive: 'normal', background: 'low' } as const;

export interface GraphParts {
  readonly graphUrl: string;
  readonly channel: Channel;
  readonly tokens: TokenSource;
  readonly governor: ThrottleGovernor;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly logger: Logger;
  readonly random?: (() => number) | undefined;
}

/** Overrides for a request that stands for several. */
export interface SendChoice {
  readonly cost?: Cost;
  /** The answers whose headers tell the use of the limits; the answer itself when left out. */
  readonly answersIn?: (answer: GraphAnswer) => readonly GraphAnswer[];
}

/**
 * The only way to Microsoft Graph: token, budget, retries, tracing. It repeats what certainly was not executed or does
 * no harm twice, and says `unknown` for the rest.
 */
export class GraphTransport {
  readonly #parts: GraphParts;
  readonly #base: string;
  readonly #random: () => number;

  constructor(parts: GraphParts) {
    this.#parts = parts;
    this.#base = `${parts.graphUrl.replace(/\/$/, '')}/v1.0`;
    this.#random = parts.random ?? Math.random;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  /** Absolute address of an object, as references in bodies want it. */
  linkTo(path: string): string {
    return `${this.#base}${path}`;
  }

  /** The good answer to a request. @throws DomainError for a refusal or when the outcome is unknown */
  async call(request: GraphRequest, options: CallOptions): Promise<GraphAnswer> {
    const answer = await this.answer(request, options);
    if (answer.status >= 400) throw graphError(answer, request);
    return answer;
  }

  /** The answer, good or bad. @throws DomainError when there is none */
  async answer(request: GraphRequest, options: CallOptions): Promise<GraphAnswer> {
    const outcome = await this.attempt(request, options);
    if (outcome.kind === 'answer') return outcome.answer;
    throw outcome.kind === 'failed' ? outcome.error : unreachable(request, outcome.cause);
  }

  /** @throws only the signal's reason */
  async attempt(request: GraphRequest, options: CallOptions, choice: SendChoice = {}): Promise<Outcome> {
    const patience = new Patience(options.lane, this.#parts.clock);
    try {
      for (;;) {
        const sent = await this.#sendOnce(request, options, choice, patience);
        const verdict = judge(sent, isRepeatable(request));
        const end = conclude(sent, verdict, patience, request);
        if (end !== undefined) return end;
        if (verdict === 'again') await this.pauseFor(patience, options, sent);
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  /**
   * The text at an address that an answer gave. Such an address carries its own proof, so our token stays here.
   * @throws DomainError `online.unreachable`
   */
  async download(address: string, request: GraphRequest, { signal }: CallOptions): Promise<string> {
    // The address is never part of an error: whoever has it may load what is there.
    if (!URL.canParse(address) || new URL(address).protocol !== 'https:') throw unreachable(request, undefined);
    try {
      const { status, text } = await this.#parts.channel.send({ method: 'GET', url: address, headers: {}, signal });
      if (status === 200) return text;
      throw graphError({ status: 503, headers: {}, body: undefined }, request);
    } catch (error) {
      throw error instanceof NetworkFailure ? unreachable(request, error) : error;
    }
  }

  /** Waits before a repetition: what the answer asks for, else growing with every failure. */
  async pauseFor(patience: Patience, options: CallOptions, sent?: Sent): Promise<void> {
    const asked = sent?.kind === 'answer' ? sent.answer.headers : {};
    const wait = Math.max(
      retryAfter(asked, this.#parts.clock.now()) ?? 0,
      backOff(patience.failures - 1, this.#random),
    );
    await sleep(this.#parts.timer, wait, options.signal);
  }

  /** Waits for something that the service needs time for. */
  wait(milliseconds: number, options: CallOptions): Promise<void> {
    return sleep(this.#parts.timer, milliseconds, options.signal);
  }

  async #sendOnce(request: GraphRequest, options: CallOptions, choice: SendChoice, patience: Patience): Promise<Sent> {
    const url = this.#urlOf(request.path);
    const cost = choice.cost ?? estimateCost(request.method, url.slice(this.#base.length));
    const token = await this.#parts.tokens.token();
    const permit = await this.#permit(request, options, cost);
    const sent = await this.#transmit(request, url, options, token, permit, patience.failures);
    const answers = sent.kind === 'answer' ? [sent.answer] : [];
    const read = sent.kind === 'answer' && sent.answer.status < 400 ? choice.answersIn?.(sent.answer) : undefined;
    permit.finish(useReport(read ?? answers, cost.resourceUnits, this.#parts.clock));
    if ((read ?? answers).some(({ status }) => status === 401)) this.#parts.tokens.reject(token);
    return sent;
  }

  async #permit(request: GraphRequest, options: CallOptions, cost: Cost): Promise<Permit> {
    if (options.lane !== 'interactive') return this.#parts.governor.acquire(options.lane, cost, options.signal);
    const tooLong = new AbortController();
    const cancel = this.#parts.timer.after(INTERACTIVE_WAIT, () => tooLong.abort(stillThrottled(request.purpose)));
    const signals = options.signal === undefined ? [tooLong.signal] : [options.signal, tooLong.signal];
    try {
      return await this.#parts.governor.acquire('interactive', cost, AbortSignal.any(signals));
    } finally {
      cancel();
    }
  }

  async #transmit(
    request: GraphRequest,
    url: string,
    options: CallOptions,
    token: Secret,
    permit: Permit,
    attempt: number,
  ): Promise<Sent> {
    const started = this.#parts.clock.now().getTime();
    const clientRequestId = options.requestId ?? randomUUID();
    const trace = { method: request.method, path: pathForLog(url), lane: options.lane, attempt, clientRequestId };
    try {
      const raw = await this.#parts.channel.send({
        method: request.method,
        url,
        headers: {
          authorization: `Bearer ${token.reveal()}`,
          'client-request-id': clientRequestId,
          'x-ms-throttle-priority': PRIORITY[options.lane],
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        },
        ...(request.body === undefined ? {} : { body: bodyText(request.body) }),
        signal: options.signal,
      });
      const answer = parseAnswer(raw);
      this.#trace(trace, answer, started);
      return { kind: 'answer', answer };
    } catch (error) {
      if (!(error instanceof NetworkFailure)) {
        permit.finish({});
        throw error;
      }
      this.#parts.logger.warn({ ...trace, reason: error.reason }, 'Microsoft 365 gave no answer');
      return { kind: 'failure', failure: error };
    }
  }

  #trace(trace: object, answer: GraphAnswer, started: number): void {
    const fields = {
      ...trace,
      status: answer.status,
      requestId: answer.headers['request-id'],
      milliseconds: this.#parts.clock.now().getTime() - started,
    };
    if (answer.status < 400) this.#parts.logger.debug(fields, 'Microsoft 365 answered');
    else this.#parts.logger.info({ ...fields, graphCode: new GraphFailure(answer).code }, 'Microsoft 365 refused');
  }

  /** Links out of answers are followed as they are, but our token goes to no other host. */
  #urlOf(path: string): string {
    if (!/^https?:/i.test(path)) return this.#base + path;
    if (new URL(path).origin !== new URL(this.#base).origin) throw new TypeError('A link led to another host');
    return path;
  }
}

function parseAnswer(raw: HttpAnswer): GraphAnswer {
  let body: unknown;
  try {
    body = raw.text === '' ? undefined : JSON.parse(raw.text);
  } catch {
    body = undefined;
  }
  return { status: raw.status, headers: raw.headers, body };
}

/** Without the query, where names and anchors stand, and without addresses of people. */
function pathForLog(url: string): string {
  return new URL(url).pathname.replaceAll(/[^/]*(?:@|%40)[^/]*/g, '{address}');
}

function causeOf(sent: Sent): Error {
  return sent.kind === 'failure' ? sent.failure : new GraphFailure(sent.answer);
}

/** What to answer; undefined = send it again. */
function conclude(sent: Sent, verdict: Verdict, patience: Patience, request: GraphRequest): Outcome | undefined {
  if (verdict === 'unknown') return { kind: 'unknown', cause: causeOf(sent) };
  if (verdict !== 'done') {
    const renewable = verdict !== 'renew' || patience.mayRenew();
    if (renewable && patience.hasLeft(verdict === 'throttled' ? 'throttled' : 'broken')) return undefined;
  }
  if (sent.kind === 'answer') return { kind: 'answer', answer: sent.answer };
  return { kind: 'failed', error: unreachable(request, sent.failure) };
}
