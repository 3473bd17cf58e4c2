import { mkdir } from 'node:fs/promises';
import type { Logger } from '@isthmus/kernel';
import type { AgentConfig } from './config.ts';
import { endGpgAgent } from './gpg.ts';
import { HandOver } from './HandOver.ts';
import { Outbox } from './Outbox.ts';
import { PasswordCapture } from './PasswordCapture.ts';
import { PrivilegedDirectory } from './PrivilegedDirectory.ts';
import { loadPosition } from './position.ts';
import { ServerChannel } from './ServerChannel.ts';
import { StatusReporter } from './StatusReporter.ts';

export interface AgentOptions {
  readonly config: AgentConfig;
  readonly logger: Logger;
  /** Ends the agent. */
  readonly signal: AbortSignal;
  /** Called once, when the capture runs. */
  readonly onReady: () => void;
}

/** Captures, hands over and reports until it is told to end. */
export async function runAgent({ config, logger, signal, onReady }: AgentOptions): Promise<void> {
  await mkdir(config.stateFolder, { recursive: true, mode: 0o700 });
  const { outbox, damaged } = await Outbox.open(config.stateFolder);
  if (damaged > 0) logger.warn({ damaged }, 'waiting passwords are damaged, taking them from the directory again');
  const channel = new ServerChannel(config.server);
  const handOver = new HandOver(outbox, channel, logger);
  const directory = new PrivilegedDirectory(config.ldapiSocket);
  const capture = new PasswordCapture({
    config,
    directory,
    outbox,
    logger,
    position: damaged > 0 ? undefined : await loadPosition(config.stateFolder, logger),
    onCaptured: () => handOver.wake(),
    onReady,
  });
  const reporter = new StatusReporter({ capture, outbox, handOver, channel, logger });
  const failure = new AbortController();
  const ending = AbortSignal.any([signal, failure.signal]);
  const guard = (part: Promise<void>): Promise<void> =>
    part.catch((error: unknown) => {
      failure.abort(error);
      throw error;
    });
  try {
    await Promise.all([capture, handOver, reporter].map((part) => guard(part.run(ending))));
  } finally {
    await directory.close();
    channel.close();
    await endGpgAgent(config.gnupgHome);
  }
}
