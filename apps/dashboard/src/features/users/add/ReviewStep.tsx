import type { Job, Plan } from '@isthmus/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { JobFailures } from '../../jobs/JobFailures.tsx';

interface ReviewStepProps {
  readonly plan: UseQueryResult<Plan>;
  readonly error: Error | null;
  readonly failed: Job | undefined;
}

/** The server's plan, not an echo of the form. */
export function ReviewStep({ plan, error, failed }: ReviewStepProps) {
  const { t } = useTranslation(['users', 'userDialogs']);
  const { refetch } = plan;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked each time the step is entered, whatever was changed
  useEffect(() => void refetch(), []);
  if (plan.isPending || plan.isFetching) return <Waiting label={t('userDialogs:dialog.planning')} />;
  return (
    <>
      {plan.isError && <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data !== undefined && <PlanSides plan={plan.data} />}
      {plan.data !== undefined && <PlanNotices plan={plan.data} />}
      {error !== null && <ProblemMessage error={error} />}
      {failed !== undefined && <JobFailures job={failed} />}
    </>
  );
}
