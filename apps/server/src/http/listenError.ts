import { DomainError } from '@isthmus/kernel';

/** Why the server cannot listen, in our words. */
export function listenError(cause: unknown, what: string, place: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new DomainError({
      code: 'http.port-taken',
      message: `${place} is taken by another program, so ${what} cannot be offered there.`,
      remedy: 'End the other program, or choose another address in the configuration.',
      cause,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new DomainError({
      code: 'http.address-unusable',
      message: `This server may not listen at ${place}.`,
      remedy: 'Choose an address of this machine, and a port above 1023 unless it runs as root.',
      cause,
    });
  }
  return cause;
}
