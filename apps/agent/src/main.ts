import { debuglog, parseArgs } from 'node:util';
import { isDomainError } from '@isthmus/kernel';
import { type AgentConfig, loadConfig } from './config.ts';
import { jsonLogger } from './jsonLogger.ts';
import { runAgent } from './runAgent.ts';

const USAGE = 'Usage: node apps/agent/src/main.ts --config FILE\n';
const logger = jsonLogger((line) => process.stderr.write(line));

/** What the LDAP library and Node write for their own developers would hold passwords. */
function refuseDebugLogs(): boolean {
  if (!['ldapts', 'http', 'net', 'child_process'].some((name) => debuglog(name).enabled)) return false;
  logger.error({}, 'NODE_DEBUG would write passwords into the log; take it out of the environment');
  return true;
}

function endingOf(config: AgentConfig): AbortSignal {
  const ending = new AbortController();
  const end = (reason: string) => (): void => {
    if (!ending.signal.aborted) logger.info({ reason }, 'ending');
    ending.abort();
  };
  process.on('SIGTERM', end('SIGTERM'));
  process.on('SIGINT', end('SIGINT'));
  if (config.lifeline === 'stdin') {
    process.stdin.on('end', end('standard input ended')).on('error', end('standard input failed')).resume();
  }
  return ending.signal;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (refuseDebugLogs()) return 1;
  const config = await loadConfig(values.config);
  const signal = endingOf(config);
  logger.info({ ldapiSocket: config.ldapiSocket, stateFolder: config.stateFolder }, 'started');
  await runAgent({
    config,
    logger,
    signal,
    onReady: () => process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`),
  });
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (isDomainError(error)) logger.error({ code: error.code, remedy: error.remedy }, error.message);
  else logger.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'failed');
  return 1;
});
// An open standard input, the lifeline, must not hold the process.
process.stdin.destroy();
