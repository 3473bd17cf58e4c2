import { MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { Plan } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import type { WizardStep } from '../../ui/wizard/wizardTypes.ts';
import { JobProgress } from '../jobs/JobProgress.tsx';
import { useUsersSearch } from '../users/useUsersSearch.ts';
import { ColumnsStep, namesPeople } from './ColumnsStep.tsx';
import { countUnchanged } from './importRows.ts';
import { PeopleStep } from './PeopleStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { type Import, useImport } from './useImport.ts';

const route = getRouteApi('/shell/users/import');

function Review({ plan }: { readonly plan: Plan | undefined }) {
  const { t, i18n } = useTranslation('imports');
  if (plan === undefined) return <Waiting />;
  const count = countUnchanged(plan);
  const number = new Intl.NumberFormat(i18n.language).format(count);
  return (
    <>
      <PlanSides plan={plan} />
      {count > 0 && <Text>{t('review.unchanged', { count, number })}</Text>}
      {plan.counts['directory.add-user'] !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('review.passwords')}</MessageBarBody>
        </MessageBar>
      )}
      <PlanNotices plan={plan} />
    </>
  );
}

/** Asks the server when a step is left: what cannot be imported is found before anything is made. */
function useImportPlan(given: Import) {
  const [tried, setTried] = useState(false);
  const plan = useMutation({ mutationKey: ['planImport'], mutationFn: () => given.plan() });
  return {
    plan,
    tried,
    check: async (): Promise<boolean> => {
      if (given.ticked.length === 0) return false;
      const answer = await plan.mutateAsync().catch(() => undefined);
      return answer !== undefined && answer.refused === 0;
    },
    /** A step that only needs its own choice; Next tells what is missing. */
    demand: (isComplete: boolean): boolean => {
      setTried(!isComplete);
      return isComplete;
    },
  };
}

/** Users for online accounts that have none, or from a file. */
export function ImportWizard() {
  const { t, i18n } = useTranslation('imports');
  const navigate = useNavigate();
  const { source: wanted, only } = route.useSearch();
  const { view } = useUsersSearch();
  const given = useImport(wanted, only);
  const { plan, tried, check, demand } = useImportPlan(given);
  const start = useMutation({ mutationKey: ['startImport'], mutationFn: () => given.start() });
  const [jobId, setJobId] = useState<string>();
  const count = given.ticked.length;
  const number = new Intl.NumberFormat(i18n.language).format(count);
  const close = (): void => {
    given.forget();
    void (only === undefined
      ? navigate({ to: '/users', search: view })
      : navigate({ to: '/users/online-accounts', search: {} }));
  };
  const finish = (): void =>
    start.mutate(undefined, {
      onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined),
    });
  const error = start.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  const source: WizardStep = {
    id: 'source',
    label: t('step.source'),
    content: <SourceStep given={given} tried={tried} />,
    validate: () => demand(given.source === 'file' ? given.file !== undefined : given.integrated === true),
  };
  const columns: WizardStep = {
    id: 'columns',
    label: t('step.columns'),
    content: <ColumnsStep given={given} tried={tried} />,
    validate: async () => {
      if (!demand(namesPeople(given))) return false;
      // Shown with the people: whatever is wrong with a row is told there at once.
      await check();
      return true;
    },
  };
  const people: WizardStep = {
    id: 'people',
    label: t('step.people'),
    content: (
      <>
        {problem}
        <PeopleStep given={given} />
      </>
    ),
    validate: check,
    blocked: count === 0,
  };
  const review: WizardStep = {
    id: 'review',
    label: t('step.review'),
    content: (
      <>
        <Review plan={plan.data?.plan} />
        {problem}
      </>
    ),
    blocked: plan.data === undefined || plan.data.plan.blocked !== null,
  };
  return (
    <Wizard
      presentation="wide-dialog"
      title={t('title')}
      finishLabel={t('finish', { count, number })}
      onFinish={finish}
      busy={start.isPending}
      hasData={given.hasData}
      onClose={close}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={given.source === 'file' ? [source, columns, people, review] : [source, people, review]}
    />
  );
}
