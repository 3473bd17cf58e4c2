import { useTranslation } from 'react-i18next';
import { useMay } from '../../shell/session.ts';
import { TabNav } from '../../ui/TabNav.tsx';

export function ActivityTabs() {
  const { t } = useTranslation('jobs');
  const mayAudit = useMay('audit.read');
  const jobs = { to: '/activity', label: t('tab.jobs') } as const;
  const audit = { to: '/activity/audit', label: t('tab.audit') } as const;
  return <TabNav label={t('tab.label')} tabs={mayAudit ? [jobs, audit] : [jobs]} />;
}
