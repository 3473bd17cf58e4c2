import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

const route = getRouteApi('/shell/users/groups');

/** What the URL says about the list of groups, and how to change it. An empty value leaves the URL. */
export function useGroupsSearch() {
  const { q, filter = 'all', sort, open } = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<Record<'q' | 'filter' | 'sort' | 'open', string | undefined>>, replace = true) => {
      void navigate({
        to: '/users/groups',
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
  const query = { filter, ...(q === undefined ? {} : { q }), ...(sort === undefined ? {} : { sort }) };
  return { q, filter, sort, open, change, query };
}
