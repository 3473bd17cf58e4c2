import { DomainError } from '@isthmus/kernel';

/** Errors whose cause is the machine, as sentences; everything else stays as it is. */
export function explainError(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
      return new DomainError({
        code: 'sandbox.disk-full',
        message: 'The disk is full.',
        remedy: 'Free about 500 MB and start again.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DomainError({
        code: 'sandbox.no-permission',
        message: `This account may not write ${path ?? 'a file it needs'}.`,
        remedy: 'Run as the owner of the checkout, or remove what another account left with "npm run sandbox:reset".',
        cause: error,
      });
    default:
      return error;
  }
}
