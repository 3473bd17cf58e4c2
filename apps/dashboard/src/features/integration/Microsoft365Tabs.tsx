import { useTranslation } from 'react-i18next';
import { TabNav } from '../../ui/TabNav.tsx';

export function Microsoft365Tabs() {
  const { t } = useTranslation('sync');
  return (
    <TabNav
      label={t('tab.label')}
      tabs={[
        { to: '/microsoft365', label: t('tab.overview') },
        { to: '/microsoft365/synchronization', label: t('tab.synchronization') },
      ]}
    />
  );
}
