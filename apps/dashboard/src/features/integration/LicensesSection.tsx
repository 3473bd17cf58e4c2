import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ExportButton } from '../../shell/ExportButton.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Waiting } from '../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', gap: '4px' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const NAMED = 5;

/** Who gets the next seats of a product; the longest wait comes first. */
function WaitingPeople({ skuId, count }: { readonly skuId: string; readonly count: number }) {
  const { t, i18n } = useTranslation('integration');
  const { data } = useQuery(queryOf('listWaiting', {}));
  const names = (data?.items ?? []).filter((entry) => entry.skuId === skuId).map((entry) => entry.displayName);
  const number = new Intl.NumberFormat(i18n.language);
  const rest = names.length - NAMED;
  return (
    <StateLabel tone="waiting">
      {t('licenses.waiting', { count, number: number.format(count) })}
      {names.length > 0 && `: ${names.slice(0, NAMED).join(', ')}`}
      {rest > 0 && ` ${t('licenses.more', { count: rest, number: number.format(rest) })}`}
    </StateLabel>
  );
}

export function LicensesSection() {
  const styles = useStyles();
  const { t, i18n } = useTranslation('integration');
  const { data, error, refetch } = useQuery(queryOf('listLicenses', {}));
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Section
      title={t('licenses.title')}
      action={
        data !== undefined &&
        data.items.length > 0 && <ExportButton operation="exportLicenses" request={{}} fileName="licenses.csv" />
      }
    >
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data?.items.length === 0 && <Text className={styles.quiet}>{t('licenses.none')}</Text>}
      <ul className={styles.list}>
        {data?.items.map((license) => (
          <li key={license.skuId} className={styles.item}>
            <div className={styles.line}>
              <Text weight="semibold">{license.name}</Text>
              <Text size={200}>
                {t('licenses.seats', {
                  used: number.format(license.used),
                  total: number.format(license.total),
                  free: number.format(license.free),
                })}
              </Text>
            </div>
            <ProgressBar
              aria-label={license.name}
              max={Math.max(1, license.total)}
              value={license.used}
              color={license.free === 0 ? 'error' : 'brand'}
              thickness="large"
            />
            {license.state !== 'enabled' && (
              <StateLabel tone="warning">{t(`licenses.state.${license.state}`)}</StateLabel>
            )}
            {license.free === 0 && <StateLabel tone="warning">{t('licenses.usedUp')}</StateLabel>}
            {license.notSignedIn !== null && license.notSignedIn > 0 && (
              <Text size={200}>
                {t('licenses.notSignedIn', {
                  count: license.notSignedIn,
                  number: number.format(license.notSignedIn),
                })}
              </Text>
            )}
            {license.waiting > 0 && <WaitingPeople skuId={license.skuId} count={license.waiting} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
