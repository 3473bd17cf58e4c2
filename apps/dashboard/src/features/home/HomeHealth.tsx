import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Home } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';

type Health = Home['health'][number];

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  line: { display: 'flex', justifyContent: 'space-between', gap: '12px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const tones: Readonly<Record<Health['state'], Tone>> = {
  good: 'success',
  warning: 'warning',
  bad: 'danger',
  unknown: 'unknown',
  'not-set-up': 'neutral',
};

export function HomeHealth({ health }: { readonly health: readonly Health[] }) {
  const styles = useStyles();
  const { t } = useTranslation('home');
  return (
    <Section title={t('health.title')}>
      <ul className={styles.list}>
        {health.map((item) => (
          <li key={item.id} className={styles.item}>
            <div className={styles.line}>
              <StateLabel tone={tones[item.state]}>
                <Text weight="semibold">{t(`health.item.${item.id}`)}</Text>
                {': '}
                {t(`health.state.${item.state}`)}
              </StateLabel>
              {item.checkedAt !== null && (
                <Text size={200} className={styles.quiet}>
                  <RelativeTime instant={item.checkedAt} />
                </Text>
              )}
            </div>
            {item.notice !== null && (
              <Text size={200} block>
                {item.notice.message} {item.notice.remedy}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
