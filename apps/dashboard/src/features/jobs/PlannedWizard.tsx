import { Subtitle2, Text } from '@fluentui/react-components';
import type { CommandResult, Plan } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanChanges } from '../../ui/plan/PlanChanges.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { JobProgress } from './JobProgress.tsx';

interface Texts {
  readonly title: string;
  readonly verb: string;
  readonly choices: string;
  readonly review: string;
  /** In place of a plan that does nothing. */
  readonly nothing: string;
  /** Over the values of each person; left out where there is one only. */
  readonly changes?: string;
}

const changesNothing = (plan: Plan): boolean =>
  plan.items.every((item) => item.actions.length === 0 && item.blocked === null);

const hasWork = (plan: Plan): boolean =>
  plan.blocked === null && plan.items.some((item) => item.blocked === null && item.actions.length > 0);

function Review({ plan, texts }: { readonly plan: Plan; readonly texts: Texts }) {
  const isIdle = changesNothing(plan);
  return (
    <>
      {isIdle && plan.blocked === null ? <Text>{texts.nothing}</Text> : <PlanSides plan={plan} />}
      <PlanNotices plan={plan} />
      {texts.changes !== undefined && plan.items.length > 1 && !isIdle && (
        <>
          <Subtitle2 as="h3">{texts.changes}</Subtitle2>
          <PlanChanges plan={plan} nothing={texts.nothing} />
        </>
      )}
    </>
  );
}

interface PlannedWizardProps {
  readonly texts: Texts;
  readonly choices: ReactNode;
  /** False while the choices are none yet. */
  readonly isReady: boolean;
  readonly hasData: boolean;
  /** Asks the server for the plan, or with another key each time for the job. */
  readonly call: (query: { readonly dryRun?: 'true' }, idempotencyKey?: string) => Promise<CommandResult>;
  readonly onClose: () => void;
}

/** Choices, then the plan that the server makes of them, then the job that carries it out. */
export function PlannedWizard({ texts, choices, isReady, hasData, call, onClose }: PlannedWizardProps) {
  const [jobId, setJobId] = useState<string>();
  const plan = useMutation({
    mutationFn: async () => {
      const result = await call({ dryRun: 'true' });
      if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
      return result.plan;
    },
  });
  const run = useMutation({
    mutationFn: () => call({}, crypto.randomUUID()),
    onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined),
  });
  const error = run.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  return (
    <Wizard
      title={texts.title}
      finishLabel={texts.verb}
      onFinish={() => run.mutate()}
      busy={run.isPending}
      hasData={hasData}
      onClose={onClose}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'choices',
          label: texts.choices,
          content: (
            <>
              {problem}
              {choices}
            </>
          ),
          validate: async () => (await plan.mutateAsync().catch(() => undefined)) !== undefined,
          blocked: !isReady,
        },
        {
          id: 'review',
          label: texts.review,
          content: (
            <>
              {plan.isPending && <Waiting />}
              {plan.data !== undefined && <Review plan={plan.data} texts={texts} />}
              {problem}
            </>
          ),
          blocked: plan.data === undefined || !hasWork(plan.data),
        },
      ]}
    />
  );
}
