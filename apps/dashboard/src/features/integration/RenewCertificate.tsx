import { Button } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';

/** Renews the certificate at once, which is also done by itself in time. */
export function RenewCertificate() {
  const { t } = useTranslation('integration');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const rotate = useCall('rotateCertificate');
  const run = (): void =>
    rotate.mutate(
      {},
      {
        onSuccess: (integration) => {
          queryClient.setQueryData(queryOf('getIntegration', {}).queryKey, integration);
          announce(t('certificate.renewed'));
        },
      },
    );
  return (
    <>
      <div>
        <Button disabledFocusable={rotate.isPending} icon={rotate.isPending ? <BusyIcon /> : null} onClick={run}>
          {t('certificate.renew')}
        </Button>
      </div>
      {rotate.isError && <ProblemMessage error={rotate.error} />}
    </>
  );
}
