import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { DnsRecordView, RecordCheckView } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { verdictTones } from './domainState.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    paddingBlock: '14px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none', paddingBlockStart: 0 },
  },
  head: { display: 'flex', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  name: { display: 'inline-flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  record: {
    display: 'grid',
    gridTemplateColumns: '120px minmax(0, 2fr) minmax(0, 3fr)',
    gap: '2px 16px',
    margin: 0,
    '@media (max-width: 599px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  cell: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  term: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, display: 'flex', alignItems: 'center', gap: '2px', minWidth: 0, minHeight: '32px' },
  text: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  found: { display: 'flex', flexDirection: 'column', gap: '2px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface RecordPartProps {
  readonly label: string;
  readonly text: string;
  /** What a button beside it copies; without one, there is no button. */
  readonly copies?: string | undefined;
}

function RecordPart({ label, text, copies }: RecordPartProps) {
  const styles = useStyles();
  return (
    <div className={styles.cell}>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>
        <span className={styles.text}>{text}</span>
        {copies !== undefined && <CopyButton text={text} what={copies} />}
      </dd>
    </div>
  );
}

/** Forms of providers ask for the priority of a mail server by itself. */
function partsOf({ type, value }: DnsRecordView): { readonly priority?: string; readonly text: string } {
  const [priority = '', ...rest] = value.split(' ');
  return type === 'MX' ? { priority, text: rest.join(' ') } : { text: value };
}

/** A record as it is typed into a provider's form, each part with a button that copies it. */
export function RecordFields({ record, copies = true }: { readonly record: DnsRecordView; readonly copies?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const { priority, text } = partsOf(record);
  const what = (name: string): string | undefined => (copies ? name : undefined);
  return (
    <dl className={styles.record}>
      <RecordPart
        label={t('records.type')}
        text={priority === undefined ? record.type : t('records.priority', { type: record.type, priority })}
      />
      <RecordPart label={t('records.host')} text={record.host} copies={what(t('records.copyHost'))} />
      <RecordPart label={t('records.value')} text={text} copies={what(t('records.copyValue'))} />
    </dl>
  );
}

function FoundRecords({ title, records }: { readonly title: string; readonly records: readonly DnsRecordView[] }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  return (
    <div className={styles.found}>
      <span className={styles.term}>{title}</span>
      {records.length === 0 && <Text className={styles.quiet}>{t('records.nothing')}</Text>}
      {records.map((record) => (
        <span key={`${record.type} ${record.value}`} className={styles.text}>
          {record.type} {record.value}
        </span>
      ))}
    </div>
  );
}

function RecordItem({ check }: { readonly check: RecordCheckView }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const { purpose, verdict, isOptional, isWildcard, found, shadow, notices } = check;
  const isFine = verdict === 'found';
  const advice = t(`advice.${verdict}`);
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <span className={styles.name}>
          <Text as="h3" weight="semibold">
            {t(`purpose.${purpose}`)}
          </Text>
          {isOptional && (
            <Badge appearance="outline" color="informative">
              {t('records.optional')}
            </Badge>
          )}
        </span>
        <StateLabel tone={verdictTones[verdict]}>{t(`verdict.${verdict}`)}</StateLabel>
      </div>
      <RecordFields record={check.wanted} copies={!isFine} />
      {!isFine && advice !== '' && <Text>{advice}</Text>}
      {!isFine && found.length > 0 && <FoundRecords title={t('records.found')} records={found} />}
      {isWildcard && <Text className={styles.quiet}>{t('records.wildcard')}</Text>}
      {verdict === 'shadowed' && <FoundRecords title={t('records.shadow')} records={shadow} />}
      {notices.map(({ code, message, remedy }) => (
        <StateLabel key={code} tone={code === 'domains.mail-elsewhere' ? 'informative' : 'warning'}>
          {message} {remedy}
        </StateLabel>
      ))}
    </li>
  );
}

/** Every wanted record: what it is for, what it has to be, and what was found. */
export function RecordList({ records }: { readonly records: readonly RecordCheckView[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {records.map((check) => (
        <RecordItem key={check.id} check={check} />
      ))}
    </ul>
  );
}
