import type { Platform } from '../../composition/Platform.ts';
import { DirectoryClock } from '../../connections/DirectoryClock.ts';
import type { PasswordOutbox, People, PlanPerformer } from './People.ts';
import { PeoplePerformer } from './PeoplePerformer.ts';
import type { PersonLocks } from './PersonLocks.ts';
import { PostgresPersonStore } from './store/PostgresPersonStore.ts';

export function createPersonStore(platform: Pick<Platform, 'database' | 'clock'>): People {
  return new PostgresPersonStore(platform.database, platform.clock);
}

export function createPerformer(
  platform: Platform,
  parts: {
    readonly people: People;
    readonly passwords: PasswordOutbox;
    readonly locks: PersonLocks;
    readonly licensesChanged: () => void;
  },
): PlanPerformer {
  const { clock, database, connections, secrets } = platform;
  const { people, passwords, locks, licensesChanged } = parts;
  const directoryClock = new DirectoryClock(connections, clock);
  const tools = { clock, directoryClock, database, connections, secrets, people, passwords, licensesChanged };
  return new PeoplePerformer(platform, tools, locks);
}
