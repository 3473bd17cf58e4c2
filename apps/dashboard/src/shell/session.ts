import type { Permission, Session } from '@isthmus/contracts';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { queryOf } from './api.ts';

export const sessionQuery = { ...queryOf('getSession', {}), staleTime: Number.POSITIVE_INFINITY };

/** Who is signed in. Only for screens inside the shell, which nobody sees without a session. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  const session = data?.session ?? lastSession;
  if (session === undefined) throw new Error('This screen needs a session');
  lastSession = session;
  return session;
}

// While the router leaves the shell after the session ended, its screens are drawn once more.
let lastSession: Session | undefined;

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** Forgets everything read on behalf of the person who was signed in. */
export function forgetSession(queryClient: QueryClient): void {
  const known = queryClient.getQueryData(sessionQuery.queryKey);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
  if (known !== undefined) queryClient.setQueryData(sessionQuery.queryKey, { ...known, session: null });
}
