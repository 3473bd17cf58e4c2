import type { DomainDetails } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { DomainDialog } from './DomainDialog.tsx';
import { ZoneChanges } from './ZoneChanges.tsx';

/** Takes back what was written last, as far as nobody changed it since. */
export function UndoRecordsDialog({
  domain,
  onClose,
}: {
  readonly domain: DomainDetails;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('domains');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const { name } = domain;
  const plan = useQuery({
    queryKey: ['undoDomainRecords', name],
    queryFn: ({ signal }) => api.call('undoDomainRecords', { params: { name }, query: { dryRun: 'true' } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const undo = useCall('undoDomainRecords');
  const run = (): void =>
    undo.mutate(
      { params: { name }, query: {} },
      {
        onSuccess: (answer) => {
          queryClient.setQueryData(queryOf('getDomain', { params: { name } }).queryKey, answer.domain);
          announce(t('write.undone'));
          onClose();
        },
      },
    );
  return (
    <DomainDialog
      title={t('write.undoTitle')}
      verb={t('write.undoVerb')}
      ready={plan.data !== undefined}
      busy={undo.isPending}
      error={undo.error}
      onSubmit={run}
      onClose={onClose}
    >
      {plan.isPending && <Waiting />}
      {plan.isError && <ProblemMessage error={plan.error} />}
      {plan.data !== undefined && <ZoneChanges changes={plan.data.changes} />}
    </DomainDialog>
  );
}
