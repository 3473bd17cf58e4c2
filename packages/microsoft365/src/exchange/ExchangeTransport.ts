import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@isthmus/kernel';
import { z } from 'zod';
import { stillThrottled, unreachable } from '../graph/graphErrors.ts';
import { Patience } from '../graph/Patience.ts';
import { type Channel, type HttpAnswer, NetworkFailure } from '../http/HttpChannel.ts';
import { sleep, type Timer } from '../http/Timer.ts';
import type { CallOptions } from '../ports.ts';
import type { TokenSource } from '../sign-in/TokenSource.ts';
import { backOff, retryAfter } from '../throttle/waits.ts';
import { ExchangeFailure } from './ExchangeFailure.ts';
import { exchangeError } from './exchangeErrors.ts';

/** Microsoft's system mailbox, by which a call without a person finds its server. */
const ANCHOR = 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
/** 500 is not among them: the admin API answers it for cmdlets that really failed. */
const TEMPORARY = new Set([408, 502, 503, 504]);
const MOST_REDIRECTS = 3;
const MICROSOFT_HOSTS = /\.(outlook\.com|office365\.com|office365\.us|office365\.cn)$/i;

const page = z.object({
  value: z.array(z.record(z.string(), z.unknown())).default([]),
  '@odata.nextLink': z.string().optional(),
});
export type ExchangeRow = z.output<typeof page>['value'][number];

export interface ExchangeParts {
  readonly exchangeUrl: string;
  readonly tenantId: string;
  readonly channel: Channel;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly logger: Logger;
  readonly random?: (() => number) | undefined;
}

/** One cmdlet. Every one we use does the same when it is done twice, so an unknown outcome is simply repeated. */
export interface CmdletCall {
  readonly cmdlet: string;
  /** Never with an empty `Identity`: that means everybody. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the call does, for errors: "read the mailbox of ada@contoso.com". */
  readonly purpose: string;
}

/** The only way to Exchange Online: cmdlets over the admin API (`InvokeCommand`), with token, retries and tracing. */
export class ExchangeTransport {
  readonly #parts: ExchangeParts;
  readonly #url: string;
  readonly #random: () => number;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#url = `${parts.exchangeUrl.replace(/\/$/, '')}/adminapi/beta/${parts.tenantId}/InvokeCommand`;
    this.#random = parts.random ?? Math.random;
  }

  /** What the cmdlet gives, all pages of it. @throws DomainError */
  async run(call: CmdletCall, options: CallOptions): Promise<readonly ExchangeRow[]> {
    const rows: ExchangeRow[] = [];
    let url: string | undefined = this.#url;
    while (url !== undefined) {
      const answer: HttpAnswer = await this.#answer(call, url, options);
      const body = parse(answer.text);
      if (answer.status >= 400) throw exchangeError(new ExchangeFailure(answer.status, body), call.purpose);
      const { value, '@odata.nextLink': next } = page.parse(body ?? {});
      rows.push(...value);
      // A further page is asked for with the same body.
      url = next === undefined ? undefined : this.#trusted(next);
    }
    return rows;
  }

  async #answer(call: CmdletCall, url: string, options: CallOptions): Promise<HttpAnswer> {
    const patience = new Patience(options.lane, this.#parts.clock);
    for (;;) {
      const sent = await this.#send(call, url, options).catch((error: unknown) => {
        if (error instanceof NetworkFailure) return error;
        throw error;
      });
      const verdict = verdictOf(sent);
      if (verdict === 'done' || !mayRepeat(verdict, patience)) return finalAnswer(sent, verdict, call.purpose);
      if (verdict !== 'renew') await this.#pause(patience, sent, options);
    }
  }

  async #pause(patience: Patience, sent: HttpAnswer | NetworkFailure, options: CallOptions): Promise<void> {
    const { clock, timer } = this.#parts;
    const asked = sent instanceof NetworkFailure ? undefined : retryAfter(sent.headers, clock.now());
    await sleep(timer, Math.max(asked ?? 0, backOff(patience.failures - 1, this.#random)), options.signal);
  }

  /** A call may be sent to the tenant's own region; token and body go along. */
  async #send(call: CmdletCall, url: string, options: CallOptions): Promise<HttpAnswer> {
    const { channel, clock, logger, tenantId, tokens } = this.#parts;
    const clientRequestId = options.requestId ?? randomUUID();
    const body = JSON.stringify({ CmdletInput: { CmdletName: call.cmdlet, Parameters: call.parameters } });
    let target = url;
    for (let redirects = 0; ; redirects += 1) {
      const token = await tokens.token();
      const started = clock.now().getTime();
      const answer = await channel.send({
        method: 'POST',
        url: target,
        headers: {
          authorization: `Bearer ${token.reveal()}`,
          accept: 'application/json',
          'content-type': 'application/json',
          'client-request-id': clientRequestId,
          'x-anchormailbox': `${ANCHOR}@${tenantId}`,
          'x-cmdletname': call.cmdlet,
          'x-responseformat': 'json',
        },
        body,
        signal: options.signal,
      });
      const milliseconds = clock.now().getTime() - started;
      const trace = { cmdlet: call.cmdlet, lane: options.lane, clientRequestId, status: answer.status, milliseconds };
      if (answer.status < 400) logger.debug(trace, 'Exchange Online answered');
      else logger.info(trace, 'Exchange Online refused');
      if (answer.status === 401) tokens.reject(token);
      const { location } = answer.headers;
      const isSentOn = [301, 302, 307, 308].includes(answer.status) && location !== undefined;
      if (!isSentOn || redirects >= MOST_REDIRECTS) return answer;
      target = this.#trusted(location);
    }
  }

  /** Our token goes to the host that was configured, and within Microsoft's cloud to the hosts of Exchange. */
  #trusted(link: string): string {
    const target = new URL(link, this.#url);
    const home = new URL(this.#url);
    const isMicrosoft = MICROSOFT_HOSTS.test(home.hostname) && MICROSOFT_HOSTS.test(target.hostname);
    const isHome = target.hostname === home.hostname && !isMicrosoft;
    if (target.protocol !== 'https:' || !(isHome || isMicrosoft)) throw new TypeError('A link led to another host');
    // The port of the server behind the gateway, which nobody outside reaches.
    if (isMicrosoft) target.port = '';
    return target.href;
  }
}

type Verdict = 'done' | 'throttled' | 'renew' | 'broken';

function verdictOf(sent: HttpAnswer | NetworkFailure): Verdict {
  if (sent instanceof NetworkFailure) return 'broken';
  if (sent.status === 401) return 'renew';
  if (sent.status === 429) return 'throttled';
  return TEMPORARY.has(sent.status) ? 'broken' : 'done';
}

function mayRepeat(verdict: Exclude<Verdict, 'done'>, patience: Patience): boolean {
  return verdict === 'renew' ? patience.mayRenew() : patience.hasLeft(verdict);
}

/** @throws DomainError when there is no answer that says more than our own words */
function finalAnswer(sent: HttpAnswer | NetworkFailure, verdict: Verdict, purpose: string): HttpAnswer {
  if (sent instanceof NetworkFailure) throw unreachable({ purpose }, sent);
  if (verdict === 'throttled') throw stillThrottled(purpose);
  return sent;
}

/** A refusal for want of a role has a body of NUL bytes. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
