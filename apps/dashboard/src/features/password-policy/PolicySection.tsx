import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Text,
} from '@fluentui/react-components';
import { type PasswordPolicy, type PasswordPolicyView, passwordStrengths } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';
import { changesOf, formOf, numberFields, type PolicyForm, strengthOf, strengths } from './policyForm.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 230px), 1fr))',
    gap: '12px',
    alignItems: 'start',
  },
  field: { minWidth: 0, '& input': { minWidth: 0 } },
  strength: { maxWidth: '100%', '& select': { minWidth: 0, width: '100%' } },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { margin: 0, paddingInlineStart: '18px' },
});

const zeros = ['minimumAgeDays', 'maximumAgeDays', 'lockoutThreshold', 'lockoutMinutes'] as const;

interface ConfirmProps {
  readonly policy: PasswordPolicy;
  readonly changes: Partial<PasswordPolicy>;
  readonly onClose: (changed: boolean) => void;
}

/** Shows what becomes another, and asks for the password with whose rights the directory makes the change. */
function ConfirmDialog({ policy, changes, onClose }: ConfirmProps) {
  const styles = useStyles();
  const { t } = useTranslation(['passwordPolicy', 'common']);
  const queryClient = useQueryClient();
  const { announce } = useVoice();
  const change = useCall('changePasswordPolicy');
  const [password, setPassword] = useState('');
  const text = (value: number | boolean): string =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password === '' || change.isPending) return;
    change.mutate(
      { query: {}, body: { changes, password } },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: queryOf('getPasswordPolicy', {}).queryKey });
          announce(t('saved'));
          onClose(true);
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={unlessBackdrop(() => onClose(false))}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{t('confirm.title')}</DialogTitle>
            <DialogContent className={styles.content}>
              <ul className={styles.list}>
                {(Object.keys(changes) as (keyof PasswordPolicy)[]).map((field) => (
                  <li key={field}>
                    {t('confirm.change', {
                      field: t(`field.${field}`),
                      before: text(policy[field]),
                      after: text(changes[field] ?? policy[field]),
                    })}
                  </li>
                ))}
              </ul>
              <Text>{t('confirm.text')}</Text>
              <Field label={t('confirm.password')} required>
                <PasswordInput
                  autoFocus
                  autoComplete="current-password"
                  value={password}
                  onChange={(_event, data) => setPassword(data.value)}
                />
              </Field>
              {change.isError && <ProblemMessage error={change.error} />}
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={password === '' || change.isPending}
                icon={change.isPending ? <BusyIcon /> : null}
              >
                {t('confirm.verb')}
              </Button>
              <Button onClick={() => onClose(false)}>{t('common:cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** The policy of the domain as a form: the four strengths, or own rules. */
export function PolicySection({ view }: { readonly view: PasswordPolicyView }) {
  const styles = useStyles();
  const { t } = useTranslation('passwordPolicy');
  const may = useMay('settings.write');
  const [touched, setTouched] = useState<PolicyForm>();
  const [asking, setAsking] = useState(false);
  const form = touched ?? formOf(view.policy);
  const { changes, wrong } = changesOf(form, view.policy);
  const isChanged = Object.keys(changes).length > 0;
  const choose = (name: string): void => {
    const chosen = passwordStrengths.find((one) => one === name);
    if (chosen === undefined) return;
    const { minimumLength, complexity } = strengths[chosen];
    setTouched({ ...form, minimumLength: String(minimumLength), complexity });
  };
  return (
    <Section title={t('title')}>
      <Text>{t('text')}</Text>
      {view.problems.map((problem) => (
        <MessageBar key={problem.code} intent="warning" layout="multiline">
          <MessageBarBody>
            {problem.message} {problem.remedy}
          </MessageBarBody>
        </MessageBar>
      ))}
      <Field label={t('strength')} className={styles.strength}>
        <Select value={strengthOf(form) ?? 'own'} disabled={!may} onChange={(_event, { value }) => choose(value)}>
          {passwordStrengths.map((name) => (
            <option key={name} value={name}>
              {t(`strengths.${name}`)}
            </option>
          ))}
          <option value="own" disabled>
            {t('strengths.own')}
          </option>
        </Select>
      </Field>
      <Checkbox
        label={t('complexity')}
        checked={form.complexity}
        disabled={!may}
        onChange={(_event, { checked }) => setTouched({ ...form, complexity: checked === true })}
      />
      <div className={styles.fields}>
        {numberFields.map((field) => {
          const zero = zeros.find((one) => one === field);
          return (
            <Field
              key={field}
              className={styles.field}
              label={t(`field.${field}`)}
              {...(zero === undefined ? {} : { hint: t(`zero.${zero}`) })}
              validationState={wrong.includes(field) ? 'error' : 'none'}
            >
              <Input
                inputMode="numeric"
                value={form[field]}
                disabled={!may}
                onChange={(_event, data) => setTouched({ ...form, [field]: data.value })}
              />
            </Field>
          );
        })}
      </div>
      <Text size={200}>{t('windows')}</Text>
      {may ? (
        <div className={styles.actions}>
          <Button
            appearance="primary"
            disabledFocusable={!isChanged || wrong.length > 0}
            onClick={() => setAsking(true)}
          >
            {t('save')}
          </Button>
          <Button disabledFocusable={!isChanged} onClick={() => setTouched(undefined)}>
            {t('discard')}
          </Button>
        </div>
      ) : (
        <Text>{t('readOnly')}</Text>
      )}
      {asking && (
        <ConfirmDialog
          policy={view.policy}
          changes={changes}
          onClose={(changed) => {
            setAsking(false);
            if (changed) setTouched(undefined);
          }}
        />
      )}
    </Section>
  );
}
