import type { Clock } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { LiveEvents } from '../../events/LiveEvents.ts';
import type { Database } from '../../storage/schema.ts';
import { PostgresAlerts } from './PostgresAlerts.ts';

export type { Alerts, NewAlert } from './Alerts.ts';
export { PostgresAlerts } from './PostgresAlerts.ts';
export { registerAlerts } from './routes.ts';

export function createAlerts(parts: {
  readonly database: Kysely<Database>;
  readonly clock: Clock;
  readonly events: LiveEvents;
}): PostgresAlerts {
  return new PostgresAlerts(parts);
}
