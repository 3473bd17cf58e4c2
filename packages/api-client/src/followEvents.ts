import type { LiveEvent } from '@isthmus/contracts';
import { createParser } from 'eventsource-parser';
import { readLiveEvent } from './readLiveEvent.ts';

export interface FollowEventsOptions {
  readonly baseUrl: string;
  readonly onEvent: (event: LiveEvent) => void;
  /** After a (re)connection: something may have been missed, read everything again. */
  readonly onConnected: () => void;
  readonly onDisconnected?: () => void;
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
  readonly headers?: () => Readonly<Record<string, string>>;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

async function readStream(options: FollowEventsOptions): Promise<void> {
  const response = await (options.fetch ?? fetch)(`${options.baseUrl}/api/v1/events`, {
    headers: { accept: 'text/event-stream', 'x-isthmus-client': '1', ...options.headers?.() },
    signal: options.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`The event stream answered ${response.status}`);
  options.onConnected();
  const parser = createParser({
    onEvent: (message) => {
      const event = readLiveEvent(message.data);
      if (event !== undefined) options.onEvent(event);
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const chunk = await reader.read();
    if (chunk.done) return;
    parser.feed(chunk.value);
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Follows `/api/v1/events` until the signal, connecting again with growing pauses. */
export async function followEvents(options: FollowEventsOptions): Promise<void> {
  const isOver = (): boolean => options.signal.aborted;
  let delay = FIRST_DELAY_MS;
  while (!isOver()) {
    const began = Date.now();
    await readStream(options).catch(() => undefined);
    if (isOver()) return;
    options.onDisconnected?.();
    delay = Date.now() - began > LONGEST_DELAY_MS ? FIRST_DELAY_MS : Math.min(delay * 2, LONGEST_DELAY_MS);
    await pause(delay, options.signal);
  }
}
