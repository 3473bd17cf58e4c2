import { isDomainError, type Logger } from '@isthmus/kernel';
import type { HandOver } from './HandOver.ts';
import type { Outbox } from './Outbox.ts';
import type { PasswordCapture } from './PasswordCapture.ts';
import type { ServerChannel } from './ServerChannel.ts';
import { Wakeup } from './Wakeup.ts';

const EVERY_MS = 2_000;
const FIRST_LOOK_MS = 100;

/** Tells the server every few seconds how the capture is doing; an answer also proves that the server is back. */
export class StatusReporter {
  readonly #parts: {
    readonly capture: PasswordCapture;
    readonly outbox: Outbox;
    readonly handOver: HandOver;
    readonly channel: ServerChannel;
    readonly logger: Logger;
  };
  #reachable: boolean | undefined;

  constructor(parts: {
    capture: PasswordCapture;
    outbox: Outbox;
    handOver: HandOver;
    channel: ServerChannel;
    logger: Logger;
  }) {
    this.#parts = parts;
  }

  async run(signal: AbortSignal): Promise<void> {
    const pause = new Wakeup();
    while (!signal.aborted) {
      if (this.#parts.capture.hasLooked) await this.#report();
      await pause.wait(this.#parts.capture.hasLooked ? EVERY_MS : FIRST_LOOK_MS, signal);
    }
  }

  async #report(): Promise<void> {
    const { capture, outbox, handOver, channel, logger } = this.#parts;
    const status = {
      ...capture.state,
      dcHostName: capture.dcHostName,
      lastChangeAt: capture.lastChangeAt?.toISOString() ?? null,
      pending: outbox.size,
    };
    try {
      await channel.post('/agent/v1/status', status);
      if (this.#reachable !== true) logger.info({}, 'the server answers');
      this.#reachable = true;
      if (outbox.size > 0) handOver.wake();
    } catch (error) {
      if (!isDomainError(error)) throw error;
      if (this.#reachable !== false) logger.warn({ code: error.code, cause: String(error.cause) }, error.message);
      this.#reachable = false;
    }
  }
}
