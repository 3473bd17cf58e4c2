import { connectLdapDirectory, type Directory } from '@isthmus/directory';
import { type Clock, DomainError, isDomainError, type Logger } from '@isthmus/kernel';
import type { DirectoryAccess } from './directoryRecord.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Connects in the background and tries again until it succeeds, so that the server starts without a directory. */
export class DirectoryLink {
  readonly access: DirectoryAccess;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #onConnected: () => void;
  #directory: Directory | undefined;
  #problem: DomainError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(access: DirectoryAccess, parts: { clock: Clock; logger: Logger; onConnected: () => void }) {
    this.access = access;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
    this.#onConnected = parts.onConnected;
  }

  find(): Directory | undefined {
    return this.#directory;
  }

  /** @throws DomainError with what stood against the last try */
  get(): Directory {
    if (this.#directory !== undefined) return this.#directory;
    throw (
      this.#problem ??
      new DomainError({
        code: 'directory.unreachable',
        message: 'The directory is not connected yet.',
        remedy: 'Wait a moment; the server connects by itself.',
        retryable: true,
      })
    );
  }

  /** One try now, and further ones by itself if it fails. */
  async connect(pauseMs: number = FIRST_PAUSE_MS): Promise<void> {
    const { record, password } = this.access;
    try {
      const directory = await connectLdapDirectory({
        urls: record.urls,
        caPem: record.caPem,
        bindDn: record.bindDn,
        bindPassword: password,
        managedOu: record.managedOu,
        ...(record.baseDn === undefined ? {} : { baseDn: record.baseDn }),
        clock: this.#clock,
        logger: this.#logger,
      });
      if (this.#closed) return await directory.close();
      this.#directory = directory;
      this.#problem = undefined;
      this.#logger.info({ urls: record.urls }, 'the directory is connected');
      this.#onConnected();
    } catch (error) {
      this.#problem = isDomainError(error) ? error : undefined;
      this.#logger.warn({ error, retryInMs: pauseMs }, 'the directory could not be connected');
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.connect(Math.min(pauseMs * 2, LONGEST_PAUSE_MS)), pauseMs);
      this.#timer.unref();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#directory?.close();
    this.#directory = undefined;
  }
}
