import { Text } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { Microsoft365Page } from './Microsoft365Page.tsx';
import { Registration } from './Registration.tsx';
import { useAdministratorSteps } from './useAdministratorSteps.tsx';

/** Another administrator grants the permissions; the connection goes on until the new certificate was tried. */
export function ChangeAdministratorPage() {
  const { t } = useTranslation('administrator');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const integration = useQuery(queryOf('getIntegration', {})).data;
  const location = integration?.tenant?.defaultUsageLocation ?? '';
  const { set, steps, close, isFinished, finish } = useAdministratorSteps({
    start: (
      <>
        <Text>{t('change.text')}</Text>
        <Text>{t('change.happens')}</Text>
        <Facts
          facts={[
            { id: 'now', label: t('change.now'), value: integration?.administrator ?? t('change.unknown') },
            { id: 'tenant', label: t('change.tenant'), value: integration?.tenant?.displayName },
          ]}
        />
      </>
    ),
    review: ({ administrator, tenant }, error) => (
      <>
        <Facts
          facts={[
            { id: 'now', label: t('change.now'), value: integration?.administrator ?? t('change.unknown') },
            { id: 'new', label: t('change.new'), value: administrator },
            { id: 'tenant', label: t('change.tenant'), value: tenant?.displayName },
          ]}
        />
        <Text>{t('change.same')}</Text>
        {error !== null && <ProblemMessage error={error} />}
      </>
    ),
    onLeave: () => {
      void queryClient.invalidateQueries();
      void navigate({ to: '/microsoft365' });
    },
  });
  const { attempt } = set;
  const isOver = isFinished && attempt !== undefined && attempt.state !== 'signed-in';
  return (
    <>
      <Microsoft365Page />
      <Wizard
        title={t('change.title')}
        finishLabel={t('change.finish')}
        onFinish={() => {
          if (attempt?.tenant == null) return;
          finish();
          set.confirm(attempt.tenant.tenantId, location);
        }}
        busy={set.confirming}
        hasData={attempt?.state === 'signed-in'}
        onClose={close}
        result={
          isOver ? (
            <Registration
              attempt={attempt}
              onCancel={() => void set.cancel()}
              onRetry={() => void set.start()}
              isFirst={false}
            />
          ) : undefined
        }
        steps={steps}
      />
    </>
  );
}
