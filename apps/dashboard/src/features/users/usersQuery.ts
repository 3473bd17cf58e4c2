import type { UserFilter } from '@isthmus/contracts';

export interface UsersView {
  readonly q?: string | undefined;
  readonly filter?: UserFilter | undefined;
  readonly sort?: string | undefined;
}

export interface UsersQuery {
  readonly filter: UserFilter;
  readonly q?: string;
  readonly sort?: string;
}

/** What the API is asked for a view of the list. */
export function usersQuery({ q, filter = 'all', sort }: UsersView): UsersQuery {
  return { filter, ...(q === undefined ? {} : { q }), ...(sort === undefined ? {} : { sort }) };
}
