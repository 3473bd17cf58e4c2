import { DomainError } from '@isthmus/kernel';
import type { GraphAnswer, GraphRequest } from '../graph/GraphRequest.ts';
import type { GraphTransport } from '../graph/GraphTransport.ts';
import { GraphFailure, graphError } from '../graph/graphErrors.ts';

/** Together about five minutes: what one report gives as the longest time for a new service principal. */
const WAITS = [500, 1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 21_000, 30_000, 30_000, 30_000, 30_000, 60_000, 60_000];

/**
 * An application may exist any number of times, so what might have been made is looked for longer than replication
 * usually takes before it is made again.
 */
const LOOKS_AFTER = { written: Number.POSITIVE_INFINITY, unknown: 5, early: 0 } as const;

const PERMISSION = 'the role Global Administrator to the person who signs in';

interface Writing {
  readonly request: Omit<GraphRequest, 'permission'>;
  /** How many more times to look before sending: none at first, some after an outcome that nobody told us. */
  onlyLook: number;
  last: Error | undefined;
}

/** Calls of the set-up in the name of the administrator, with the patience that a new object in the tenant needs. */
export class RegistrationContext {
  readonly transport: GraphTransport;
  readonly #signal: AbortSignal | undefined;

  constructor(transport: GraphTransport, signal?: AbortSignal) {
    this.transport = transport;
    this.#signal = signal;
  }

  get options() {
    return { lane: 'interactive', ...(this.#signal === undefined ? {} : { signal: this.#signal }) } as const;
  }

  /** The body of what is there; undefined when nothing is. */
  async find(path: string, purpose: string): Promise<unknown> {
    const request: GraphRequest = { method: 'GET', path, permission: PERMISSION, purpose };
    const answer = await this.transport.answer(request, this.options);
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw graphError(answer, request);
    return answer.body;
  }

  /** {@link writeMissing} for one object; the answer is what `look` found. */
  async lookOrWrite<T>(
    request: Omit<GraphRequest, 'permission'>,
    look: () => Promise<T | undefined>,
    isEarly: (failure: GraphFailure) => boolean,
  ): Promise<T> {
    let found: T | undefined;
    const key = request.path;
    const lookOnce = async () => {
      found = await look();
      return new Set(found === undefined ? [] : [key]);
    };
    await this.writeMissing(new Map([[key, request]]), lookOnce, isEarly);
    if (found === undefined) throw this.#notShown(request.purpose);
    return found;
  }

  /**
   * Looks which of the objects are there, writes only those that are not, and looks until all show. Refusals for which
   * `isEarly` holds come from replicas that have not seen the objects named, and are repeated, looking each time.
   */
  async writeMissing<K>(
    wanted: ReadonlyMap<K, Omit<GraphRequest, 'permission'>>,
    look: () => Promise<ReadonlySet<K>>,
    isEarly: (failure: GraphFailure) => boolean,
  ): Promise<void> {
    const open = new Map<K, Writing>();
    for (const [key, request] of wanted) open.set(key, { request, onlyLook: 0, last: undefined });
    const close = (shown: ReadonlySet<K>) => {
      for (const key of shown) open.delete(key);
    };
    close(await look());
    for (const wait of WAITS) {
      if (open.size === 0) return;
      // One after the other: writes to one object side by side are refused.
      for (const writing of open.values()) await this.#writeOnce(writing, isEarly);
      close(await look());
      if (open.size > 0) await this.wait(wait);
    }
    for (const { last, request } of open.values()) throw last ?? this.#notShown(request.purpose);
  }

  async #writeOnce(writing: Writing, isEarly: (failure: GraphFailure) => boolean): Promise<void> {
    if (writing.onlyLook > 0) {
      writing.onlyLook -= 1;
      return;
    }
    const sent = await this.#send(writing.request, isEarly);
    writing.onlyLook = LOOKS_AFTER[sent.state];
    writing.last = sent.trouble;
  }

  async #send(
    request: Omit<GraphRequest, 'permission'>,
    isEarly: (failure: GraphFailure) => boolean,
  ): Promise<{ state: keyof typeof LOOKS_AFTER; trouble?: Error }> {
    const full: GraphRequest = { ...request, permission: PERMISSION };
    const outcome = await this.transport.attempt(full, this.options);
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.kind === 'unknown') return { state: 'unknown', trouble: outcome.cause };
    const { answer } = outcome;
    if (answer.status < 400) return { state: 'written' };
    const error = graphError(answer, full);
    const failure = new GraphFailure(answer);
    if (isThereAlready(failure)) return { state: 'written', trouble: error };
    if (isEarly(failure)) return { state: 'early', trouble: error };
    throw error;
  }

  /** Removes; nothing there counts as removed. */
  async remove(path: string, purpose: string): Promise<GraphAnswer> {
    const request: GraphRequest = { method: 'DELETE', path, permission: PERMISSION, purpose, repeatable: true };
    return this.transport.answer(request, this.options);
  }

  removalError(answer: GraphAnswer, purpose: string): Error {
    return graphError(answer, { method: 'DELETE', path: '', permission: PERMISSION, purpose });
  }

  /** Repeats a step until it gives something, as long as the tenant may take to learn of a new object. */
  async patiently<T>(step: () => Promise<T | undefined>, givingUp: () => Error): Promise<T> {
    for (const wait of WAITS) {
      const result = await step();
      if (result !== undefined) return result;
      await this.wait(wait);
    }
    throw givingUp();
  }

  wait(milliseconds: number): Promise<void> {
    return this.transport.wait(milliseconds, this.options);
  }

  #notShown(purpose: string): DomainError {
    return new DomainError({
      code: 'online.busy',
      message: `Microsoft 365 accepted the call to ${purpose}, but does not show the result yet.`,
      remedy: 'Continue in a few minutes; what is there already is used.',
      retryable: true,
    });
  }
}

/** The many ways in which the service says that an earlier call did the work. */
function isThereAlready(failure: GraphFailure): boolean {
  return (
    failure.code === 'Request_MultipleObjectsWithSameKeyValue' ||
    /already in use|already exists|conflicting object with one or more/i.test(failure.message)
  );
}
