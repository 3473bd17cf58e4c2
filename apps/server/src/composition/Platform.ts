import type { Clock, Logger } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Connections } from '../connections/Connections.ts';
import type { Engine } from '../engine/Engine.ts';
import type { LiveEvents } from '../events/LiveEvents.ts';
import type { Alerts } from '../features/alerts/Alerts.ts';
import type { Audit } from '../features/audit/Audit.ts';
import type { Jobs } from '../features/jobs/Jobs.ts';
import type { Timeline } from '../features/timeline/Timeline.ts';
import type { SecretStore } from '../storage/SecretStore.ts';
import type { SettingStore } from '../storage/SettingStore.ts';
import type { Database } from '../storage/schema.ts';

/** What every feature may use; made once in `composition/`, given to features as an argument. */
export interface Platform {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Kysely<Database>;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly audit: Audit;
  readonly timeline: Timeline;
  readonly alerts: Alerts;
  readonly events: LiveEvents;
  readonly secrets: SecretStore;
  readonly settings: SettingStore;
  readonly connections: Connections;
}

/** A part that works by itself while the server runs. */
export interface Service {
  start(): Promise<void>;
  /** Lets the work in hand end. */
  stop(): Promise<void>;
}
