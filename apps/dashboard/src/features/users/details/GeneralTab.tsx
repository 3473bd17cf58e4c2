import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { zodResolver } from '@hookform/resolvers/zod';
import { changeableTexts, type Job, type UserDetails, userChangesSchema } from '@isthmus/contracts';
import { useEffect, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isProblem, useCall } from '../../../shell/api.ts';
import { BusyIcon } from '../../../ui/BusyIcon.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { useFieldMessage } from '../../../ui/form/useFieldMessage.ts';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { ShortTime } from '../../../ui/Time.tsx';
import { JobFailures } from '../../jobs/JobFailures.tsx';
import { useJobOutcome } from '../../jobs/useJobOutcome.ts';
import { LeaveWithChanges } from './LeaveWithChanges.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: '12px' },
  input: { minWidth: 0 },
  actions: {
    position: 'sticky',
    bottom: '-20px',
    display: 'flex',
    gap: '8px',
    padding: '12px 0',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    zIndex: 1,
  },
});

type Values = Record<(typeof changeableTexts)[number], string>;
const formSchema = userChangesSchema.omit({ expiresAt: true }).required();
const WAIT_SECONDS = 5;

const valuesOf = (user: UserDetails): Values => ({
  ...(Object.fromEntries(changeableTexts.map((field) => [field, user[field] ?? ''])) as Values),
});

/** The directory's properties, changed only by Save; a change made elsewhere meanwhile is shown, not overwritten. */
export function GeneralTab({ user }: { readonly user: UserDetails }) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'common', 'userPanel']);
  const messageOf = useFieldMessage();
  const [base, setBase] = useState(() => valuesOf(user));
  const form = useForm<Values>({ defaultValues: base, resolver: zodResolver(formSchema) });
  const { isDirty, dirtyFields, errors } = form.formState;
  const change = useCall('changeUser');
  const outcome = useJobOutcome();
  const [failed, setFailed] = useState<Job>();
  const now = valuesOf(user);
  const conflicts = changeableTexts.filter((field) => dirtyFields[field] === true && now[field] !== base[field]);

  useEffect(() => {
    if (isDirty) return;
    const fresh = valuesOf(user);
    setBase(fresh);
    form.reset(fresh);
  }, [form, isDirty, user]);

  const save = form.handleSubmit((values) => {
    const body = Object.fromEntries(
      changeableTexts.filter((field) => dirtyFields[field] === true).map((field) => [field, values[field].trim()]),
    );
    setFailed(undefined);
    change.mutate(
      { params: { id: user.id }, query: { wait: WAIT_SECONDS }, body },
      {
        onSuccess: (result) => {
          const problem = outcome(result);
          setFailed(problem);
          if (problem === undefined) form.reset(values);
        },
        onError: (error) => {
          const field = isProblem(error) ? changeableTexts.find((name) => name === error.problem.field) : undefined;
          if (field !== undefined)
            form.setError(field, { type: 'server', message: error.message }, { shouldFocus: true });
        },
      },
    );
  });
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <LeaveWithChanges dirty={isDirty} />
      {user.protected !== null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{user.protected.message}</MessageBarBody>
        </MessageBar>
      )}
      {conflicts.map((field) => (
        <MessageBar key={field} intent="warning" layout="multiline">
          <MessageBarBody>
            {t('userPanel:general.conflict', {
              field: t(`userPanel:field.${field}`),
              now: now[field],
              base: base[field],
            })}
          </MessageBarBody>
        </MessageBar>
      ))}
      {change.isError && <ProblemMessage error={change.error} />}
      {failed !== undefined && <JobFailures job={failed} />}
      <div className={styles.fields}>
        {changeableTexts.map((name) => (
          <Controller
            key={name}
            name={name}
            control={form.control}
            render={({ field }) => (
              <Field
                label={t(`userPanel:field.${name}`)}
                {...messageOf(errors[name], t(`userPanel:hint.${name === 'userName' ? 'userName' : 'other'}`))}
              >
                <Input
                  className={styles.input}
                  {...field}
                  ref={field.ref}
                  readOnly={!user.may.change}
                  autoComplete="off"
                />
              </Field>
            )}
          />
        ))}
      </div>
      <Facts
        facts={[
          { id: 'manager', label: t('userPanel:field.manager'), value: user.manager?.name ?? '–' },
          { id: 'lastSignIn', label: t('column.lastSignInAt'), value: <ShortTime instant={user.lastSignInAt} /> },
          {
            id: 'passwordSet',
            label: t('userPanel:field.passwordSetAt'),
            value: <ShortTime instant={user.passwordSetAt} />,
          },
          { id: 'expires', label: t('userPanel:field.expiresAt'), value: <ShortTime instant={user.expiresAt} /> },
          { id: 'created', label: t('userPanel:field.createdAt'), value: <ShortTime instant={user.createdAt} /> },
          {
            id: 'restorable',
            label: t('userPanel:field.restorableUntil'),
            value: <ShortTime instant={user.restorableUntil} />,
          },
          { id: 'dn', label: t('userPanel:field.dn'), value: user.dn },
        ].filter(({ id }) => id !== 'restorable' || user.restorableUntil !== null)}
      />
      {isDirty && (
        <div className={styles.actions}>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={change.isPending}
            icon={change.isPending ? <BusyIcon /> : null}
          >
            {t('userPanel:general.save')}
          </Button>
          <Button
            onClick={() => {
              form.reset(valuesOf(user));
              change.reset();
            }}
          >
            {t('userPanel:general.discard')}
          </Button>
        </div>
      )}
    </form>
  );
}
