import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, type Logger } from '@isthmus/kernel';
import pino from 'pino';
import type { Configuration } from './Configuration.ts';

const LONGEST_LOG = 20 * 1024 * 1024;
/** Names under which a secret might be logged by mistake, at the top and one level below. */
const SECRETS = ['password', 'token', 'authorization', 'cookie', 'privateKeyPem', 'sealed', 'secret'];

function keepLogShort(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LONGEST_LOG) renameSync(file, `${file}.1`);
}

/** An error as it is logged: the message, our code and the stack, but never fields that a library hung onto it. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: error.message,
    ...(error instanceof DomainError ? { code: error.code } : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: errorForLog(error.cause) }),
  };
}

/** JSON lines on standard output and in `log/isthmus.log` of the data folder. */
export function createLogger(dataFolder: string, level: Configuration['logLevel']): Logger {
  const folder = join(dataFolder, 'log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'isthmus.log');
  keepLogShort(file);
  const streams = pino.multistream([
    { level, stream: process.stdout },
    { level, stream: pino.destination({ dest: file, mode: 0o600 }) },
  ]);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: errorForLog },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
    },
    streams,
  );
}
