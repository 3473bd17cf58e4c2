import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One call of Graph and its answer, as they are held against Microsoft's description afterwards. */
export interface Exchange {
  readonly method: string;
  /** Below `/v1.0`, with the query. */
  readonly path: string;
  readonly status: number;
  /** JSON bodies only. */
  readonly requestBody?: unknown;
  readonly responseBody?: unknown;
}

/**
 * Writes down every exchange for tests that check them. Bodies hold passwords, so only the owner may read the file, and
 * whoever asked for it removes it. Each line is written at once: a killed process loses none.
 */
export class ExchangeRecorder {
  readonly #file: number;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = openSync(join(folder, `${process.pid}-${randomUUID()}.ndjson`), 'ax', 0o600);
  }

  record(exchange: Exchange): void {
    writeSync(this.#file, `${JSON.stringify(exchange)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
