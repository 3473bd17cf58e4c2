import { Checkbox, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '8px', border: 'none', margin: 0, padding: 0, minWidth: 0 },
  product: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    flexWrap: 'wrap',
    gap: '4px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  free: { color: tokens.colorNeutralForeground2, paddingInlineStart: '8px' },
});

interface LicenseChoiceProps {
  readonly value: readonly string[];
  readonly onChange: (skuIds: string[]) => void;
  /** How many people need a seat of each chosen product. */
  readonly needed: number;
}

/** The products that can be given, each with the seats that are needed and free. */
export function LicenseChoice({ value, onChange, needed }: LicenseChoiceProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('onlineAccounts');
  const { data, error, refetch } = useQuery(queryOf('listLicenses', {}));
  const number = new Intl.NumberFormat(i18n.language);
  const hintId = useId();
  const short = data?.items.filter((license) => value.includes(license.skuId) && license.free < needed) ?? [];
  return (
    <fieldset className={styles.all} aria-describedby={hintId}>
      <legend>
        <Text weight="semibold">{t('licenses.legend')}</Text>
      </legend>
      <Text id={hintId} size={200}>
        {t('licenses.hint')}
      </Text>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data?.items.map((license) => (
        <div key={license.skuId} className={styles.product}>
          <Checkbox
            label={license.name}
            checked={value.includes(license.skuId)}
            onChange={(_event, { checked }) =>
              onChange(checked === true ? [...value, license.skuId] : value.filter((skuId) => skuId !== license.skuId))
            }
          />
          <Text size={200} className={styles.free}>
            {t('licenses.seats', {
              needed: number.format(needed),
              free: number.format(license.free),
              total: number.format(license.total),
            })}
          </Text>
        </div>
      ))}
      {short.map((license) => (
        <MessageBar key={license.skuId} intent="error" layout="multiline">
          <MessageBarBody>
            {t('licenses.short', {
              name: license.name,
              count: needed - license.free,
              number: number.format(needed - license.free),
            })}
          </MessageBarBody>
        </MessageBar>
      ))}
    </fieldset>
  );
}

/** True when every chosen product has seats enough. */
export function useHasSeats(skuIds: readonly string[], needed: number): boolean {
  const { data } = useQuery(queryOf('listLicenses', {}));
  const chosen = data?.items.filter((license) => skuIds.includes(license.skuId)) ?? [];
  return chosen.every((license) => license.free >= needed);
}
