import type { EmulatorControl } from '../index.ts';

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

/** Calls in the request log that differ in more than what they are about, and tells how many there are. */
export function distinctCalls(client: string, control: EmulatorControl): number {
  const calls = control
    .requests()
    .filter(({ batchItemId, url }) => batchItemId === null || !url.includes('$batch'))
    .map(({ method, url }) => `${method} ${names.reduce((text, [pattern, name]) => text.replace(pattern, name), url)}`);
  const count = new Set(calls).size;
  process.stdout.write(`${client}: ${count} different calls\n`);
  return count;
}
