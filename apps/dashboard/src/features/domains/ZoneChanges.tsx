import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { DnsRecordView, ZoneChangeView } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '4px 16px',
    '@media (max-width: 599px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', gap: '2px', minWidth: 0 },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

function Side({ label, records }: { readonly label: string; readonly records: readonly DnsRecordView[] }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  return (
    <div className={styles.side}>
      <span className={styles.label}>{label}</span>
      {records.length === 0 && <span>{t('write.empty')}</span>}
      {records.map(({ value }) => (
        <span key={value} className={styles.value}>
          {value}
        </span>
      ))}
    </div>
  );
}

/** Every record set that becomes another, before and after. */
export function ZoneChanges({ changes }: { readonly changes: readonly ZoneChangeView[] }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  return (
    <ul className={styles.list}>
      {changes.map(({ name, type, before, after }) => (
        <li key={`${type} ${name}`} className={styles.item}>
          <Text weight="semibold" className={styles.name}>
            {type} {name}
          </Text>
          <div className={styles.sides}>
            <Side label={t('write.before')} records={before} />
            <Side label={t('write.after')} records={after} />
          </div>
        </li>
      ))}
    </ul>
  );
}
