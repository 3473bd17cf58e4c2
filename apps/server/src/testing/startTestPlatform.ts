import { randomBytes } from 'node:crypto';
import type { Directory } from '@isthmus/directory';
import { type Clock, Secret, silentLogger, systemClock } from '@isthmus/kernel';
import type { Microsoft365 } from '@isthmus/microsoft365';
import type { Platform } from '../composition/Platform.ts';
import type { Connections, DirectorySettings } from '../connections/Connections.ts';
import { LiveEvents } from '../events/LiveEvents.ts';
import { PostgresAlerts } from '../features/alerts/index.ts';
import { HashChainedAudit } from '../features/audit/index.ts';
import { DatabaseTimeline } from '../features/timeline/index.ts';
import { DatabaseSettingStore } from '../storage/DatabaseSettingStore.ts';
import { SealedSecretStore } from '../storage/SealedSecretStore.ts';
import { createTestDatabase, type TestDatabase } from '../storage/testing/index.ts';
import { FakeDirectory } from './FakeDirectory.ts';
import { FakeMicrosoft365 } from './FakeMicrosoft365.ts';

const ADMINISTRATORS = 'CN=Isthmus Administrators,OU=Groups,DC=corp,DC=contoso,DC=test';

/** Both outside worlds as tests plug them in. */
class TestConnections implements Connections {
  directory: Directory | undefined;
  microsoft365: Microsoft365 | undefined;
  settings: DirectorySettings = {
    managedOu: 'OU=Staff,DC=corp,DC=contoso,DC=test',
    administratorsGroup: ADMINISTRATORS,
    helpDeskGroup: undefined,
    readersGroup: undefined,
  };
  readonly #listeners: ((side: 'directory' | 'microsoft365') => void)[] = [];

  findDirectory = () => this.directory;
  findMicrosoft365 = () => this.microsoft365;

  getDirectory(): Directory {
    if (this.directory === undefined) throw new TypeError('No directory is plugged in');
    return this.directory;
  }

  getMicrosoft365(): Microsoft365 {
    if (this.microsoft365 === undefined) throw new TypeError('No tenant is plugged in');
    return this.microsoft365;
  }

  getDirectorySettings = () => this.settings;

  onChange(listener: (side: 'directory' | 'microsoft365') => void): void {
    this.#listeners.push(listener);
  }

  announce(side: 'directory' | 'microsoft365'): void {
    for (const listener of this.#listeners) listener(side);
  }
}

/** A platform over a real database of its own, with a directory and a tenant in memory. */
export async function startTestPlatform(
  clock: Clock = systemClock,
  openDatabase: () => Promise<TestDatabase> = createTestDatabase,
) {
  const { database, address, drop } = await openDatabase();
  const directory = new FakeDirectory();
  const microsoft365 = new FakeMicrosoft365();
  const connections = new TestConnections();
  // The fakes have what the mirrors and the performer use; a call of anything else fails the test.
  connections.directory = directory as unknown as Directory;
  connections.microsoft365 = microsoft365 as unknown as Microsoft365;
  const events = new LiveEvents();
  const unused = (): never => {
    throw new TypeError('Not part of this test');
  };
  const platform: Platform = {
    clock,
    logger: silentLogger,
    database,
    engine: { define: unused, run: unused, start: unused, stop: unused },
    jobs: { define: unused, start: unused, get: unused, wait: unused },
    audit: new HashChainedAudit(database, clock),
    timeline: new DatabaseTimeline(database, clock),
    alerts: new PostgresAlerts({ database, clock, events }),
    events,
    secrets: new SealedSecretStore(database, new Secret<Uint8Array>(randomBytes(32)), clock),
    settings: new DatabaseSettingStore(database, clock),
    connections,
  };
  return { platform, database, address, directory, microsoft365, connections, drop };
}
export type TestPlatform = Awaited<ReturnType<typeof startTestPlatform>>;

/** Waits until the condition holds; the test's own time limit ends a wait in vain. */
export async function until<T>(condition: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
