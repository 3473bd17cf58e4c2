import { DomainError } from '@isthmus/kernel';

const CONNECTION_PROBLEMS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
/** SQLSTATE classes: 08 connection, 57P shutdown or crash of the server, 53300 too many connections. */
const UNREACHABLE = /^(08|57P|53300)/;
const DISK_FULL = '53100';

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The database's own troubles as domain errors; undefined for everything that is not the database's fault. */
export function findDatabaseError(cause: unknown): DomainError | undefined {
  const code = codeOf(cause);
  if (code === DISK_FULL) {
    return new DomainError({
      code: 'storage.disk-full',
      message: 'The database has no space left on its disk.',
      remedy: 'Free space on the disk that holds the database.',
      retryable: true,
      cause,
    });
  }
  const message = cause instanceof Error ? cause.message : '';
  const isBroken = /connection terminated|timeout exceeded when trying to connect/i.test(message);
  if (isBroken || UNREACHABLE.test(code) || CONNECTION_PROBLEMS.has(code)) return unreachableDatabase(cause);
  return undefined;
}

export function unreachableDatabase(cause: unknown): DomainError {
  return new DomainError({
    code: 'storage.unreachable',
    message: 'The database does not answer.',
    remedy: 'Check that PostgreSQL runs and that DATABASE_URL, if it is used, names it rightly.',
    retryable: true,
    cause,
  });
}
