import { liveEventSchema } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import { readLiveEvent } from './readLiveEvent.ts';

const id = '00000001-0000-4000-8000-000000000002';

test.each([
  { topic: 'users', ids: null },
  { topic: 'users', ids: [id] },
  { topic: 'users', ids: 'many' },
  { topic: 'users' },
  { topic: 'job', id },
  { topic: 'job' },
  ...['jobs', 'sync', 'integration', 'alerts', 'toString', 'unknown'].map((topic) => ({ topic })),
  { topic: 7 },
  {},
  null,
  'jobs',
])('%j is an event exactly when the schema says so', (sent) => {
  const parsed = liveEventSchema.safeParse(sent);
  expect(readLiveEvent(JSON.stringify(sent))).toEqual(parsed.success ? sent : undefined);
});
