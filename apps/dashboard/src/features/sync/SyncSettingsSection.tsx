import { Button, Field, makeStyles, Select, Subtitle2, Text, Textarea } from '@fluentui/react-components';
import { attributeSources, type SyncSettingsChange, type SyncSettingsView } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { PersonRows } from './PersonRows.tsx';
import { RuleFields } from './RuleFields.tsx';
import { SettingsEffect } from './SettingsEffect.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: '12px' },
  field: { minWidth: 0 },
  hour: { minWidth: 0, maxWidth: '320px' },
  // A list of choices is as wide as its longest one, unless it is told not to be.
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

interface PartProps {
  readonly settings: SyncSettingsView;
  readonly change: SyncSettingsChange;
  readonly disabled: boolean;
  onChange(change: SyncSettingsChange): void;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function Names({
  label,
  hint,
  names,
  disabled,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly names: readonly string[];
  readonly disabled: boolean;
  onChange(names: string[]): void;
}) {
  const styles = useStyles();
  const [text, setText] = useState(names.join('\n'));
  return (
    <Field label={label} hint={hint} className={styles.field}>
      <Textarea
        value={text}
        disabled={disabled}
        onChange={(_event, { value }) => {
          setText(value);
          onChange(linesOf(value));
        }}
      />
    </Field>
  );
}

function Scope({ settings, change, disabled, onChange }: PartProps) {
  const styles = useStyles();
  const { t } = useTranslation('syncPage');
  const { scope } = settings;
  return (
    <>
      <Subtitle2 as="h3">{t('scope.title')}</Subtitle2>
      <Text>{t('scope.text', { managed: settings.managed, left: settings.notManagedTotal })}</Text>
      <div className={styles.fields}>
        <Names
          label={t('scope.units')}
          hint={t('scope.unitsHint')}
          names={scope.units}
          disabled={disabled}
          onChange={(units) => onChange({ ...change, units })}
        />
        <Names
          label={t('scope.groups')}
          hint={t('scope.groupsHint')}
          names={scope.groups}
          disabled={disabled}
          onChange={(groups) => onChange({ ...change, groups })}
        />
      </div>
      <RuleFields
        rules={change.rules ?? scope.rules}
        disabled={disabled}
        onChange={(rules) => onChange({ ...change, rules })}
      />
      {settings.notManaged.length > 0 && (
        <>
          <Text>{t('scope.notManaged')}</Text>
          <PersonRows
            rows={settings.notManaged.map(({ userId, name, reason }) => ({
              key: userId,
              userId,
              name,
              content: ` · ${t(`notManaged.${reason}`)}`,
            }))}
          />
        </>
      )}
    </>
  );
}

function AttributeMap({ settings, change, disabled, onChange }: PartProps) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'users', 'userPanel', 'sync']);
  const sourceName = (choice: string): string => {
    const known = Object.values(attributeSources)
      .flat()
      .find((source) => source === choice);
    return known === undefined ? t('map.off') : t(`userPanel:field.${known}`);
  };
  return (
    <>
      <Subtitle2 as="h3">{t('map.title')}</Subtitle2>
      <Text>{t('map.text')}</Text>
      <div className={styles.fields}>
        {settings.map.map(({ field, source, choices, policy }) => (
          <Field
            key={field}
            className={styles.field}
            label={t('map.field', { field: t(`users:online.field.${field}`) })}
            hint={t('differences.rule', { rule: t(`sync:drift.policy.${policy}`) })}
          >
            <Select
              className={styles.select}
              value={change.map?.[field] ?? source}
              disabled={disabled}
              onChange={(_event, { value }) => onChange({ ...change, map: { ...change.map, [field]: value } })}
            >
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {sourceName(choice)}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
    </>
  );
}

function Nightly({ settings, change, disabled, onChange }: PartProps) {
  const styles = useStyles();
  const { t } = useTranslation('syncPage');
  const hour = change.nightlyHour === undefined ? settings.nightly.hour : change.nightlyHour;
  return (
    <Field label={t('nightly.label')} hint={t('nightly.hint')} className={styles.hour}>
      <Select
        className={styles.select}
        value={String(hour)}
        disabled={disabled}
        onChange={(_event, { value }) => onChange({ ...change, nightlyHour: value === 'null' ? null : Number(value) })}
      >
        <option value="null">{t('nightly.never')}</option>
        {HOURS.map((one) => (
          <option key={one} value={one}>
            {`${String(one).padStart(2, '0')}:00`}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function SettingsForm({ settings }: { readonly settings: SyncSettingsView }) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'sync']);
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const disabled = !useMay('sync.write');
  const [change, setChange] = useState<SyncSettingsChange>({});
  const preview = useCall('changeSyncSettings');
  const save = useCall('changeSyncSettings');
  const onChange = (next: SyncSettingsChange): void => {
    preview.reset();
    setChange(next);
  };
  const onSave = (): void =>
    save.mutate(
      { body: change },
      {
        onSuccess: ({ settings: saved }) => {
          onChange({});
          queryClient.setQueryData(queryOf('getSyncSettings', {}).queryKey, saved);
          announce(t('sync:drift.saved'));
        },
      },
    );
  const error = preview.error ?? save.error;
  const part = { settings, change, disabled, onChange };
  return (
    <>
      <Scope {...part} />
      <AttributeMap {...part} />
      <Nightly {...part} />
      {error !== null && <ProblemMessage error={error} />}
      {preview.data !== undefined && <SettingsEffect effect={preview.data.effect} />}
      {disabled ? (
        <Text>{t('sync:drift.readOnly')}</Text>
      ) : (
        <div className={styles.actions}>
          <Button
            disabledFocusable={preview.isPending || Object.keys(change).length === 0}
            icon={preview.isPending ? <BusyIcon /> : null}
            onClick={() =>
              preview.mutate(
                { query: { dryRun: 'true' }, body: change },
                { onSuccess: () => announce(t('effect.title')) },
              )
            }
          >
            {t('effect.show')}
          </Button>
          <Button
            appearance="primary"
            disabledFocusable={preview.data === undefined || save.isPending}
            icon={save.isPending ? <BusyIcon /> : null}
            onClick={onSave}
          >
            {t('effect.save')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Whom the pass manages, where each property comes from, and when everything is compared in full. */
export function SyncSettingsSection() {
  const { t } = useTranslation(['syncPage', 'common']);
  const { data: settings, error, refetch } = useQuery(queryOf('getSyncSettings', {}));
  return (
    <Section title={t('settings')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {settings === undefined && error === null && <Text>{t('common:loading')}</Text>}
      {settings !== undefined && <SettingsForm settings={settings} />}
    </Section>
  );
}
