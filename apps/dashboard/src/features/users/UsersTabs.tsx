import { useTranslation } from 'react-i18next';
import { TabNav } from '../../ui/TabNav.tsx';

export function UsersTabs() {
  const { t } = useTranslation('users');
  return (
    <TabNav
      label={t('tab.label')}
      tabs={[
        { to: '/users', label: t('tab.users') },
        { to: '/users/online-accounts', label: t('tab.onlineAccounts') },
        { to: '/users/groups', label: t('tab.groups') },
      ]}
    />
  );
}
