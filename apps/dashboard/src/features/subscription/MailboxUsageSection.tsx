import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { MailboxUsageView } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { formatBytes } from '../../ui/formatBytes.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', gap: '4px', overflowWrap: 'anywhere' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});
/** From here on a mailbox is shown as nearly full. */
const NEARLY_FULL = 0.9;

function Mailbox({ mailbox }: { readonly mailbox: MailboxUsageView['largest'][number] }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t, i18n } = useTranslation('subscription');
  const { name, upn, userId, storageBytes, quotaBytes } = mailbox;
  const used = formatBytes(storageBytes, i18n.language);
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        {userId === null ? (
          <Text weight="semibold">{upn === null ? t('mailboxes.hidden') : name}</Text>
        ) : (
          <Link className={link} to="/users" search={{ open: userId, tab: 'online-account' }}>
            {name}
          </Link>
        )}
        <Text size={200}>
          {quotaBytes === null ? used : t('mailboxes.used', { used, quota: formatBytes(quotaBytes, i18n.language) })}
        </Text>
      </div>
      {quotaBytes !== null && (
        <ProgressBar
          aria-label={upn ?? t('mailboxes.hidden')}
          max={quotaBytes}
          value={Math.min(storageBytes, quotaBytes)}
          color={storageBytes >= quotaBytes * NEARLY_FULL ? 'error' : 'brand'}
          thickness="large"
        />
      )}
    </li>
  );
}

/** The largest mailboxes, by Microsoft's daily report. */
export function MailboxUsageSection() {
  const styles = useStyles();
  const { t, i18n } = useTranslation('subscription');
  const { data, error, refetch } = useQuery(queryOf('getMailboxUsage', {}));
  const number = new Intl.NumberFormat(i18n.language);
  const day = (date: string): string =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
  return (
    <Section title={t('mailboxes.title')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.missingPermissions.length > 0 && (
        <Text>{t('health.missing', { permissions: data.missingPermissions.join(', ') })}</Text>
      )}
      {data !== undefined && data.missingPermissions.length === 0 && data.mailboxCount === 0 && (
        <Text className={styles.quiet}>{t('mailboxes.none')}</Text>
      )}
      <ul className={styles.list}>
        {data?.largest.map((mailbox) => (
          <Mailbox key={`${mailbox.upn} ${mailbox.name}`} mailbox={mailbox} />
        ))}
      </ul>
      {data?.namesAreHidden && <Text size={200}>{t('mailboxes.namesAreHidden')}</Text>}
      {data !== undefined && data.day !== null && (
        <Text size={200} className={styles.quiet}>
          {t('mailboxes.all', {
            count: data.mailboxCount,
            number: number.format(data.mailboxCount),
            size: formatBytes(data.storageBytes, i18n.language),
            day: day(data.day),
          })}
        </Text>
      )}
    </Section>
  );
}
