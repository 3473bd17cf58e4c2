import { Checkbox, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { mailedSeverities } from '@isthmus/contracts';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useFieldMessage } from '../../ui/form/useFieldMessage.ts';
import { wrongRecipient } from './notificationsForm.ts';
import type { FieldsProps } from './ServerFields.tsx';

/** From whom to whom, and about what. */
export function MailFields({ form, disabled }: FieldsProps) {
  const { t } = useTranslation('notifications');
  const messageOf = useFieldMessage();
  const { control, setValue } = form;
  const { errors } = form.formState;
  const { recipients, severity, news } = form.watch();
  return (
    <>
      <Controller
        name="from"
        control={control}
        render={({ field }) => (
          <Field label={t('from')} hint={t('fromHint')} required {...messageOf(errors.from, t('wrong.from'))}>
            <Input {...field} ref={field.ref} disabled={disabled} spellCheck={false} autoComplete="off" />
          </Field>
        )}
      />
      <Controller
        name="recipients"
        control={control}
        render={({ field }) => (
          <Field
            label={t('recipients')}
            hint={t('recipientsHint')}
            required
            {...messageOf(errors.recipients, t('wrong.recipient', { address: wrongRecipient(recipients) ?? '' }))}
          >
            <Textarea {...field} ref={field.ref} disabled={disabled} rows={2} resize="vertical" spellCheck={false} />
          </Field>
        )}
      />
      <Field label={t('severity')}>
        <RadioGroup
          value={severity}
          disabled={disabled}
          onChange={(_event, data) => {
            const chosen = mailedSeverities.find((one) => one === data.value);
            if (chosen !== undefined) setValue('severity', chosen, { shouldDirty: true });
          }}
        >
          {mailedSeverities.map((one) => (
            <Radio key={one} value={one} label={t(`severities.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Checkbox
        label={t('news')}
        checked={news}
        disabled={disabled}
        onChange={(_event, data) => setValue('news', data.checked === true, { shouldDirty: true })}
      />
    </>
  );
}
