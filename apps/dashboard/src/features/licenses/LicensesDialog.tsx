import { Checkbox, Field, makeStyles, Text } from '@fluentui/react-components';
import type { LicenseChangeRequest } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keyed, queryOf } from '../../shell/api.ts';
import { CountrySelect } from '../../ui/form/CountrySelect.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { PlannedWizard } from '../jobs/PlannedWizard.tsx';
import { accountSelectionOf, onlySubject, type UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';
import { changeOf, isEmpty, type LicenseChoices } from './licenseChoices.ts';
import { ProductChoice } from './ProductChoice.tsx';

const useStyles = makeStyles({ products: { display: 'flex', flexDirection: 'column' } });

interface ProductsProps extends Pick<LicensesDialogProps, 'target'> {
  readonly choices: LicenseChoices;
  readonly onChange: (choices: LicenseChoices) => void;
}

function Products({ target, choices, onChange }: ProductsProps) {
  const styles = useStyles();
  const { t } = useTranslation('licenses');
  const { data, isPending, error, refetch } = useQuery(queryOf('listLicenses', {}));
  const only = onlySubject(target);
  if (isPending) return <Waiting />;
  if (error !== null) return <ProblemMessage error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Text>{t('none')}</Text>;
  return (
    <>
      <Text>{only === undefined ? t('hint.many') : t('hint.one', { name: only.name })}</Text>
      <div className={styles.products}>
        {data.items.map((product) => (
          <ProductChoice
            key={product.skuId}
            product={product}
            held={only === undefined ? undefined : (only.online?.licenses ?? [])}
            choices={choices}
            onChange={onChange}
          />
        ))}
      </div>
    </>
  );
}

interface LicensesDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Gives and takes licenses: of one person as ticks, of several people product by product. */
export function LicensesDialog({
  target,
  onClose,
}: {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('licenses');
  const { count } = target;
  const only = onlySubject(target);
  const tenant = useQuery(queryOf('getIntegration', {})).data?.tenant;
  const [choices, setChoices] = useState<LicenseChoices>({ products: {}, off: {} });
  const [mayWait, setMayWait] = useState(false);
  const [usageLocation, setUsageLocation] = useState('');
  const held = only?.online?.licenses;
  const change = changeOf(choices, held ?? []);
  const body: LicenseChangeRequest = {
    selection: accountSelectionOf(target),
    ...change,
    whenShort: mayWait ? 'wait' : 'refuse',
    ...(usageLocation === '' ? {} : { usageLocation }),
  };
  const needsLocation = tenant?.defaultUsageLocation === '';
  const number = new Intl.NumberFormat(i18n.language).format(count);
  const chosen = (
    <>
      <Products target={target} choices={choices} onChange={setChoices} />
      {target.account === undefined && (
        <Field hint={t('waitHint')}>
          <Checkbox
            label={t('wait')}
            checked={mayWait}
            onChange={(_event, { checked }) => setMayWait(checked === true)}
          />
        </Field>
      )}
      {needsLocation && (
        <CountrySelect
          label={t('usageLocation')}
          hint={t('usageLocationHint')}
          value={usageLocation}
          onChange={setUsageLocation}
          error={undefined}
        />
      )}
    </>
  );
  return (
    <PlannedWizard
      texts={{
        title: only === undefined ? t('title.many', { count, number }) : t('title.one', { name: only.name }),
        verb: t('verb'),
        choices: t('step.licenses'),
        review: t('step.review'),
        nothing: t('nothing'),
        changes: t('lost'),
      }}
      choices={chosen}
      isReady={!isEmpty(change)}
      hasData={!isEmpty(change)}
      call={(query, idempotencyKey) => api.call('changeLicenses', { query, body }, keyed(idempotencyKey))}
      onClose={onClose}
    />
  );
}
