import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { SubscriptionView } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { ShortTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { OrganizationFacts } from './OrganizationFacts.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', gap: '2px' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  name: { display: 'inline-flex', gap: '8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3 },
  links: { display: 'flex', gap: '4px 16px', flexWrap: 'wrap' },
});

const tones: Readonly<Record<SubscriptionView['state'], Tone>> = {
  enabled: 'success',
  warning: 'warning',
  suspended: 'danger',
  'locked-out': 'danger',
  deleted: 'neutral',
};

function Subscription({ subscription }: { readonly subscription: SubscriptionView }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('subscription');
  const { name, state, isTrial, seats, nextChangeAt } = subscription;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span className={styles.name}>
          <Text weight="semibold">{name}</Text>
          {isTrial && (
            <Badge appearance="outline" color="informative">
              {t('trial')}
            </Badge>
          )}
        </span>
        <StateLabel tone={tones[state]}>{t(`state.${state}`)}</StateLabel>
      </div>
      <Text size={200} className={styles.quiet}>
        {t('seats', { count: seats, number: number.format(seats) })}
        {nextChangeAt !== null && (
          <>
            {' · '}
            {t(state === 'enabled' && !isTrial ? 'renews' : 'ends')} <ShortTime instant={nextChangeAt} />
          </>
        )}
      </Text>
    </li>
  );
}

/** What the organization bought or tries, whom it belongs to, and the way to Microsoft's own pages. */
export function SubscriptionSection() {
  const styles = useStyles();
  const linkStyles = useLinkStyles();
  const { t } = useTranslation('subscription');
  const { data, error, refetch } = useQuery(queryOf('getSubscription', {}));
  return (
    <>
      <Section title={t('title')}>
        {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Waiting />}
        {data?.subscriptions.length === 0 && <Text className={styles.quiet}>{t('none')}</Text>}
        <ul className={styles.list}>
          {data?.subscriptions.map((one) => (
            <Subscription key={one.id} subscription={one} />
          ))}
        </ul>
        {data !== undefined && (
          <div className={styles.links}>
            {(['home', 'subscriptions', 'health'] as const).map((page) => (
              <a key={page} href={data.adminCenter[page]} target="_blank" rel="noreferrer" className={linkStyles}>
                {t(`adminCenter.${page}`)}
              </a>
            ))}
          </div>
        )}
      </Section>
      {data !== undefined && <OrganizationFacts organization={data.organization} />}
    </>
  );
}
