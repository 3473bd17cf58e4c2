/** One call as the log keeps it: never a body, never a token, never a password. */
export interface LoggedRequest {
  /** Which call it was since the start or the last clearing, the first being 1. */
  readonly number: number;
  readonly at: string;
  readonly method: string;
  /** Path and query; values that are secrets are masked. */
  readonly url: string;
  readonly status: number;
  readonly durationMs: number;
  readonly requestId: string;
  readonly clientRequestId: string | null;
  /** Client id of the calling application. */
  readonly appId: string | null;
  readonly userId: string | null;
  /** Set for an item of a `$batch`. */
  readonly batchItemId: string | null;
  readonly resourceUnits: number;
  readonly fault: string | null;
}

export interface RequestFilter {
  readonly clientRequestId?: string | undefined;
  readonly method?: string | undefined;
  /** Part of the URL. */
  readonly url?: string | undefined;
  readonly status?: number | undefined;
  /** Only calls that came after the one with this number. */
  readonly after?: number | undefined;
}

const SECRET_PARAMETERS = /([?&](?:code|client_secret|client_assertion|password|refresh_token|id_token_hint)=)[^&]*/gi;

/** A call as it is handed in. It is put into words only when somebody reads the log, as most calls nobody looks at. */
export interface FinishedRequest extends Omit<LoggedRequest, 'number' | 'at'> {
  readonly at: Date;
}

interface Entry {
  readonly entry: FinishedRequest;
  readonly number: number;
}

/** The last calls, newest last. */
export class RequestLog {
  readonly #size: () => number;
  #entries: Entry[] = [];
  #total = 0;

  constructor(size: () => number) {
    this.#size = size;
  }

  /** All calls since the start, also those that are no longer kept. */
  get total(): number {
    return this.#total;
  }

  add(entry: FinishedRequest): void {
    this.#total += 1;
    this.#entries.push({ entry, number: this.#total });
    const size = this.#size();
    if (this.#entries.length > size + 1000 || size === 0) this.#entries = size === 0 ? [] : this.#entries.slice(-size);
  }

  list(filter: RequestFilter = {}): LoggedRequest[] {
    const kept = this.#entries.slice(-this.#size() || this.#entries.length);
    return kept.map(shown).filter((entry) => matches(entry, filter));
  }

  clear(): void {
    this.#entries = [];
    this.#total = 0;
  }
}

function shown({ entry, number }: Entry): LoggedRequest {
  const url = entry.url.replace(SECRET_PARAMETERS, '$1[masked]');
  return { ...entry, number, at: entry.at.toISOString(), url };
}

function matches(entry: LoggedRequest, filter: RequestFilter): boolean {
  return (
    (filter.clientRequestId === undefined || entry.clientRequestId === filter.clientRequestId) &&
    (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
    (filter.url === undefined || entry.url.includes(filter.url)) &&
    (filter.status === undefined || entry.status === filter.status) &&
    (filter.after === undefined || entry.number > filter.after)
  );
}
