import { makeStyles, Text } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { Microsoft365Page } from './Microsoft365Page.tsx';
import { useAdministratorSteps } from './useAdministratorSteps.tsx';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere' } });

function LeftOverList({ things }: { readonly things: readonly string[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {things.map((thing) => (
        <li key={thing}>{thing}</li>
      ))}
    </ul>
  );
}

/** After an integration was disabled: an administrator of the tenant takes away what Isthmus made there. */
export function RemoveRegistrationPage() {
  const { t } = useTranslation('administrator');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const disabled = useQuery(queryOf('getIntegration', {})).data?.disabled;
  const tenant = disabled?.tenantName ?? '';
  const things = disabled?.leftOver ?? [];
  const remove = useCall('removeRegistration');
  const { set, steps, close, finish } = useAdministratorSteps({
    start: (
      <>
        <Text>{t('remove.text', { tenant })}</Text>
        <LeftOverList things={things} />
      </>
    ),
    review: () => (
      <>
        <Text>{t('remove.review', { tenant })}</Text>
        <LeftOverList things={things} />
        <Text>{t('remove.after')}</Text>
        {remove.isError && <ProblemMessage error={remove.error} />}
      </>
    ),
    onLeave: () => {
      void queryClient.invalidateQueries();
      void navigate({ to: '/microsoft365' });
    },
  });
  const { attempt } = set;
  return (
    <>
      <Microsoft365Page />
      <Wizard
        title={t('remove.title')}
        finishLabel={t('remove.finish')}
        onFinish={() => {
          if (attempt !== undefined) remove.mutate({ params: { id: attempt.id } }, { onSuccess: finish });
        }}
        busy={remove.isPending}
        hasData={attempt?.state === 'signed-in'}
        onClose={close}
        result={remove.isSuccess ? <StateLabel tone="success">{t('remove.done', { tenant })}</StateLabel> : undefined}
        steps={steps}
      />
    </>
  );
}
