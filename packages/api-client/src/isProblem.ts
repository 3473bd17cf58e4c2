import type { Problem } from '@isthmus/contracts';

const isText = (value: unknown): boolean => typeof value === 'string';

/** Checked by hand: with its schema, zod would be a tenth of what a browser loads before the first screen. */
export function isProblem(answer: unknown): answer is Problem {
  if (typeof answer !== 'object' || answer === null) return false;
  const { type, title, status, code, detail, requestId, errors } = answer as Partial<Record<keyof Problem, unknown>>;
  return (
    [type, title, code, detail, requestId].every(isText) &&
    Number.isInteger(status) &&
    (errors === undefined || Array.isArray(errors))
  );
}
