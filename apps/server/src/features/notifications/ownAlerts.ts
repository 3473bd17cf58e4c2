import type { Notice } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { OWN_CODES } from './mailedAlerts.ts';

const NOT_SENT = `${OWN_CODES}not-sent`;
const NOT_TAKEN = `${OWN_CODES}not-taken`;

/** A mail server may be away for a while; that often is more than a while. */
const ALERT_AFTER_ATTEMPTS = 3;

/** Says in the dashboard what cannot be said by mail, or that it is over. */
export async function tellOfDelivery(
  { alerts }: Platform,
  { failedAttempts, problem }: { readonly failedAttempts: number; readonly problem: Notice | null },
): Promise<void> {
  if (problem !== null && failedAttempts >= ALERT_AFTER_ATTEMPTS) {
    await alerts.raise({
      code: NOT_SENT,
      severity: 'warning',
      title: 'Alerts cannot be sent by e-mail',
      detail: `${problem.message} What there is to tell waits and is tried again.`,
      remedy: problem.remedy ?? 'Look at Settings > Notifications.',
    });
  } else if (failedAttempts === 0) {
    await alerts.resolve(NOT_SENT);
  }
  if (problem !== null && failedAttempts === 0) {
    await alerts.raise({
      code: NOT_TAKEN,
      severity: 'warning',
      title: 'Alerts do not reach everybody by e-mail',
      detail: problem.message,
      remedy: problem.remedy ?? 'Look at Settings > Notifications.',
    });
  } else {
    await alerts.resolve(NOT_TAKEN);
  }
}
