import type { SetUpAttempt } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useCall } from '../../shell/api.ts';
import { needsCancel } from './attemptSteps.ts';

/** The event stream tells of changes; this is for when it is interrupted. */
const POLL_MS = 2000;
const isMoving = (attempt: SetUpAttempt | undefined): boolean =>
  attempt === undefined || ['waiting-for-sign-in', 'registering'].includes(attempt.state);

/** One attempt to integrate, from its code to its end. */
export function useSetUpAttempt() {
  const queryClient = useQueryClient();
  const [id, setId] = useState<string>();
  const start = useCall('startSetUp');
  const confirm = useCall('confirmSetUp');
  const cancel = useCall('cancelSetUp');
  const query = queryOf('getSetUpAttempt', { params: { id: id ?? '' } });
  const attempt = useQuery({
    ...query,
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (isMoving(state.data) ? POLL_MS : false),
  });
  const current = id === undefined ? undefined : attempt.data;
  const keep = (next: SetUpAttempt): void => {
    queryClient.setQueryData(queryOf('getSetUpAttempt', { params: { id: next.id } }).queryKey, next);
    setId(next.id);
  };
  const cancelCurrent = async (): Promise<SetUpAttempt | undefined> => {
    if (!needsCancel(current)) return current;
    const cancelled = await cancel.mutateAsync({ params: { id: current.id } });
    keep(cancelled);
    return cancelled;
  };
  return {
    attempt: current,
    error: start.error ?? attempt.error ?? confirm.error ?? cancel.error,
    starting: start.isPending,
    confirming: confirm.isPending,
    cancelling: cancel.isPending,
    start: async (): Promise<void> => {
      await cancelCurrent().catch(() => undefined);
      start.mutate({}, { onSuccess: keep });
    },
    confirm: (tenantId: string, usageLocation: string) => {
      if (id !== undefined) confirm.mutate({ params: { id }, body: { tenantId, usageLocation } }, { onSuccess: keep });
    },
    cancel: cancelCurrent,
  };
}
