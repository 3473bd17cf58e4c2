import type { Logger } from '@isthmus/kernel';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;

/** One JSON object a line, in the shape that pino writes. Callers never pass secrets. */
export function jsonLogger(write: (line: string) => void, pid: number = process.pid): Logger {
  const log =
    (level: keyof typeof LEVELS) =>
    (fields: object, message?: string): void => {
      const line = { level: LEVELS[level], time: Date.now(), pid, name: 'isthmus-agent', ...fields, msg: message };
      write(`${JSON.stringify(line)}\n`);
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}
