import type { CommandResult, Job } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useVoice } from '../../shell/liveRegions.tsx';

/** Says what became of a command: finished, still running, or failed. Answers the job when somebody has to look at it. */
export function useJobOutcome(): (result: CommandResult) => Job | undefined {
  const { notify } = useVoice();
  const { t } = useTranslation('jobs');
  const queryClient = useQueryClient();
  return useCallback(
    (result) => {
      if (result.kind !== 'job') return undefined;
      void queryClient.invalidateQueries();
      const { job } = result;
      switch (job.state) {
        case 'done':
          notify('success', t('outcome.done', { title: job.title }));
          return undefined;
        case 'failed':
        case 'done-with-problems':
        case 'cancelled':
          return job;
        default:
          notify('info', t('outcome.started', { title: job.title }), t('outcome.startedDetail'));
          return undefined;
      }
    },
    [notify, queryClient, t],
  );
}
