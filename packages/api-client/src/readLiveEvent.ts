import type { LiveEvent } from '@isthmus/contracts';

const topics: Readonly<Record<LiveEvent['topic'], (event: Readonly<Record<string, unknown>>) => boolean>> = {
  users: ({ ids }) => ids === null || (Array.isArray(ids) && ids.every((id) => typeof id === 'string')),
  job: ({ id }) => typeof id === 'string',
  jobs: () => true,
  sync: () => true,
  integration: () => true,
  alerts: () => true,
};

/** Read by hand, for the reason given at `isProblem`. A topic that a newer server tells of is left out. */
export function readLiveEvent(data: string): LiveEvent | undefined {
  const event: unknown = JSON.parse(data);
  if (typeof event !== 'object' || event === null || !('topic' in event)) return undefined;
  const { topic } = event;
  if (typeof topic !== 'string' || !Object.hasOwn(topics, topic)) return undefined;
  const fits = topics[topic as LiveEvent['topic']]({ ...event });
  return fits ? (event as LiveEvent) : undefined;
}
