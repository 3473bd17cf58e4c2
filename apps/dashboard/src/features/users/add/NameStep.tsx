import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../../shell/api.ts';
import { fluentRef } from '../../../ui/fluentRef.ts';
import { generatePassword } from '../../../ui/form/passwordRules.ts';
import { useFieldMessage } from '../../../ui/form/useFieldMessage.ts';
import { type AddUserForm, addUserFormSchema, findFormProblem, formOfTemplate } from './addUserForm.ts';
import { suggestUserName } from './suggestUserName.ts';

const useStyles = makeStyles({
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: '14px',
    alignItems: 'start',
  },
  input: { minWidth: 0 },
});
const PAUSE_MS = 400;
/** Whatever the domain asks, a stand-in is long enough for it. */
const STAND_IN_POLICY = { minimumLength: 24, complexity: true };

export const nameFields = ['givenName', 'surname', 'displayName', 'userName', 'upnSuffix'] as const;

/** The server may be asked before a password is chosen. */
export function withStandIn(form: AddUserForm): AddUserForm {
  return form.password === '' ? { ...form, password: generatePassword(STAND_IN_POLICY, form) } : form;
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal values are the same value
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Whether the names are free, asked while they are typed. */
function useAvailability(form: UseFormReturn<AddUserForm>) {
  const [givenName, surname, displayName, userName, upnSuffix] = form.watch(nameFields);
  const names = useSettled({ givenName, surname, displayName, userName, upnSuffix });
  const shape = addUserFormSchema.shape;
  const complete =
    shape.userName.safeParse(names.userName).success && shape.displayName.safeParse(names.displayName).success;
  const { data } = useQuery({
    queryKey: ['availability', names],
    queryFn: async () =>
      (await findFormProblem(withStandIn({ ...form.getValues(), ...names, online: 'none' }), nameFields)) ?? null,
    enabled: complete,
    retry: false,
  });
  if (!complete || names.userName !== userName) return undefined;
  return data;
}

/** Sets what the template knows; nothing is offered while there is none. */
function TemplateSelect({ form }: Pick<NameStepProps, 'form'>) {
  const styles = useStyles();
  const { t } = useTranslation('addUser');
  const templates = useQuery(queryOf('listUserTemplates', {})).data?.items ?? [];
  if (templates.length === 0) return null;
  const choose = (id: string): void => {
    const template = templates.find((each) => each.id === id);
    form.setValue('templateId', id, { shouldDirty: true });
    const values = template === undefined ? {} : formOfTemplate(template);
    for (const [name, value] of Object.entries(values)) {
      form.setValue(name as keyof AddUserForm, value, { shouldDirty: true });
    }
  };
  return (
    <Field label={t('add.template')} hint={t('add.templateHint')} className={styles.input}>
      <Select
        className={styles.input}
        // Otherwise it is as wide as the longest name.
        select={{ className: styles.input }}
        value={form.watch('templateId')}
        onChange={(_event, data) => choose(data.value)}
      >
        <option value="">{t('add.noTemplate')}</option>
        {templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface NameStepProps {
  readonly form: UseFormReturn<AddUserForm>;
  readonly suffixes: readonly string[];
}

export function NameStep({ form, suffixes }: NameStepProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'addUser', 'userPanel']);
  const messageOf = useFieldMessage();
  const available = useAvailability(form);
  const { errors } = form.formState;

  const suggest = (change: Partial<Pick<AddUserForm, 'givenName' | 'surname'>>): void => {
    const names = { ...form.getValues(), ...change };
    const { displayName, userName } = form.formState.dirtyFields;
    const whole = [names.givenName.trim(), names.surname.trim()].filter((part) => part !== '').join(' ');
    if (displayName !== true) form.setValue('displayName', whole);
    if (userName !== true) form.setValue('userName', suggestUserName(names.givenName, names.surname));
  };
  const stateOfUserName = () => {
    if (errors.userName !== undefined) return messageOf(errors.userName, t('userPanel:hint.userName'));
    if (available === null)
      return { validationState: 'success' as const, validationMessage: t('addUser:add.nameFree') };
    if (available === undefined || available.field === 'displayName') return {};
    return { validationState: 'error' as const, validationMessage: available.message };
  };
  return (
    <>
      <TemplateSelect form={form} />
      <div className={styles.two}>
        {(['givenName', 'surname'] as const).map((name) => (
          <Controller
            key={name}
            name={name}
            control={form.control}
            render={({ field }) => (
              <Field label={t(`userPanel:field.${name}`)} {...messageOf(errors[name])}>
                <Input
                  {...field}
                  ref={fluentRef(field.ref)}
                  className={styles.input}
                  autoComplete="off"
                  autoFocus={name === 'givenName'}
                  onChange={(event, data) => {
                    field.onChange(event);
                    suggest({ [name]: data.value });
                  }}
                />
              </Field>
            )}
          />
        ))}
      </div>
      <Controller
        name="displayName"
        control={form.control}
        render={({ field }) => (
          <Field label={t('userPanel:field.displayName')} required {...messageOf(errors.displayName)}>
            <Input {...field} ref={fluentRef(field.ref)} autoComplete="off" />
          </Field>
        )}
      />
      <div className={styles.two}>
        <Controller
          name="userName"
          control={form.control}
          render={({ field }) => (
            <Field
              label={t('userPanel:field.userName')}
              required
              hint={t('addUser:add.userNameHint')}
              {...stateOfUserName()}
            >
              <Input
                {...field}
                ref={fluentRef(field.ref)}
                className={styles.input}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            </Field>
          )}
        />
        {suffixes.length > 1 && (
          <Controller
            name="upnSuffix"
            control={form.control}
            render={({ field }) => (
              <Field label={t('addUser:add.suffix')}>
                <Select {...field} ref={fluentRef(field.ref)}>
                  {suffixes.map((suffix) => (
                    <option key={suffix} value={suffix}>
                      @{suffix}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
          />
        )}
      </div>
    </>
  );
}
