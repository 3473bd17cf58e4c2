import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import { DeliverySection } from './DeliverySection.tsx';
import { SettingsForm } from './SettingsForm.tsx';

/** Who gets alerts by e-mail, and through which server. */
export function NotificationsPage() {
  const { t } = useTranslation(['notifications', 'settings']);
  const may = useMay('settings.write');
  const { data, error, refetch } = useQuery(queryOf('getNotifications', {}));
  const [isSettingUp, setSettingUp] = useState(false);
  const [wasTurnedOff, setTurnedOff] = useState(false);
  const settings = data?.settings ?? null;
  return (
    <Page title={t('settings:title')}>
      <SettingsTabs />
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data !== undefined && settings === null && !isSettingUp && (
        <EmptyState title={t('none')} text={may ? t('noneText') : [t('noneText'), t('readOnly')]}>
          {may && (
            <Button appearance="primary" autoFocus={wasTurnedOff} onClick={() => setSettingUp(true)}>
              {t('setUp')}
            </Button>
          )}
        </EmptyState>
      )}
      {data !== undefined && settings !== null && (
        <DeliverySection view={data} count={settings.recipients.length} onTurnedOff={() => setTurnedOff(true)} />
      )}
      {data !== undefined && (settings !== null || isSettingUp) && (
        <SettingsForm view={data} onSetUp={() => setSettingUp(false)} />
      )}
    </Page>
  );
}
