import { Badge, Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { DomainDetails } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isProblem, queryOf, useCall } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { DomainCommands } from './DomainCommands.tsx';
import { DomainFacts } from './DomainFacts.tsx';
import { DomainOptionsSection } from './DomainOptionsSection.tsx';
import { DomainState } from './domainState.tsx';
import { ProvidersSection } from './ProvidersSection.tsx';
import { RecordFields, RecordList } from './RecordList.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: '8px 16px', flexWrap: 'wrap' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
});

/** The one record that proves who owns the domain, in the words of somebody who has to make it. */
function ProofSection({ domain }: { readonly domain: DomainDetails }) {
  const { t } = useTranslation('domains');
  const proof = domain.records.find(({ purpose }) => purpose === 'ownership');
  if (proof === undefined) return null;
  return (
    <Section title={t('proof.title', { name: domain.shown })}>
      <Text>{t('proof.text')}</Text>
      <RecordList records={[proof]} />
      {proof.alternative !== null && (
        <>
          <Text>{t('proof.or')}</Text>
          <RecordFields record={proof.alternative} />
        </>
      )}
    </Section>
  );
}

function RecordsSection({ domain }: { readonly domain: DomainDetails }) {
  const { t } = useTranslation('domains');
  const linkStyles = useLinkStyles();
  return (
    <Section title={t('records.title')}>
      {domain.state === 'verified' && (
        <div>
          <StateLabel tone="success">{t('done.complete')}</StateLabel>
          <Text block>{t('done.next')}</Text>
          <Link to="/users" className={linkStyles}>
            {t('done.users')}
          </Link>
        </div>
      )}
      {domain.records.length === 0 && <Text>{t('records.none')}</Text>}
      <RecordList records={domain.records} />
    </Section>
  );
}

function Domain({ domain }: { readonly domain: DomainDetails }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const mayChange = useMay('integration.write');
  return (
    <>
      <div className={styles.head}>
        <DomainState domain={domain} />
        {domain.isDefault && (
          <Badge appearance="tint" color="informative">
            {t('state.default')}
          </Badge>
        )}
        {mayChange && <DomainCommands domain={domain} />}
      </div>
      {domain.problem !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {domain.problem.message} {domain.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          {domain.isVerified ? <RecordsSection domain={domain} /> : <ProofSection domain={domain} />}
        </div>
        <div className={styles.column}>
          {mayChange && <ProvidersSection domain={domain} />}
          {domain.isVerified && <DomainOptionsSection domain={domain} />}
          <DomainFacts domain={domain} />
        </div>
      </div>
    </>
  );
}

/** A domain that is not watched: of the tenant perhaps, or of nobody. */
function NotWatched({ name }: { readonly name: string }) {
  const { t } = useTranslation('domains');
  const queryClient = useQueryClient();
  const may = useMay('integration.write');
  const link = useCall('linkDomain');
  const run = (): void =>
    link.mutate(
      { query: {}, body: { name } },
      { onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['getDomain'] }) },
    );
  return (
    <EmptyState title={t('page.missing')} text={t('page.missingText')}>
      {may && (
        <Button appearance="primary" disabledFocusable={link.isPending} onClick={run}>
          {t('page.watch')}
        </Button>
      )}
      {link.isError && <ProblemMessage error={link.error} />}
    </EmptyState>
  );
}

/** A domain with its records: its proof until it is verified, then what mail and the other services need. */
export function DomainPage() {
  const { t } = useTranslation('domains');
  const linkStyles = useLinkStyles();
  const { name } = useParams({ from: '/shell/microsoft365/domains/$name' });
  const { data, error, refetch } = useQuery(queryOf('getDomain', { params: { name } }));
  const isUnknown = isProblem(error, 'domains.not-watched');
  return (
    <Page title={data?.shown ?? name}>
      <Link to="/microsoft365" className={linkStyles}>
        {t('page.back')}
      </Link>
      {isUnknown && <NotWatched name={name} />}
      {error !== null && !isUnknown && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data !== undefined && !isUnknown && <Domain domain={data} />}
    </Page>
  );
}
