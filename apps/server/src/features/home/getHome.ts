import type { Home } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { findController } from '../../mirrors/findController.ts';
import type { PostgresAlerts } from '../alerts/index.ts';
import { findIntegrationRecord, findPasswordCapture, type IntegrationParts } from '../integration/index.ts';
import { certificateHealth, type FeedFacts, licenseHealth, passwordHealth, sideHealth } from './health.ts';
import { readCounts } from './readCounts.ts';
import { setupTasks } from './setupTasks.ts';

/** What Home shows beside what the platform knows. */
export interface HomeParts {
  readonly alerts: PostgresAlerts;
  readonly findOrganization: () => Promise<string>;
  readonly findServerCertificate: IntegrationParts['findServerCertificate'];
}

const ALERTS_SHOWN = 3;

async function readFeeds(platform: Platform): Promise<{ directory: FeedFacts; tenant: FeedFacts }> {
  const rows = await platform.database
    .selectFrom('feed')
    .select(['name', 'contacted_at', 'updated_at', 'problem'])
    .execute();
  const feed = (name: 'directory' | 'tenant'): FeedFacts => {
    const row = rows.find((entry) => entry.name === name);
    return { heardAt: row?.contacted_at ?? row?.updated_at ?? undefined, problem: row?.problem ?? undefined };
  };
  return { directory: feed('directory'), tenant: feed('tenant') };
}

/** Set-up tasks, health and numbers, from what this server holds; nothing here waits for another machine. */
export async function getHome(platform: Platform, parts: HomeParts): Promise<Home> {
  const { database, settings, connections } = platform;
  const now = platform.clock.now();
  const [counts, feeds, licenses, record, capture, alerts, organization, certificate, inUse] = await Promise.all([
    readCounts(database, now),
    readFeeds(platform),
    database.selectFrom('license').select(['name', 'total', 'used', 'state']).orderBy('name').execute(),
    findIntegrationRecord(settings),
    findPasswordCapture(settings, now),
    parts.alerts.list(ALERTS_SHOWN),
    parts.findOrganization(),
    parts.findServerCertificate(),
    findController(settings),
  ]);
  const integrated = record !== undefined;
  const { people, active, linked, withoutOnlineAccount, runningJobs } = counts;
  return {
    organization,
    tasks: setupTasks({
      directoryConnected: connections.findDirectory() !== undefined,
      integrated,
      captureReady: capture?.state === 'ready',
      captureKnown: capture !== undefined,
      capturePossible: inUse?.vendor !== 'windows',
      counts,
    }),
    health: [
      sideHealth('directory', connections.findDirectory() !== undefined, feeds.directory),
      sideHealth('microsoft365', integrated, feeds.tenant),
      passwordHealth({ capture, rejected: counts.passwordsRejected, integrated }),
      licenseHealth(licenses, integrated, feeds.tenant.heardAt),
      certificateHealth(certificate?.expiresAt, now),
      // The numbers above have just been read from it.
      { id: 'database', state: 'good', checkedAt: now.toISOString(), notice: null },
    ],
    counts: { people, active, linked, withoutOnlineAccount },
    alerts: [...alerts],
    runningJobs,
  };
}
