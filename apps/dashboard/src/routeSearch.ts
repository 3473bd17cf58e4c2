import { groupFilters, onlineAccountFilters, userFilters } from '@isthmus/contracts';
import { detailsTabs } from './detailsTabs.ts';

/**
 * What follows the question mark in the addresses of the screens. What does not fit is left out, as if it had not been
 * there. Written without zod, which no first screen needs otherwise.
 */
type Reader<Value> = (given: unknown) => Value | undefined;
type Found<Readers> = {
  readonly [Name in keyof Readers]?: Readers[Name] extends Reader<infer Value> ? Value | undefined : never;
};

const text =
  (fits: RegExp): Reader<string> =>
  (given) =>
    typeof given === 'string' && fits.test(given) ? given : undefined;
const oneOf =
  <Value extends string>(values: readonly Value[]): Reader<Value> =>
  (given) =>
    values.find((value) => value === given);
const flag: Reader<boolean> = (given) => (typeof given === 'boolean' ? given : undefined);

const guid = text(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
const typed = text(/^.{0,200}$/s);

function searchOf<Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  return (given: Readonly<Record<string, unknown>>): Found<Readers> => {
    const found = Object.entries(readers).map(([name, read]) => [name, read(given[name])] as const);
    return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Found<Readers>;
  };
}

/** A path of this page; two slashes would lead to another server. */
export const signInSearch = searchOf({ returnTo: text(/^\/(?!\/)/), ended: flag });
export const usersSearch = searchOf({
  q: typed,
  filter: oneOf(userFilters),
  sort: text(/^.{0,60}$/s),
  open: guid,
  tab: oneOf(detailsTabs),
});
export const onlineAccountsSearch = searchOf({
  q: typed,
  filter: oneOf(onlineAccountFilters),
  sort: text(/^.{0,60}$/s),
  open: guid,
});
export const groupsSearch = searchOf({
  q: typed,
  filter: oneOf(groupFilters),
  sort: text(/^.{0,60}$/s),
  open: guid,
});
export const bulkAccountsSearch = searchOf({ only: guid });
/** Up to a hundred accounts that were selected in the list. */
export const importSearch = searchOf({
  source: oneOf(['online', 'file'] as const),
  only: text(/^[\da-f-]{36}(,[\da-f-]{36}){0,99}$/i),
});
export const jobsSearch = searchOf({ filter: oneOf(['running', 'problems']), open: guid });
export const auditSearch = searchOf({ q: typed });
export const alertsSearch = searchOf({ open: guid });
