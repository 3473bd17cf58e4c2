import type { Notice } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';

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
