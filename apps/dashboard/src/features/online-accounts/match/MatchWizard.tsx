import { Subtitle2 } from '@fluentui/react-components';
import type { Plan } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useCall } from '../../../shell/api.ts';
import { useVoice } from '../../../shell/liveRegions.tsx';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { PlanChanges } from '../../../ui/plan/PlanChanges.tsx';
import { PlanNotices } from '../../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Wizard } from '../../../ui/wizard/Wizard.tsx';
import { JobProgress } from '../../jobs/JobProgress.tsx';
import { PairsStep } from './PairsStep.tsx';
import { type MatchPairs, useMatchPairs } from './useMatchPairs.ts';

function bodyOf({ ticked }: MatchPairs) {
  const pairs = ticked.flatMap(({ match, accountId }) =>
    accountId === undefined ? [] : [{ userId: match.userId, onlineAccountId: accountId }],
  );
  return { pairs };
}

async function planOf(pairs: MatchPairs): Promise<Plan> {
  const result = await api.call('matchOnlineAccounts', { query: { dryRun: 'true' }, body: bodyOf(pairs) });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

/** People who have an online account already, found and linked; what that overwrites is shown before. */
export function MatchWizard() {
  const { t, i18n } = useTranslation('matches');
  const navigate = useNavigate();
  const { announce } = useVoice();
  const pairs = useMatchPairs();
  const plan = useMutation({ mutationKey: ['planMatch'], mutationFn: () => planOf(pairs) });
  const link = useCall('matchOnlineAccounts');
  const [jobId, setJobId] = useState<string>();
  const count = pairs.ticked.length;
  const check = async (): Promise<boolean> => {
    if (pairs.ticked.some((row) => row.problem !== undefined)) return false;
    const answer = await plan.mutateAsync().catch(() => undefined);
    if (answer === undefined) return false;
    const refused = pairs.refuse(answer);
    if (refused > 0) announce(t('refused', { count: refused }), 'urgent');
    return refused === 0;
  };
  const error = link.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  return (
    <Wizard
      presentation="wide-dialog"
      title={t('title')}
      finishLabel={t('finish', { count, number: new Intl.NumberFormat(i18n.language).format(count) })}
      onFinish={() =>
        link.mutate(
          { query: {}, body: bodyOf(pairs) },
          { onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined) },
        )
      }
      busy={link.isPending}
      hasData={pairs.hasData}
      onClose={() => {
        pairs.forget();
        void navigate({ to: '/users/online-accounts' });
      }}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'pairs',
          label: t('step.pairs'),
          content: (
            <>
              {problem}
              <PairsStep pairs={pairs} />
            </>
          ),
          validate: check,
          blocked: count === 0,
        },
        {
          id: 'review',
          label: t('step.review'),
          content: (
            <>
              {plan.isPending && <Waiting />}
              {plan.data !== undefined && (
                <>
                  <PlanSides plan={plan.data} />
                  <PlanNotices plan={plan.data} />
                  <Subtitle2 as="h3">{t('overwritten')}</Subtitle2>
                  <PlanChanges plan={plan.data} nothing={t('nothingOverwritten')} />
                </>
              )}
              {problem}
            </>
          ),
          blocked: plan.data === undefined || plan.data.blocked !== null,
        },
      ]}
    />
  );
}
