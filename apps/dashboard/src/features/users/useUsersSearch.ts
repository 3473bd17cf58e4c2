import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { usersQuery } from './usersQuery.ts';

const route = getRouteApi('/shell/users');

export type UsersSearch = ReturnType<typeof route.useSearch>;

/** What the URL says about the view, and how to change it. An empty value leaves the URL. */
export function useUsersSearch() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<Record<keyof UsersSearch, string | undefined>>, replace = true) => {
      void navigate({
        to: '.',
        replace,
        search: (before) => {
          const after = Object.entries({ ...before, ...next }).filter(
            ([, value]) => value !== undefined && value !== '',
          );
          return Object.fromEntries(after);
        },
      });
    },
    [navigate],
  );
  return { ...search, filter: search.filter ?? 'all', change, view: search, query: usersQuery(search) };
}
