import type { LoggedRequest } from '../index.ts';

const names: readonly (readonly [RegExp, string])[] = [
  [/\?.*$/, ''],
  [/\([^)]*\)/g, '()'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}'],
  [/\/[^/]*(@|%40)[^/]*/g, '/{id}'],
  [/\/(b!|01[A-Z2-7]{20})[^/:]*/g, '/{id}'],
  [/\/[^/]*,[^/]*/g, '/{id}'],
  [/:\/.*?(:(?=\/)|$)/g, ':{path}:'],
  [/(\/items\/|\/domains\/)[^/]+/g, '$1{id}'],
];

/** How many calls differ in more than what they are about; it is also written out. */
export function distinctCalls(client: string, requests: readonly LoggedRequest[]): number {
  const calls = requests
    .filter(({ batchItemId, url }) => batchItemId === null || !url.includes('$batch'))
    .map(({ method, url }) => `${method} ${names.reduce((text, [pattern, name]) => text.replace(pattern, name), url)}`);
  const count = new Set(calls).size;
  process.stdout.write(`${client}: ${count} different calls\n`);
  return count;
}
