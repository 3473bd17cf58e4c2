import { Button } from '@fluentui/react-components';
import type { BulkCreate, Plan } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CountrySelect } from '../../ui/form/CountrySelect.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { useIntegrated } from '../integration/useIntegrated.ts';
import { JobProgress } from '../jobs/JobProgress.tsx';
import { useUsersSearch } from '../users/useUsersSearch.ts';
import { AccountsStep } from './AccountsStep.tsx';
import { LicenseChoice, useHasSeats } from './LicenseChoice.tsx';
import { type BulkAccounts, useBulkAccounts } from './useBulkAccounts.ts';

const route = getRouteApi('/shell/users/add-online-accounts');

function bodyOf(accounts: BulkAccounts): BulkCreate {
  return {
    accounts: accounts.ticked.map(({ proposal, address }) => ({ userId: proposal.userId, address })),
    skuIds: [...accounts.skuIds],
    ...(accounts.usageLocation === '' ? {} : { usageLocation: accounts.usageLocation }),
  };
}

async function planOf(accounts: BulkAccounts): Promise<Plan> {
  const result = await api.call('bulkCreateOnlineAccounts', { query: { dryRun: 'true' }, body: bodyOf(accounts) });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

/** Asks the server when a step is left: clashes are found before anything is created. */
function useBulkPlan(accounts: BulkAccounts) {
  const { announce } = useVoice();
  const { t } = useTranslation('onlineAccounts');
  const [tried, setTried] = useState(false);
  const plan = useMutation({ mutationKey: ['planBulk'], mutationFn: () => planOf(accounts) });
  return {
    plan,
    tried,
    check: async (): Promise<boolean> => {
      setTried(true);
      if (accounts.ticked.length === 0 || accounts.ticked.some((row) => row.problem !== undefined)) return false;
      const answer = await plan.mutateAsync().catch(() => undefined);
      if (answer === undefined) return false;
      const refused = accounts.refuse(answer);
      if (refused > 0) announce(t('accounts.refused', { count: refused }), 'urgent');
      return refused === 0;
    },
  };
}

export function AddOnlineAccountsWizard() {
  const { t, i18n } = useTranslation('onlineAccounts');
  const navigate = useNavigate();
  const { only } = route.useSearch();
  const { view } = useUsersSearch();
  const integrated = useIntegrated();
  const accounts = useBulkAccounts(only);
  const { plan, check, tried } = useBulkPlan(accounts);
  const create = useCall('bulkCreateOnlineAccounts');
  const [jobId, setJobId] = useState<string>();
  const count = accounts.ticked.length;
  const number = new Intl.NumberFormat(i18n.language).format(count);
  const hasSeats = useHasSeats(accounts.skuIds, count);
  const needsLocation = accounts.skuIds.length > 0 && accounts.usageLocation === '';
  const close = (): void => {
    accounts.forget();
    void navigate({ to: '/users', search: view });
  };
  const finish = (): void =>
    create.mutate(
      { query: {}, body: bodyOf(accounts) },
      { onSuccess: (result) => setJobId(result.kind === 'job' ? result.job.id : undefined) },
    );
  const error = create.error ?? plan.error;
  const notIntegrated = (
    <EmptyState title={t('notIntegrated.title')} text={t('notIntegrated.text')}>
      <Button appearance="primary" onClick={() => void navigate({ to: '/setup/microsoft365' })}>
        {t('notIntegrated.integrate')}
      </Button>
    </EmptyState>
  );
  const problem = error === null ? null : <ProblemMessage error={error} />;
  return (
    <Wizard
      presentation="wide-dialog"
      title={t('title')}
      finishLabel={t('finish', { count, number })}
      onFinish={finish}
      busy={create.isPending}
      hasData={accounts.hasData}
      onClose={close}
      result={jobId === undefined ? undefined : <JobProgress heading="h3" jobId={jobId} />}
      steps={[
        {
          id: 'accounts',
          label: t('step.accounts'),
          content:
            integrated === false ? (
              notIntegrated
            ) : (
              <>
                {tried && problem}
                <AccountsStep accounts={accounts} />
              </>
            ),
          validate: check,
          blocked: count === 0 || integrated !== true,
        },
        {
          id: 'licenses',
          label: t('step.licenses'),
          content: (
            <>
              {problem}
              <LicenseChoice value={accounts.skuIds} needed={count} onChange={accounts.setSkuIds} />
              <CountrySelect
                label={t('usageLocation')}
                hint={t('usageLocationHint')}
                value={accounts.usageLocation}
                onChange={accounts.setUsageLocation}
                error={needsLocation ? t('usageLocationNeeded') : undefined}
              />
            </>
          ),
          validate: () => hasSeats && !needsLocation && check(),
          blocked: !hasSeats,
        },
        {
          id: 'review',
          label: t('step.review'),
          content: (
            <>
              {plan.isPending && <Waiting />}
              {plan.data !== undefined && <PlanSides plan={plan.data} />}
              {plan.data !== undefined && <PlanNotices plan={plan.data} />}
              {problem}
            </>
          ),
          blocked: plan.data === undefined || plan.data.blocked !== null,
        },
      ]}
    />
  );
}
