import { followEvents } from '@isthmus/api-client';
import type { LiveEvent, OperationId } from '@isthmus/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const onlineAccounts = ['listOnlineAccounts', 'getOnlineAccount'] as const;

const staleAfter: Readonly<Record<LiveEvent['topic'], readonly OperationId[]>> = {
  users: ['listUsers', 'getUser', 'getUserTimeline', 'listProposals', 'getHome', 'listAudit', ...onlineAccounts],
  job: ['getJob', 'listJobItems'],
  jobs: ['listJobs', 'getHome'],
  sync: [
    'getSyncStatus',
    'getSyncPlan',
    'getSyncPerson',
    'getDrift',
    'listSyncPasses',
    'getHome',
    'listGroups',
    'getGroup',
    ...onlineAccounts,
  ],
  integration: [
    'getIntegration',
    'getSetUpAttempt',
    'listLicenses',
    'listWaiting',
    'listDomains',
    'getDomain',
    'listDnsProviders',
    'getHome',
  ],
  alerts: ['listAlerts', 'getNotifications', 'getHome'],
};

/** A bulk run tells of hundreds of changes a second; they are gathered and read again together. */
const GATHER_MS = 400;

function gatherer(queryClient: QueryClient): { add: (ids: readonly OperationId[]) => void; stop: () => void } {
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const ids = new Set(stale);
    stale.clear();
    void queryClient.invalidateQueries({ predicate: (query) => ids.has(String(query.queryKey[0])) });
  };
  return {
    add: (ids) => {
      for (const id of ids) stale.add(id);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Follows the server's event stream and reads again what changed. Answers whether the stream is connected. */
export function useLiveEvents(): 'connecting' | 'connected' | 'interrupted' {
  const queryClient = useQueryClient();
  const [state, setState] = useState<'connecting' | 'connected' | 'interrupted'>('connecting');
  useEffect(() => {
    const stop = new AbortController();
    const changes = gatherer(queryClient);
    let connectedBefore = false;
    void followEvents({
      baseUrl: '',
      signal: stop.signal,
      onConnected: () => {
        setState('connected');
        if (connectedBefore) void queryClient.invalidateQueries();
        connectedBefore = true;
      },
      onDisconnected: () => setState('interrupted'),
      onEvent: (event) => changes.add(staleAfter[event.topic]),
    });
    return () => {
      stop.abort();
      changes.stop();
    };
  }, [queryClient]);
  return state;
}
