import { Button, Checkbox, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import type { LicenseView } from '@isthmus/contracts';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, type Held, type LicenseChoices, servicesOff } from './licenseChoices.ts';

const useStyles = makeStyles({
  product: { display: 'flex', flexDirection: 'column', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  line: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '4px 12px', minHeight: '44px' },
  name: { flexGrow: 1, minWidth: '180px', display: 'flex', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  services: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 230px), 1fr))',
    border: 'none',
    margin: 0,
    padding: '0 0 8px 28px',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
});

const choiceNames: readonly Choice[] = ['keep', 'give', 'take'];

interface ProductChoiceProps {
  readonly product: LicenseView;
  /** The licenses of the one person; undefined for several people. */
  readonly held: Held | undefined;
  readonly choices: LicenseChoices;
  readonly onChange: (choices: LicenseChoices) => void;
}

/** One product: given or not for one person, given, taken or left for several; and its services. */
export function ProductChoice({ product, held, choices, onChange }: ProductChoiceProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('licenses');
  const [isOpen, setOpen] = useState(false);
  const servicesId = useId();
  const { skuId, name } = product;
  const number = new Intl.NumberFormat(i18n.language);
  const choice = choices.products[skuId] ?? 'keep';
  const license = held?.find((one) => one.skuId === skuId);
  const isTicked = choice === 'give' || (choice === 'keep' && license !== undefined);
  const hasServices = product.servicePlans.length > 0 && isTicked && license?.inherited !== true;
  const off = servicesOff(skuId, choices, held ?? []);
  const choose = (next: Choice): void => onChange({ ...choices, products: { ...choices.products, [skuId]: next } });
  const tick = (checked: boolean): void => {
    const other = checked ? 'give' : 'take';
    choose((license !== undefined) === checked ? 'keep' : other);
  };
  const toggle = (planId: string, isOn: boolean): void => {
    const next = isOn ? off.filter((id) => id !== planId) : [...off, planId];
    onChange({ ...choices, off: { ...choices.off, [skuId]: next } });
  };
  return (
    <div className={styles.product}>
      <div className={styles.line}>
        <span className={styles.name}>
          {held === undefined ? (
            <Text>{name}</Text>
          ) : (
            <Checkbox
              label={name}
              checked={isTicked}
              disabled={license?.inherited === true}
              onChange={(_event, { checked }) => tick(checked === true)}
            />
          )}
        </span>
        <Text size={200} className={styles.quiet}>
          {t('seats', { free: number.format(product.free), total: number.format(product.total) })}
          {product.waiting > 0 &&
            ` · ${t('waiting', { count: product.waiting, number: number.format(product.waiting) })}`}
        </Text>
        {held === undefined && (
          <Select
            size="small"
            aria-label={t('choiceOf', { name })}
            value={choice}
            onChange={(_event, { value }) => choose(choiceNames.find((one) => one === value) ?? 'keep')}
          >
            {choiceNames.map((one) => (
              <option key={one} value={one}>
                {t(`choice.${one}`)}
              </option>
            ))}
          </Select>
        )}
        {hasServices && (
          <Button
            size="small"
            appearance="subtle"
            icon={isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
            aria-expanded={isOpen}
            aria-controls={servicesId}
            aria-label={t('servicesOf', { name })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('services')}
          </Button>
        )}
      </div>
      {license?.inherited === true && (
        <Text size={200} className={styles.quiet}>
          {t('inherited')}
        </Text>
      )}
      {hasServices && isOpen && (
        <fieldset id={servicesId} className={styles.services} aria-label={t('servicesOf', { name })}>
          {product.servicePlans.map((plan) => (
            <Checkbox
              key={plan.id}
              label={plan.name}
              checked={!off.includes(plan.id)}
              onChange={(_event, { checked }) => toggle(plan.id, checked === true)}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}
