import { Checkbox, Field, Input, MessageBar, MessageBarBody, makeStyles, Select } from '@fluentui/react-components';
import { mailEncryptions, type NotificationsView } from '@isthmus/contracts';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useFieldMessage } from '../../ui/form/useFieldMessage.ts';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { asksAboutProtection, isPasswordKept, type NotificationsForm, portFor } from './notificationsForm.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 230px), 1fr))',
    gap: '12px',
    alignItems: 'start',
  },
  field: { minWidth: 0, '& input': { minWidth: 0 }, '& select': { minWidth: 0, width: '100%' } },
});

export interface FieldsProps {
  readonly form: UseFormReturn<NotificationsForm>;
  readonly disabled: boolean;
}

/** Which server takes the mail, and how it is spoken to. */
export function ServerFields({ form, disabled, view }: FieldsProps & { readonly view: NotificationsView }) {
  const styles = useStyles();
  const { t } = useTranslation('notifications');
  const messageOf = useFieldMessage();
  const { control, setValue } = form;
  const { errors } = form.formState;
  const values = form.watch();
  return (
    <>
      <div className={styles.fields}>
        <Controller
          name="server"
          control={control}
          render={({ field }) => (
            <Field
              label={t('server')}
              required
              className={styles.field}
              {...messageOf(errors.server, t('wrong.server'))}
            >
              <Input {...field} ref={field.ref} disabled={disabled} spellCheck={false} autoComplete="off" />
            </Field>
          )}
        />
        <Controller
          name="encryption"
          control={control}
          render={({ field }) => (
            <Field label={t('encryption')} className={styles.field} {...messageOf(errors.encryption)}>
              <Select
                {...field}
                ref={field.ref}
                disabled={disabled}
                onChange={(_event, data) => {
                  const chosen = mailEncryptions.find((one) => one === data.value) ?? values.encryption;
                  setValue('port', portFor(values.port, values.encryption, chosen), { shouldDirty: true });
                  field.onChange(chosen);
                }}
              >
                {mailEncryptions.map((encryption) => (
                  <option key={encryption} value={encryption}>
                    {t(`encryptions.${encryption}`)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        />
        <Controller
          name="port"
          control={control}
          render={({ field }) => (
            <Field label={t('port')} required className={styles.field} {...messageOf(errors.port, t('wrong.port'))}>
              <Input {...field} ref={field.ref} disabled={disabled} inputMode="numeric" autoComplete="off" />
            </Field>
          )}
        />
      </div>
      {asksAboutProtection(values) && (
        <>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('unprotected.text', { server: values.server.trim() })}</MessageBarBody>
          </MessageBar>
          <Controller
            name="unprotected"
            control={control}
            render={({ field: { value, onChange, ...field } }) => (
              <Field {...messageOf(errors.unprotected)}>
                <Checkbox
                  {...field}
                  ref={field.ref}
                  label={t('unprotected.agree')}
                  checked={value}
                  disabled={disabled}
                  onChange={(_event, data) => onChange(data.checked === true)}
                />
              </Field>
            )}
          />
        </>
      )}
      <div className={styles.fields}>
        <Controller
          name="user"
          control={control}
          render={({ field }) => (
            <Field label={t('user')} hint={t('userHint')} className={styles.field} {...messageOf(errors.user)}>
              <Input {...field} ref={field.ref} disabled={disabled} spellCheck={false} autoComplete="off" />
            </Field>
          )}
        />
        <Controller
          name="password"
          control={control}
          render={({ field }) => (
            <Field
              label={t('password')}
              hint={t(isPasswordKept(view, values) ? 'passwordKept' : 'passwordHint')}
              className={styles.field}
              {...messageOf(errors.password)}
            >
              <PasswordInput {...field} ref={field.ref} disabled={disabled} autoComplete="new-password" />
            </Field>
          )}
        />
      </div>
    </>
  );
}
