import type { GraphCall } from '../GraphCall.ts';

const TOKEN = /^(?:\$|%24)?(?:skiptoken|deltatoken|token)=/i;

/** The request's own URL with one query option set and the tokens of earlier pages gone. */
export function linkWith(call: GraphCall, name: string, value: string): string {
  const mark = call.path.indexOf('?');
  const path = mark < 0 ? call.path : call.path.slice(0, mark);
  const query = mark < 0 ? '' : call.path.slice(mark + 1);
  const kept = query.split('&').filter((part) => part !== '' && !TOKEN.test(part));
  return `${call.root}${path}?${[...kept, `${name}=${value}`].join('&')}`;
}
