import { Badge, Button, makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { DomainState } from './domainState.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  name: { display: 'inline-flex', gap: '8px', alignItems: 'center', minWidth: 0, overflowWrap: 'anywhere' },
});

/** The domains of the tenant, and the way to link another one. */
export function DomainsSection() {
  const styles = useStyles();
  const linkStyles = useLinkStyles();
  const { t } = useTranslation(['integration', 'domains']);
  const navigate = useNavigate();
  const mayLink = useMay('integration.write');
  const { data, error, refetch } = useQuery(queryOf('listDomains', {}));
  return (
    <Section
      title={t('integration:domains.title')}
      action={
        mayLink && (
          <Button onClick={() => void navigate({ to: '/microsoft365/domains/link' })}>
            {t('integration:domains.link')}
          </Button>
        )
      }
    >
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      <ul className={styles.list}>
        {data?.items.map((domain) => (
          <li key={domain.name} className={styles.line}>
            <span className={styles.name}>
              {domain.isInitial ? (
                domain.shown
              ) : (
                <Link to="/microsoft365/domains/$name" params={{ name: domain.name }} className={linkStyles}>
                  {domain.shown}
                </Link>
              )}
              {domain.isDefault && (
                <Badge appearance="tint" color="informative">
                  {t('domains:state.default')}
                </Badge>
              )}
            </span>
            <DomainState domain={domain} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
