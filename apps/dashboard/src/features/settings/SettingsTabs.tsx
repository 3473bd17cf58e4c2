import { useTranslation } from 'react-i18next';
import { TabNav } from '../../ui/TabNav.tsx';

export function SettingsTabs() {
  const { t } = useTranslation('settings');
  return (
    <TabNav
      label={t('tab.label')}
      tabs={[
        { to: '/settings', label: t('tab.appearance') },
        { to: '/settings/synchronization', label: t('tab.synchronization') },
        { to: '/settings/passwords', label: t('tab.passwords') },
        { to: '/settings/templates', label: t('tab.templates') },
        { to: '/settings/notifications', label: t('tab.notifications') },
        { to: '/settings/sessions', label: t('tab.sessions') },
      ]}
    />
  );
}
