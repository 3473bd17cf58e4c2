import { Field, Select } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countriesIn } from './countries.ts';

interface CountrySelectProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

export function CountrySelect({ label, hint, value, onChange, error, required = true }: CountrySelectProps) {
  const { t, i18n } = useTranslation('common');
  const countries = useMemo(() => countriesIn(i18n.language), [i18n.language]);
  return (
    <Field
      label={label}
      required={required}
      {...(hint === undefined ? {} : { hint })}
      {...(error === undefined ? {} : { validationState: 'error' as const, validationMessage: error })}
    >
      <Select value={value} onChange={(_event, data) => onChange(data.value)}>
        <option value="">{t('choose')}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
