import { Checkbox, Field, makeStyles, Subtitle2, Text } from '@fluentui/react-components';
import type { LicenseChangeRequest, Plan } from '@isthmus/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf, useCall } from '../../shell/api.ts';
import { CountrySelect } from '../../ui/form/CountrySelect.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanChanges } from '../../ui/plan/PlanChanges.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { JobProgress } from '../jobs/JobProgress.tsx';
import type { UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';
import { changeOf, isEmpty, type LicenseChoices } from './licenseChoices.ts';
import { ProductChoice } from './ProductChoice.tsx';

const useStyles = makeStyles({ products: { display: 'flex', flexDirection: 'column' } });

async function planOf(body: LicenseChangeRequest): Promise<Plan> {
  const result = await api.call('changeLicenses', { query: { dryRun: 'true' }, body });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

const changesNothing = (plan: Plan): boolean =>
  plan.items.every((item) => item.actions.length === 0 && item.blocked === null);

function Review({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('licenses');
  const isIdle = changesNothing(plan);
  return (
    <>
      {isIdle ? <Text>{t('nothing')}</Text> : <PlanSides plan={plan} />}
      <PlanNotices plan={plan} />
      {plan.items.length > 1 && !isIdle && (
        <>
          <Subtitle2 as="h3">{t('lost')}</Subtitle2>
          <PlanChanges plan={plan} nothing={t('nothing')} />
        </>
      )}
    </>
  );
}

interface ProductsProps extends Pick<LicensesDialogProps, 'target'> {
  readonly choices: LicenseChoices;
  readonly onChange: (choices: LicenseChoices) => void;
}

function Products({ target: { user }, choices, onChange }: ProductsProps) {
  const styles = useStyles();
  const { t } = useTranslation('licenses');
  const { data, isPending, error, refetch } = useQuery(queryOf('listLicenses', {}));
  if (isPending) return <Waiting />;
  if (error !== null) return <ProblemMessage error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Text>{t('none')}</Text>;
  return (
    <>
      <Text>{user === undefined ? t('hint.many') : t('hint.one', { name: user.displayName })}</Text>
      <div className={styles.products}>
        {data.items.map((product) => (
          <ProductChoice
            key={product.skuId}
            product={product}
            held={user === undefined ? undefined : (user.online?.licenses ?? [])}
            choices={choices}
            onChange={onChange}
          />
        ))}
      </div>
    </>
  );
}

interface LicensesDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Gives and takes licenses: of one person as ticks, of several people product by product. */
export function LicensesDialog({
  target,
  onClose,
}: {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('licenses');
  const { user, count, selection } = target;
  const tenant = useQuery(queryOf('getIntegration', {})).data?.tenant;
  const [choices, setChoices] = useState<LicenseChoices>({ products: {}, off: {} });
  const [mayWait, setMayWait] = useState(false);
  const [usageLocation, setUsageLocation] = useState('');
  const [jobId, setJobId] = useState<string>();
  const held = user?.online?.licenses;
  const change = changeOf(choices, held ?? []);
  const body: LicenseChangeRequest = {
    selection,
    ...change,
    whenShort: mayWait ? 'wait' : 'refuse',
    ...(usageLocation === '' ? {} : { usageLocation }),
  };
  const plan = useMutation({ mutationKey: ['planLicenses'], mutationFn: () => planOf(body) });
  const run = useCall('changeLicenses');
  const error = run.error ?? plan.error;
  const problem = error === null ? null : <ProblemMessage error={error} />;
  const needsLocation = tenant?.defaultUsageLocation === '';
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
      hasData={!isEmpty(change)}
      onClose={onClose}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'licenses',
          label: t('step.licenses'),
          content: (
            <>
              {problem}
              <Products target={target} choices={choices} onChange={setChoices} />
              <Field hint={t('waitHint')}>
                <Checkbox
                  label={t('wait')}
                  checked={mayWait}
                  onChange={(_event, { checked }) => setMayWait(checked === true)}
                />
              </Field>
              {needsLocation && (
                <CountrySelect
                  label={t('usageLocation')}
                  hint={t('usageLocationHint')}
                  value={usageLocation}
                  onChange={setUsageLocation}
                  error={undefined}
                />
              )}
            </>
          ),
          validate: async () => (await plan.mutateAsync().catch(() => undefined)) !== undefined,
          blocked: isEmpty(change),
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
