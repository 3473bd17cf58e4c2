import type { Notice } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';

/** What a person is told about an error; an unknown one is not shown, only logged. */
export function noticeOf(error: unknown): Notice {
  if (error instanceof DomainError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.field === undefined ? {} : { field: error.field }),
    };
  }
  return {
    code: 'server.unexpected',
    message: 'Something unexpected went wrong on the server.',
    remedy: 'Try again; the log of the server says more.',
  };
}
