import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Check } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import { StateLabel, type Tone } from './StateLabel.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  check: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  detail: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  command: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '8px',
    padding: '4px 4px 4px 10px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    '@media (max-width: 599px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  name: { '@media (max-width: 599px)': { gridColumnStart: 1, gridColumnEnd: -1 } },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

const tones: Readonly<Record<Check['state'], Tone>> = {
  passed: 'success',
  warning: 'warning',
  failed: 'danger',
  'not-applicable': 'neutral',
  unknown: 'unknown',
};

/** Requirements, each with its state, what was found, what to do and the commands for it. */
export function CheckList({ label, checks }: { readonly label: string; readonly checks: readonly Check[] }) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  return (
    <ul className={styles.list} aria-label={label}>
      {checks.map((check) => (
        <li key={check.id} className={styles.check}>
          <StateLabel tone={tones[check.state]}>
            <Text weight="semibold">{check.title}</Text>
            {': '}
            {t(`check.${check.state}`)}
          </StateLabel>
          <Text size={200} className={styles.detail}>
            {check.detail}
          </Text>
          {check.remedy !== null && <Text size={200}>{check.remedy}</Text>}
          {check.commands.map(({ label: name, command }) => (
            <div key={name} className={styles.command}>
              <Text size={200} weight="semibold" className={styles.name}>
                {name}
              </Text>
              <code className={styles.code}>{command}</code>
              <CopyButton text={command} what={t('check.command', { name })} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
