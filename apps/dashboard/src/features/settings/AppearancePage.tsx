import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { densities, singleKeyModes, themeModes, useAppearance } from '../../shell/appearance.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { SettingsTabs } from './SettingsTabs.tsx';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly textOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, values, value, textOf, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      <RadioGroup
        value={value}
        onChange={(_event, data) => {
          const chosen = values.find((known) => known === data.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((known) => (
          <Radio key={known} value={known} label={textOf(known)} />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** Looks and keys of this browser. */
export function AppearancePage() {
  const { t } = useTranslation('settings');
  const appearance = useAppearance();
  return (
    <Page title={t('title')}>
      <SettingsTabs />
      <Section title={t('appearance.title')}>
        <Choice
          label={t('appearance.theme.label')}
          values={themeModes}
          value={appearance.mode}
          textOf={(mode) => t(`appearance.theme.${mode}`)}
          onChange={appearance.setMode}
        />
        <Choice
          label={t('appearance.density.label')}
          values={densities}
          value={appearance.density}
          textOf={(density) => t(`appearance.density.${density}`)}
          onChange={appearance.setDensity}
        />
        <Choice
          label={t('appearance.keys.label')}
          values={singleKeyModes}
          value={appearance.singleKeys}
          textOf={(mode) => t(`appearance.keys.${mode}`)}
          onChange={appearance.setSingleKeys}
        />
      </Section>
    </Page>
  );
}
