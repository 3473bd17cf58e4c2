import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { RelativeTime, ShortTime } from '../../ui/Time.tsx';
import { Waiting } from '../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', gap: '2px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Troubles at Microsoft that concern what is used here, and what administrators are asked to do. */
export function ServiceHealthSection() {
  const styles = useStyles();
  const { t } = useTranslation('subscription');
  const { data, error, refetch } = useQuery(queryOf('getServiceHealth', {}));
  return (
    <Section title={t('health.title')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.issues.length === 0 && data.missingPermissions.length === 0 && (
        <StateLabel tone="success">{t('health.fine')}</StateLabel>
      )}
      <ul className={styles.list}>
        {data?.issues.map((issue) => (
          <li key={issue.id} className={styles.item}>
            <StateLabel tone={issue.isIncident ? 'danger' : 'warning'}>
              {issue.service}: {issue.title}
            </StateLabel>
            <Text>{issue.impact}</Text>
            <Text size={200} className={styles.quiet}>
              {issue.id}
              {issue.startedAt !== null && (
                <>
                  {' · '}
                  {t('health.since')} <RelativeTime instant={issue.startedAt} />
                </>
              )}
            </Text>
          </li>
        ))}
        {data?.messages.map((message) => (
          <li key={message.id} className={styles.item}>
            <StateLabel tone="informative">{message.title}</StateLabel>
            <Text size={200} className={styles.quiet}>
              {message.id} · {message.services.join(', ')}
              {message.actionBy !== null && (
                <>
                  {' · '}
                  {t('health.actionBy')} <ShortTime instant={message.actionBy} />
                </>
              )}
            </Text>
          </li>
        ))}
      </ul>
      {data !== undefined && data.missingPermissions.length > 0 && (
        <Text>{t('health.missing', { permissions: data.missingPermissions.join(', ') })}</Text>
      )}
    </Section>
  );
}
