import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import type { Job } from '@isthmus/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shell/api.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { JobFailures } from '../jobs/JobFailures.tsx';
import { useJobOutcome } from '../jobs/useJobOutcome.ts';
import { AssignPicker, type AssignTarget, type Choice } from './AssignPicker.tsx';

const useStyles = makeStyles({
  title: { overflowWrap: 'anywhere' },
  content: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: '160px' },
});
/** Long enough for one person on both sides. */
const WAIT_SECONDS = 5;

/** Links an online account and a user account that are both there; shows what that overwrites before it is done. */
export function AssignDialog({ target, onClose }: { readonly target: AssignTarget; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(['onlineAccounts', 'userDialogs', 'common']);
  const [chosen, setChosen] = useState<Choice>();
  const [failed, setFailed] = useState<Job>();
  const outcome = useJobOutcome();
  const accountId = 'account' in target ? target.account.id : chosen?.id;
  const userId = 'user' in target ? target.user.id : chosen?.id;
  const request = (query: { readonly dryRun: 'true' } | { readonly wait: number }) =>
    api.call('assignOnlineAccount', { params: { id: accountId ?? '' }, query, body: { userId: userId ?? '' } });
  const plan = useQuery({
    queryKey: ['plan', 'assign', accountId, userId],
    queryFn: async () => {
      const result = await request({ dryRun: 'true' });
      if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
      return result.plan;
    },
    enabled: chosen !== undefined,
    gcTime: 0,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => request({ wait: WAIT_SECONDS }),
    onSuccess: (result) => {
      const problem = outcome(result);
      if (problem === undefined) onClose();
      else setFailed(problem);
    },
  });
  const ready = plan.data?.items.every((item) => item.blocked === null) === true;
  const title =
    'account' in target
      ? t('assign.titleAccount', { address: target.account.address })
      : t('assign.titleUser', { name: target.user.displayName });
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle className={styles.title}>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('assign.explain')}</Text>
            <AssignPicker target={target} onChoose={setChosen} />
            {chosen !== undefined && plan.isPending && <Waiting label={t('userDialogs:dialog.planning')} />}
            {plan.isError && <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />}
            {chosen !== undefined && plan.data !== undefined && (
              <>
                <PlanSides plan={plan.data} />
                <PlanNotices plan={plan.data} />
              </>
            )}
            {run.isError && <ProblemMessage error={run.error} />}
            {failed !== undefined && <JobFailures job={failed} />}
          </DialogContent>
          <DialogActions fluid>
            <Button
              appearance="primary"
              disabledFocusable={!ready || run.isPending || failed !== undefined}
              icon={run.isPending ? <BusyIcon /> : null}
              onClick={() => run.mutate()}
            >
              {t('assign.verb')}
            </Button>
            <Button onClick={onClose}>{t(failed === undefined ? 'common:cancel' : 'common:close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
