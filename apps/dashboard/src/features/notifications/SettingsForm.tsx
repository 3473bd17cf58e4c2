import { Button, makeStyles, Text } from '@fluentui/react-components';
import { zodResolver } from '@hookform/resolvers/zod';
import type { NotificationsView } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isProblem, queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { MailFields } from './MailFields.tsx';
import { formOf, type NotificationsForm, notificationsFormSchema, settingsOf } from './notificationsForm.ts';
import { ServerFields } from './ServerFields.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '840px' },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

/** Refusals that come before the mail server is asked: to leave out the test would not help. */
const ofSettings = ['notifications.unprotected', 'notifications.password-needed', 'notifications.user-missing'];

interface SettingsFormProps {
  readonly view: NotificationsView;
  /** The form is not needed any more for setting up: it is set up, or taken back. */
  readonly onSetUp: () => void;
}

/** The settings; kept once a test message was taken, or without one when somebody wants that. */
export function SettingsForm({ view, onSetUp }: SettingsFormProps) {
  const styles = useStyles();
  const { t } = useTranslation(['notifications', 'common']);
  const may = useMay('settings.write');
  const queryClient = useQueryClient();
  const { announce, notify } = useVoice();
  const form = useForm<NotificationsForm>({
    defaultValues: formOf(view.settings),
    resolver: zodResolver(notificationsFormSchema),
  });
  const save = useCall('setNotifications');
  const { isDirty } = form.formState;
  const isNew = view.settings === null;
  const submit = (skipTest: boolean) =>
    form.handleSubmit((values) => {
      if (save.isPending) return;
      const settings = settingsOf(values);
      announce(t(skipTest ? 'saving' : 'testing'));
      save.mutate(
        {
          query: skipTest ? { skipTest: 'true' } : {},
          body: { ...settings, ...(values.password === '' ? {} : { password: values.password }) },
        },
        {
          onSuccess: ({ tested, notifications }) => {
            queryClient.setQueryData(queryOf('getNotifications', {}).queryKey, notifications);
            form.reset(formOf(notifications.settings));
            onSetUp();
            notify(
              'success',
              t('saved'),
              tested ? t('sent', { to: settings.recipients.join(', ') }) : t('savedUntested'),
            );
          },
          onError: (error) => {
            const field = isProblem(error)
              ? notificationsFormSchema.keyof().options.find((name) => name === error.problem.field)
              : undefined;
            if (field !== undefined)
              form.setError(field, { type: 'server', message: error.message }, { shouldFocus: true });
          },
        },
      );
    });
  const mayHelpToSkip = save.isError && isProblem(save.error) && !ofSettings.includes(save.error.code);
  return (
    <Section title={t('form')}>
      <form className={styles.form} onSubmit={(event) => void submit(false)(event)} noValidate>
        <ServerFields form={form} view={view} disabled={!may} />
        <MailFields form={form} disabled={!may} />
        {save.isError && <ProblemMessage error={save.error} title={t('notSaved')} />}
        {may ? (
          <div className={styles.actions}>
            <Button
              type="submit"
              appearance="primary"
              disabledFocusable={save.isPending}
              icon={save.isPending ? <BusyIcon /> : null}
            >
              {t('save')}
            </Button>
            {mayHelpToSkip && (
              <Button disabledFocusable={save.isPending} onClick={(event) => void submit(true)(event)}>
                {t('saveUntested')}
              </Button>
            )}
            {(isDirty || isNew) && (
              <Button
                onClick={() => {
                  form.reset(formOf(view.settings));
                  save.reset();
                  onSetUp();
                }}
              >
                {t(isNew ? 'common:cancel' : 'discard')}
              </Button>
            )}
          </div>
        ) : (
          <Text>{t('readOnly')}</Text>
        )}
      </form>
    </Section>
  );
}
