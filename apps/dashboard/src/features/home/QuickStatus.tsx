import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Home, UserFilter } from '@isthmus/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';

const useStyles = makeStyles({
  numbers: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))', gap: '12px' },
  number: {
    display: 'flex',
    flexDirection: 'column',
    padding: '12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

const filters = {
  people: 'all',
  active: 'active',
  linked: 'with-online-account',
  withoutOnlineAccount: 'without-online-account',
} as const satisfies Record<keyof Home['counts'], UserFilter>;
const shown = ['people', 'active', 'linked', 'withoutOnlineAccount'] as const;

export function QuickStatus({ counts }: { readonly counts: Home['counts'] }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('home');
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Section title={t('status.title')}>
      <div className={styles.numbers}>
        {shown.map((name) => (
          <Link key={name} to="/users" search={{ filter: filters[name] }} className={styles.number}>
            <Text size={600} weight="semibold">
              {number.format(counts[name])}
            </Text>
            <Text size={200}>{t(`status.${name}`)}</Text>
          </Link>
        ))}
      </div>
    </Section>
  );
}
