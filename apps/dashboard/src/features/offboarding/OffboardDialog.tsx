import { Checkbox, Field, Input, Radio, RadioGroup, Subtitle2, Text } from '@fluentui/react-components';
import type { Plan } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useCall } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanChanges } from '../../ui/plan/PlanChanges.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { JobProgress } from '../jobs/JobProgress.tsx';
import type { UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';

interface Choices {
  readonly takeLicenses: boolean;
  readonly leaveGroups: boolean;
  readonly shareMailbox: boolean;
  readonly hide: boolean;
  readonly forwardTo: string;
  readonly isRemoved: boolean;
  readonly days: string;
}

const usual: Choices = {
  takeLicenses: true,
  leaveGroups: true,
  shareMailbox: false,
  hide: true,
  forwardTo: '',
  isRemoved: false,
  days: '30',
};

const isDays = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text.trim()) && Number(text) <= 3650;

const changesNothing = (plan: Plan): boolean =>
  plan.items.every((item) => item.actions.length === 0 && item.blocked === null);

interface ChoicesStepProps {
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
}

function MailboxChoices({ choices, onChange }: ChoicesStepProps) {
  const { t } = useTranslation('offboarding');
  return (
    <>
      <Field hint={t('shareMailboxHint')}>
        <Checkbox
          label={t('shareMailbox')}
          checked={choices.shareMailbox}
          onChange={(_event, { checked }) => onChange({ shareMailbox: checked === true })}
        />
      </Field>
      <Checkbox
        label={t('hide')}
        checked={choices.hide}
        onChange={(_event, { checked }) => onChange({ hide: checked === true })}
      />
      <Field label={t('forwardTo')} hint={t('forwardToHint')}>
        <Input
          type="email"
          value={choices.forwardTo}
          autoComplete="off"
          onChange={(_event, { value }) => onChange({ forwardTo: value })}
        />
      </Field>
    </>
  );
}

function ChoicesStep({ choices, onChange }: ChoicesStepProps) {
  const { t } = useTranslation('offboarding');
  return (
    <>
      <Text>{t('explain')}</Text>
      <Field hint={t('takeLicensesHint')}>
        <Checkbox
          label={t('takeLicenses')}
          checked={choices.takeLicenses}
          onChange={(_event, { checked }) => onChange({ takeLicenses: checked === true })}
        />
      </Field>
      <Field hint={t('leaveGroupsHint')}>
        <Checkbox
          label={t('leaveGroups')}
          checked={choices.leaveGroups}
          onChange={(_event, { checked }) => onChange({ leaveGroups: checked === true })}
        />
      </Field>
      <MailboxChoices choices={choices} onChange={onChange} />
      <Field label={t('removal')}>
        <RadioGroup
          value={choices.isRemoved ? 'after' : 'never'}
          onChange={(_event, { value }) => onChange({ isRemoved: value === 'after' })}
        >
          <Radio value="never" label={t('never')} />
          <Radio value="after" label={t('after')} />
        </RadioGroup>
      </Field>
      {choices.isRemoved && (
        <Field label={t('days')} required {...(isDays(choices.days) ? {} : { validationMessage: t('daysWrong') })}>
          <Input
            value={choices.days}
            inputMode="numeric"
            autoComplete="off"
            onChange={(_event, { value }) => onChange({ days: value })}
          />
        </Field>
      )}
    </>
  );
}

function Review({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('offboarding');
  const isIdle = changesNothing(plan);
  return (
    <>
      {isIdle ? <Text>{t('nothing')}</Text> : <PlanSides plan={plan} />}
      <PlanNotices plan={plan} />
      {plan.items.length > 1 && !isIdle && (
        <>
          <Subtitle2 as="h3">{t('changes')}</Subtitle2>
          <PlanChanges plan={plan} nothing={t('nothing')} />
        </>
      )}
    </>
  );
}

interface OffboardDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Lets people go: what is taken now, and whether both accounts are removed on a later day. */
export function OffboardDialog({ target, onClose }: OffboardDialogProps) {
  const { t, i18n } = useTranslation('offboarding');
  const { user, count, selection } = target;
  const [choices, setChoices] = useState(usual);
  const [jobId, setJobId] = useState<string>();
  const body = {
    selection,
    takeLicenses: choices.takeLicenses,
    leaveGroups: choices.leaveGroups,
    shareMailbox: choices.shareMailbox,
    hide: choices.hide,
    forwardTo: choices.forwardTo.trim() === '' ? null : choices.forwardTo.trim(),
    removeAfterDays: choices.isRemoved ? Number(choices.days) : null,
  };
  const plan = useMutation({
    mutationKey: ['planOffboarding'],
    mutationFn: async () => {
      const result = await api.call('offboardUsers', { query: { dryRun: 'true' }, body });
      if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
      return result.plan;
    },
  });
  const run = useCall('offboardUsers');
  const error = run.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  const number = new Intl.NumberFormat(i18n.language).format(count);
  const name = user?.displayName ?? '';
  return (
    <Wizard
      title={user === undefined ? t('title.many', { count, number }) : t('title.one', { name })}
      finishLabel={t('verb')}
      onFinish={() =>
        run.mutate(
          { query: {}, body },
          { onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined) },
        )
      }
      busy={run.isPending}
      hasData={choices !== usual}
      onClose={onClose}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'choices',
          label: t('step.choices'),
          content: (
            <>
              {problem}
              <ChoicesStep choices={choices} onChange={(changes) => setChoices({ ...choices, ...changes })} />
            </>
          ),
          validate: async () => (await plan.mutateAsync().catch(() => undefined)) !== undefined,
          blocked: choices.isRemoved && !isDays(choices.days),
        },
        {
          id: 'review',
          label: t('step.review'),
          content: (
            <>
              {plan.isPending && <Waiting />}
              {plan.data !== undefined && <Review plan={plan.data} />}
              {problem}
            </>
          ),
          blocked: plan.data === undefined || plan.data.blocked !== null || changesNothing(plan.data),
        },
      ]}
    />
  );
}
