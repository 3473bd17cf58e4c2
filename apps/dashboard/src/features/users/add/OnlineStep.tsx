import {
  Field,
  Input,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../../shell/api.ts';
import { fluentRef } from '../../../ui/fluentRef.ts';
import { CountrySelect } from '../../../ui/form/CountrySelect.tsx';
import { useFieldMessage } from '../../../ui/form/useFieldMessage.ts';
import { AssignPicker } from '../../online-accounts/AssignPicker.tsx';
import { LicenseChoice } from '../../online-accounts/LicenseChoice.tsx';
import type { AddUserForm } from './addUserForm.ts';

const useStyles = makeStyles({
  address: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
    gap: '14px',
    alignItems: 'start',
  },
  input: { minWidth: 0 },
});

/** Fills in what the tenant suggests, as long as nobody chose otherwise. */
function useSuggestions(form: UseFormReturn<AddUserForm>) {
  const integration = useQuery(queryOf('getIntegration', {})).data;
  const integrated = integration?.state === 'integrated';
  const domains = useQuery({ ...queryOf('listDomains', {}), enabled: integrated }).data?.items ?? [];
  const verified = domains.filter((domain) => domain.isVerified);
  const first = verified.find((domain) => domain.isDefault)?.name ?? verified[0]?.name ?? '';
  const location = integration?.tenant?.defaultUsageLocation ?? '';
  const userName = form.watch('userName');
  useEffect(() => {
    const { addressName, domain, usageLocation } = form.getValues();
    if (domain === '' && first !== '') form.setValue('domain', first);
    if (usageLocation === '' && location !== '') form.setValue('usageLocation', location);
    if (addressName === '') form.setValue('addressName', userName);
  }, [first, form, location, userName]);
  return { integration, integrated, verified };
}

interface OnlineStepProps {
  readonly form: UseFormReturn<AddUserForm>;
}

export function OnlineStep({ form }: OnlineStepProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'addUser']);
  const navigate = useNavigate();
  const messageOf = useFieldMessage();
  const { integration, integrated, verified } = useSuggestions(form);
  const { errors } = form.formState;
  const [online, skuIds, usageLocation] = form.watch(['online', 'skuIds', 'usageLocation']);
  return (
    <>
      {integration !== undefined && !integrated && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('addUser:add.notIntegrated')}{' '}
            <Link inline onClick={() => void navigate({ to: '/setup/microsoft365' })}>
              {t('addUser:add.integrate')}
            </Link>
          </MessageBarBody>
        </MessageBar>
      )}
      <Controller
        name="online"
        control={form.control}
        render={({ field }) => (
          <Field label={t('addUser:add.onlineQuestion')}>
            <RadioGroup value={field.value} onChange={(_event, data) => field.onChange(data.value)}>
              <Radio value="none" label={t('addUser:add.onlineNone')} />
              <Radio value="new" label={t('addUser:add.onlineNew')} disabled={!integrated} />
              <Radio value="existing" label={t('addUser:add.onlineExisting')} disabled={!integrated} />
            </RadioGroup>
          </Field>
        )}
      />
      {online === 'existing' && (
        <>
          <AssignPicker
            target={{ user: { id: '', displayName: form.getValues('displayName') } }}
            onChoose={(choice) => {
              form.setValue('accountId', choice?.id ?? '', { shouldDirty: true });
              form.setValue('accountAddress', choice?.label ?? '');
            }}
          />
          {errors.accountId !== undefined && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>{errors.accountId.message || t('addUser:add.chooseAccount')}</MessageBarBody>
            </MessageBar>
          )}
        </>
      )}
      {online === 'new' && (
        <>
          <div className={styles.address}>
            <Controller
              name="addressName"
              control={form.control}
              render={({ field }) => (
                <Field
                  label={t('addUser:add.address')}
                  required
                  {...messageOf(errors.addressName, t('addUser:add.addressHint'))}
                >
                  <Input
                    {...field}
                    ref={fluentRef(field.ref)}
                    className={styles.input}
                    autoComplete="off"
                    spellCheck={false}
                  />
                </Field>
              )}
            />
            <Controller
              name="domain"
              control={form.control}
              render={({ field }) => (
                <Field label={t('addUser:add.domain')} required>
                  <Select {...field} ref={fluentRef(field.ref)}>
                    {verified.map((domain) => (
                      <option key={domain.name} value={domain.name}>
                        @{domain.name}
                      </option>
                    ))}
                  </Select>
                </Field>
              )}
            />
          </div>
          <LicenseChoice value={skuIds} needed={1} onChange={(next) => form.setValue('skuIds', next)} />
          {errors.skuIds?.message !== undefined && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>{errors.skuIds.message}</MessageBarBody>
            </MessageBar>
          )}
          <CountrySelect
            label={t('addUser:add.usageLocation')}
            hint={t('addUser:add.usageLocationHint')}
            value={usageLocation}
            error={messageOf(errors.usageLocation).validationMessage}
            onChange={(code) => form.setValue('usageLocation', code)}
          />
        </>
      )}
    </>
  );
}
