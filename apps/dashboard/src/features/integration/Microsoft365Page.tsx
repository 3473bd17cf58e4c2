import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { DomainsSection } from '../domains/DomainsSection.tsx';
import { MailboxUsageSection } from '../subscription/MailboxUsageSection.tsx';
import { ServiceHealthSection } from '../subscription/ServiceHealthSection.tsx';
import { SubscriptionSection } from '../subscription/SubscriptionSection.tsx';
import { SyncSection } from '../sync/SyncSection.tsx';
import { AdministratorSection } from './AdministratorSection.tsx';
import { ConnectionSection } from './ConnectionSection.tsx';
import { DisabledIntegration } from './DisabledIntegration.tsx';
import { EndSection } from './EndSection.tsx';
import { LicensesSection } from './LicensesSection.tsx';
import { Microsoft365Tabs } from './Microsoft365Tabs.tsx';
import { PermissionList } from './PermissionList.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
});

export function Microsoft365Page() {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  const navigate = useNavigate();
  const mayIntegrate = useMay('integration.write');
  const { data, error, refetch } = useQuery(queryOf('getIntegration', {}));
  const integrate = (
    <Button appearance="primary" onClick={() => void navigate({ to: '/setup/microsoft365' })}>
      {t('notIntegrated.action')}
    </Button>
  );
  return (
    <Page title={t('page')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data?.problem && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {data.problem.message} {data.problem.remedy}
          </MessageBarBody>
          {mayIntegrate && (
            <MessageBarActions>
              <Button size="small" onClick={() => void navigate({ to: '/setup/microsoft365' })}>
                {t('reconnect')}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {data !== undefined && data.tenant === null && data.disabled === null && (
        <EmptyState title={t('notIntegrated.title')} text={t('notIntegrated.text')}>
          {mayIntegrate && integrate}
        </EmptyState>
      )}
      {data?.disabled && (
        <DisabledIntegration disabled={data.disabled}>
          {mayIntegrate && integrate}
          {mayIntegrate && data.disabled.leftOver.length > 0 && (
            <Button onClick={() => void navigate({ to: '/microsoft365/remove-registration' })}>
              {t('disabled.remove')}
            </Button>
          )}
        </DisabledIntegration>
      )}
      {data !== undefined && data.tenant !== null && (
        <>
          <Microsoft365Tabs />
          <div className={styles.columns}>
            <div className={styles.column}>
              <SyncSection />
              <LicensesSection />
              <SubscriptionSection />
              <ServiceHealthSection />
              <MailboxUsageSection />
            </div>
            <div className={styles.column}>
              <ConnectionSection integration={data} tenant={data.tenant} />
              <DomainsSection />
              <Section title={t('permissions.title')}>
                <PermissionList permissions={data.permissions} showsGrants />
              </Section>
              {mayIntegrate && <AdministratorSection integration={data} />}
              {mayIntegrate && <EndSection />}
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
