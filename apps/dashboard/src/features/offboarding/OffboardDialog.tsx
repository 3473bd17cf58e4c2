import { Checkbox, Field, Input, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keyed } from '../../shell/api.ts';
import { PlannedWizard } from '../jobs/PlannedWizard.tsx';
import type { UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';

interface Choices {
  readonly takeLicenses: boolean;
  readonly leaveGroups: boolean;
  readonly shareMailbox: boolean;
  readonly hide: boolean;
  readonly forwardTo: string;
  readonly isRemoved: boolean;
  readonly days: string;
}

const usual: Choices = {
  takeLicenses: true,
  leaveGroups: true,
  shareMailbox: false,
  hide: true,
  forwardTo: '',
  isRemoved: false,
  days: '30',
};

const isDays = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text.trim()) && Number(text) <= 3650;

interface ChoicesStepProps {
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
}

function MailboxChoices({ choices, onChange }: ChoicesStepProps) {
  const { t } = useTranslation('offboarding');
  return (
    <>
      <Field hint={t('shareMailboxHint')}>
        <Checkbox
          label={t('shareMailbox')}
          checked={choices.shareMailbox}
          onChange={(_event, { checked }) => onChange({ shareMailbox: checked === true })}
        />
      </Field>
      <Checkbox
        label={t('hide')}
        checked={choices.hide}
        onChange={(_event, { checked }) => onChange({ hide: checked === true })}
      />
      <Field label={t('forwardTo')} hint={t('forwardToHint')}>
        <Input
          type="email"
          value={choices.forwardTo}
          autoComplete="off"
          onChange={(_event, { value }) => onChange({ forwardTo: value })}
        />
      </Field>
    </>
  );
}

function ChoicesStep({ choices, onChange }: ChoicesStepProps) {
  const { t } = useTranslation('offboarding');
  return (
    <>
      <Text>{t('explain')}</Text>
      <Field hint={t('takeLicensesHint')}>
        <Checkbox
          label={t('takeLicenses')}
          checked={choices.takeLicenses}
          onChange={(_event, { checked }) => onChange({ takeLicenses: checked === true })}
        />
      </Field>
      <Field hint={t('leaveGroupsHint')}>
        <Checkbox
          label={t('leaveGroups')}
          checked={choices.leaveGroups}
          onChange={(_event, { checked }) => onChange({ leaveGroups: checked === true })}
        />
      </Field>
      <MailboxChoices choices={choices} onChange={onChange} />
      <Field label={t('removal')}>
        <RadioGroup
          value={choices.isRemoved ? 'after' : 'never'}
          onChange={(_event, { value }) => onChange({ isRemoved: value === 'after' })}
        >
          <Radio value="never" label={t('never')} />
          <Radio value="after" label={t('after')} />
        </RadioGroup>
      </Field>
      {choices.isRemoved && (
        <Field label={t('days')} required {...(isDays(choices.days) ? {} : { validationMessage: t('daysWrong') })}>
          <Input
            value={choices.days}
            inputMode="numeric"
            autoComplete="off"
            onChange={(_event, { value }) => onChange({ days: value })}
          />
        </Field>
      )}
    </>
  );
}

interface OffboardDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Lets people go: what is taken now, and whether both accounts are removed on a later day. */
export function OffboardDialog({ target, onClose }: OffboardDialogProps) {
  const { t, i18n } = useTranslation('offboarding');
  const { user, count, selection } = target;
  const [choices, setChoices] = useState(usual);
  const body = {
    selection,
    takeLicenses: choices.takeLicenses,
    leaveGroups: choices.leaveGroups,
    shareMailbox: choices.shareMailbox,
    hide: choices.hide,
    forwardTo: choices.forwardTo.trim() === '' ? null : choices.forwardTo.trim(),
    removeAfterDays: choices.isRemoved ? Number(choices.days) : null,
  };
  const number = new Intl.NumberFormat(i18n.language).format(count);
  return (
    <PlannedWizard
      texts={{
        title: user === undefined ? t('title.many', { count, number }) : t('title.one', { name: user.displayName }),
        verb: t('verb'),
        choices: t('step.choices'),
        review: t('step.review'),
        nothing: t('nothing'),
        changes: t('changes'),
      }}
      choices={<ChoicesStep choices={choices} onChange={(changes) => setChoices({ ...choices, ...changes })} />}
      isReady={!choices.isRemoved || isDays(choices.days)}
      hasData={choices !== usual}
      call={(query, idempotencyKey) => api.call('offboardUsers', { query, body }, keyed(idempotencyKey))}
      onClose={onClose}
    />
  );
}
