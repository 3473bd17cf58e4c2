import type { SetUpAttempt } from '@isthmus/contracts';

/** States in which closing the wizard has to take something back. */
export function needsCancel(attempt: SetUpAttempt | undefined): attempt is SetUpAttempt {
  return attempt !== undefined && !['done', 'cancelled', 'expired'].includes(attempt.state);
}

/** The tenant that the signed-in administrator belongs to, when nothing stands against connecting it. */
export function chosenTenant(attempt: SetUpAttempt | undefined): SetUpAttempt['tenant'] {
  if (attempt?.state !== 'signed-in' || attempt.problem !== null) return null;
  return attempt.tenant;
}
