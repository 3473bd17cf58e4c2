import { makeStyles } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';
import { Microsoft365Tabs } from '../integration/Microsoft365Tabs.tsx';
import { DifferencesSection } from './DifferencesSection.tsx';
import { PassesSection } from './PassesSection.tsx';
import { PlanSection } from './PlanSection.tsx';
import { SetAsideSection } from './SetAsideSection.tsx';
import { SyncSection } from './SyncSection.tsx';
import { SyncSettingsSection } from './SyncSettingsSection.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
});

/** How the two sides are kept in step: what is so now, what comes next, what was done, and whom it is about. */
export function SyncPage() {
  const styles = useStyles();
  const { t } = useTranslation('sync');
  return (
    <Page title={t('title')}>
      <Microsoft365Tabs />
      <div className={styles.all}>
        <SyncSection />
        <SetAsideSection />
        <PlanSection />
        <DifferencesSection />
        <PassesSection />
        <SyncSettingsSection />
      </div>
    </Page>
  );
}
