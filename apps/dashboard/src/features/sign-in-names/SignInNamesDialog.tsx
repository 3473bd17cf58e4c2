import { Field, Input, makeStyles, Select, Subtitle2, Text } from '@fluentui/react-components';
import type { Plan } from '@isthmus/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf, useCall } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanChanges } from '../../ui/plan/PlanChanges.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { useIntegrated } from '../integration/useIntegrated.ts';
import { JobProgress } from '../jobs/JobProgress.tsx';
import type { UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';

const useStyles = makeStyles({ select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } } });

/** Empty = leave as it is. */
interface Names {
  readonly address: string;
  readonly domain: string;
  readonly upnSuffix: string;
}

const none: Names = { address: '', domain: '', upnSuffix: '' };

interface DomainSelectProps {
  readonly label: string;
  readonly domains: readonly string[];
  readonly value: string;
  readonly onChange: (domain: string) => void;
}

function DomainSelect({ label, domains, value, onChange }: DomainSelectProps) {
  const styles = useStyles();
  const { t } = useTranslation('signInNames');
  return (
    <Field label={label} className={styles.select}>
      <Select value={value} onChange={(_event, data) => onChange(data.value)}>
        <option value="">{t('keep')}</option>
        {domains.map((domain) => (
          <option key={domain} value={domain}>
            @{domain}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface NamesStepProps {
  readonly target: UserDialogTarget;
  readonly names: Names;
  readonly onChange: (changes: Partial<Names>) => void;
}

/** One person's whole address, or the domain of several. */
function NamesStep({ target: { user }, names, onChange }: NamesStepProps) {
  const { t } = useTranslation('signInNames');
  const integrated = useIntegrated() === true;
  const { data: domains } = useQuery({ ...queryOf('listDomains', {}), enabled: integrated });
  const { data: options } = useQuery(queryOf('getUserOptions', {}));
  const verified = domains?.items.filter((domain) => domain.isVerified).map(({ name }) => name) ?? [];
  const online = user?.online?.address;
  return (
    <>
      <Text>{t(online === undefined ? 'explain.many' : 'explain.one')}</Text>
      {online === undefined ? (
        <DomainSelect
          label={t('domain')}
          domains={verified}
          value={names.domain}
          onChange={(domain) => onChange({ domain })}
        />
      ) : (
        <Field label={t('address')}>
          <Input
            autoFocus
            value={names.address === '' ? online : names.address}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, data) => onChange({ address: data.value })}
          />
        </Field>
      )}
      <DomainSelect
        label={t('suffix')}
        domains={options?.upnSuffixes ?? []}
        value={names.upnSuffix}
        onChange={(upnSuffix) => onChange({ upnSuffix })}
      />
    </>
  );
}

const changesNothing = (plan: Plan): boolean =>
  plan.items.every((item) => item.actions.length === 0 && item.blocked === null);

function Review({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('signInNames');
  const isIdle = changesNothing(plan);
  return (
    <>
      {isIdle && plan.blocked === null ? <Text>{t('nothing')}</Text> : <PlanSides plan={plan} />}
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

interface SignInNamesDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Renames the online account of one person, or moves the names of several to another domain. */
export function SignInNamesDialog({ target, onClose }: SignInNamesDialogProps) {
  const { t, i18n } = useTranslation('signInNames');
  const { user, count, selection } = target;
  const [names, setNames] = useState(none);
  const [jobId, setJobId] = useState<string>();
  const given = Object.entries(names).filter(([, value]) => value.trim() !== '');
  const body = { selection, ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])) };
  const plan = useMutation({
    mutationKey: ['planSignInNames'],
    mutationFn: async () => {
      const result = await api.call('changeSignInNames', { query: { dryRun: 'true' }, body });
      if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
      return result.plan;
    },
  });
  const run = useCall('changeSignInNames');
  const error = run.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  const number = new Intl.NumberFormat(i18n.language).format(count);
  return (
    <Wizard
      title={user === undefined ? t('title.many', { count, number }) : t('title.one', { name: user.displayName })}
      finishLabel={t('verb')}
      onFinish={() =>
        run.mutate(
          { query: {}, body },
          { onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined) },
        )
      }
      busy={run.isPending}
      hasData={names !== none}
      onClose={onClose}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'names',
          label: t('step.names'),
          content: (
            <>
              {problem}
              <NamesStep target={target} names={names} onChange={(changes) => setNames({ ...names, ...changes })} />
            </>
          ),
          validate: async () => (await plan.mutateAsync().catch(() => undefined)) !== undefined,
          blocked: given.length === 0,
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
          blocked:
            plan.data === undefined ||
            plan.data.blocked !== null ||
            plan.data.items.every(({ actions }) => actions.length === 0),
        },
      ]}
    />
  );
}
