import { Checkbox } from '@fluentui/react-components';
import { zodResolver } from '@hookform/resolvers/zod';
import type { Job } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../../shell/api.ts';
import { NewPassword } from '../../../ui/form/NewPassword.tsx';
import { checkPassword } from '../../../ui/form/passwordRules.ts';
import { useWizardDraft } from '../../../ui/wizard/useWizardDraft.ts';
import { Wizard } from '../../../ui/wizard/Wizard.tsx';
import { useJobOutcome } from '../../jobs/useJobOutcome.ts';
import { SecretCard } from '../SecretCard.tsx';
import { useUsersSearch } from '../useUsersSearch.ts';
import {
  type AddUserForm,
  addUserFormSchema,
  emptyAddUserForm,
  findFormProblem,
  newUserOf,
  planAddUser,
} from './addUserForm.ts';
import { GroupsStep } from './GroupsStep.tsx';
import { NameStep, nameFields, withStandIn } from './NameStep.tsx';
import { OnlineStep } from './OnlineStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';

const WAIT_SECONDS = 15;
const onlineFields = ['accountId', 'addressName', 'domain', 'skuIds', 'usageLocation'] as const;
const noPolicy = { minimumLength: 1, complexity: false };

/** The form, kept as a draft without its password. */
function useAddUserForm() {
  const [draft, keepDraft, forgetDraft] = useWizardDraft<AddUserForm>('add-user', emptyAddUserForm);
  const form = useForm<AddUserForm>({ defaultValues: emptyAddUserForm, resolver: zodResolver(addUserFormSchema) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is taken up once, when the wizard opens
  useEffect(() => {
    for (const [name, value] of Object.entries(draft)) {
      form.setValue(name as keyof AddUserForm, value, { shouldDirty: value !== '' });
    }
  }, []);
  useEffect(() => {
    // What is being mended is no longer an error; the next Next tells again.
    const { unsubscribe } = form.watch((_values, { name }) => {
      if (name !== undefined) form.clearErrors(name);
    });
    return unsubscribe;
  }, [form]);
  const values = form.watch();
  const text = JSON.stringify({ ...values, password: '' });
  useEffect(() => keepDraft(JSON.parse(text) as AddUserForm), [keepDraft, text]);
  return { form, values, forgetDraft };
}

/** Checks the fields of a step here, then asks the server about them. */
async function checkStep(
  form: ReturnType<typeof useAddUserForm>['form'],
  fields: readonly (keyof AddUserForm)[],
  asked: AddUserForm,
): Promise<boolean> {
  if (!(await form.trigger(fields))) return false;
  const problem = await findFormProblem(asked, fields);
  if (problem !== undefined) form.setError(problem.field, { type: 'server', message: problem.message });
  return problem === undefined;
}

function onlineOf(values: AddUserForm): { readonly address: string } | null {
  if (values.online === 'none') return null;
  return { address: values.online === 'new' ? `${values.addressName}@${values.domain}` : values.accountAddress };
}

export function AddUserWizard() {
  const { t } = useTranslation(['users', 'addUser', 'userDialogs']);
  const navigate = useNavigate();
  const { view } = useUsersSearch();
  const outcome = useJobOutcome();
  const options = useQuery(queryOf('getUserOptions', {})).data;
  const { form, values, forgetDraft } = useAddUserForm();
  const add = useCall('addUser');
  const [failed, setFailed] = useState<Job>();
  const [added, setAdded] = useState(false);
  const policy = options?.passwordPolicy ?? noPolicy;
  const passwordIsGood = checkPassword(values.password, policy, values).every(({ met }) => met);
  const { errors } = form.formState;
  const plan = useQuery({
    queryKey: ['plan', 'addUser', { ...newUserOf(values), password: undefined }],
    queryFn: () => planAddUser(values),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  const close = (): void => {
    forgetDraft();
    void navigate({ to: '/users', search: view });
  };
  const finish = (): void => {
    setFailed(undefined);
    add.mutate(
      { query: { wait: WAIT_SECONDS }, body: newUserOf(values) },
      {
        onSuccess: (result) => {
          const problem = outcome(result);
          setFailed(problem);
          setAdded(problem === undefined);
        },
      },
    );
  };
  const card = {
    displayName: values.displayName,
    userName: values.userName,
    online: onlineOf(values),
  };
  return (
    <Wizard
      title={t('addUser:add.title')}
      finishLabel={t('addUser:add.finish')}
      onFinish={finish}
      busy={add.isPending}
      hasData={form.formState.isDirty}
      onClose={close}
      result={
        added ? <SecretCard user={card} password={values.password} mustChange={values.mustChangePassword} /> : undefined
      }
      steps={[
        {
          id: 'name',
          label: t('addUser:add.step.name'),
          content: <NameStep form={form} suffixes={options?.upnSuffixes ?? []} />,
          validate: () => checkStep(form, nameFields, withStandIn({ ...values, online: 'none' })),
        },
        {
          id: 'password',
          label: t('addUser:add.step.password'),
          content: (
            <>
              <NewPassword
                autoFocus
                value={values.password}
                onChange={(password) => form.setValue('password', password, { shouldDirty: true })}
                policy={policy}
                owner={values}
                error={errors.password === undefined ? undefined : (errors.password.message ?? '')}
              />
              <Controller
                name="mustChangePassword"
                control={form.control}
                render={({ field }) => (
                  <Checkbox
                    label={t('userDialogs:dialog.resetPassword.mustChange')}
                    checked={field.value}
                    onChange={(_event, data) => field.onChange(data.checked === true)}
                  />
                )}
              />
            </>
          ),
          validate: () => {
            if (passwordIsGood) return checkStep(form, ['password'], { ...values, online: 'none' });
            form.setError('password', { type: 'server', message: t('addUser:add.weakPassword') });
            return false;
          },
        },
        {
          id: 'online',
          label: t('addUser:add.step.online'),
          content: <OnlineStep form={form} />,
          validate: () => checkStep(form, onlineFields, values),
        },
        {
          id: 'groups',
          label: t('addUser:add.step.groups'),
          content: (
            <GroupsStep
              groups={options?.groups ?? []}
              value={values.groupDns}
              onChange={(dns) => form.setValue('groupDns', dns, { shouldDirty: true })}
            />
          ),
        },
        {
          id: 'review',
          label: t('addUser:add.step.review'),
          content: <ReviewStep plan={plan} error={add.error} failed={failed} />,
          blocked: plan.data === undefined || plan.isFetching || plan.data.blocked !== null,
        },
      ]}
    />
  );
}
