import type { Home } from '@isthmus/contracts';
import type { HomeCounts } from './readCounts.ts';

type Task = Home['tasks'][number];

export interface TaskFacts {
  readonly directoryConnected: boolean;
  readonly integrated: boolean;
  readonly captureReady: boolean;
  readonly captureKnown: boolean;
  /** Where Windows keeps the passwords to itself there is nothing to install. */
  readonly capturePossible: boolean;
  readonly counts: HomeCounts;
}

function accountsTask({ integrated, counts }: TaskFacts): Task {
  const id = 'add-online-accounts';
  const count = counts.waitingForAccount;
  if (!integrated) return { id, state: 'not-started', count };
  if (count === 0) return { id, state: counts.linked > 0 ? 'done' : 'not-needed', count };
  return { id, state: counts.linked > 0 ? 'in-progress' : 'not-started', count };
}

function captureTask({ captureReady, captureKnown, capturePossible }: TaskFacts): Task {
  const open = capturePossible ? 'not-started' : 'not-needed';
  const state = captureReady ? 'done' : captureKnown ? 'in-progress' : open;
  return { id: 'capture-passwords', state, count: null };
}

/** Pure: what is left to be set up, in the order in which it is best done. */
export function setupTasks(facts: TaskFacts): Task[] {
  const done = (isDone: boolean): Task['state'] => (isDone ? 'done' : 'not-started');
  return [
    { id: 'connect-directory', state: done(facts.directoryConnected), count: null },
    { id: 'integrate', state: done(facts.integrated), count: null },
    accountsTask(facts),
    captureTask(facts),
    { id: 'second-administrator', state: done(facts.counts.administrators > 1), count: facts.counts.administrators },
  ];
}
