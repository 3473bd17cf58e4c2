import { Button, Input, makeStyles, Select } from '@fluentui/react-components';
import { type ScopeRule, scopeAttributes, scopeOperators } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  rule: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  part: { flex: '1 1 140px', minWidth: 0 },
});

interface RuleFieldsProps {
  readonly rules: readonly ScopeRule[];
  readonly disabled: boolean;
  onChange(rules: ScopeRule[]): void;
}

/** Conditions that must all hold. */
export function RuleFields({ rules, disabled, onChange }: RuleFieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'userPanel']);
  const replace = (at: number, change: Partial<ScopeRule>): void =>
    onChange(rules.map((rule, index) => (index === at ? { ...rule, ...change } : rule)));
  return (
    <>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <div key={index} className={styles.rule}>
          <Select
            className={styles.part}
            aria-label={t('scope.attribute')}
            value={rule.attribute}
            disabled={disabled}
            onChange={(_event, { value }) =>
              replace(index, { attribute: scopeAttributes.find((known) => known === value) ?? rule.attribute })
            }
          >
            {scopeAttributes.map((attribute) => (
              <option key={attribute} value={attribute}>
                {t(`userPanel:field.${attribute}`)}
              </option>
            ))}
          </Select>
          <Select
            className={styles.part}
            aria-label={t('scope.operator')}
            value={rule.operator}
            disabled={disabled}
            onChange={(_event, { value }) =>
              replace(index, { operator: scopeOperators.find((known) => known === value) ?? rule.operator })
            }
          >
            {scopeOperators.map((operator) => (
              <option key={operator} value={operator}>
                {t(`scope.operators.${operator}`)}
              </option>
            ))}
          </Select>
          <Input
            className={styles.part}
            aria-label={t('scope.value')}
            value={rule.value}
            disabled={disabled}
            onChange={(_event, { value }) => replace(index, { value })}
          />
          <Button disabled={disabled} onClick={() => onChange(rules.filter((_, other) => other !== index))}>
            {t('scope.removeRule')}
          </Button>
        </div>
      ))}
      <div>
        <Button
          disabled={disabled}
          onClick={() => onChange([...rules, { attribute: 'department', operator: 'equals', value: '' }])}
        >
          {t('scope.addRule')}
        </Button>
      </div>
    </>
  );
}
