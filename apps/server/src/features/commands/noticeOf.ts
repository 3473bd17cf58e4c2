import type { Notice } from '@isthmus/contracts';
import { DomainError, isDomainError } from '@isthmus/kernel';

/** What a person is told about an error; an error that is not ours gives no detail away. */
export function noticeOf(error: unknown): Notice {
  if (!isDomainError(error)) {
    return {
      code: 'server.unexpected',
      message: 'Something unexpected happened.',
      remedy: 'Try again; the log of the server has the details.',
    };
  }
  return {
    code: error.code,
    message: error.message,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    ...(error.field === undefined ? {} : { field: error.field }),
  };
}

/** The notice of a plan as the error of a command that cannot be carried out. */
export function errorOf(notice: Notice): DomainError {
  const { code, message, remedy, field } = notice;
  return new DomainError({
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(field === undefined ? {} : { field }),
  });
}
