import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import type { Job, User } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../../shell/api.ts';
import { BusyIcon } from '../../../ui/BusyIcon.tsx';
import { NewPassword } from '../../../ui/form/NewPassword.tsx';
import { checkPassword } from '../../../ui/form/passwordRules.ts';
import { Dialog } from '../../../ui/modal.ts';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { unlessBackdrop } from '../../../ui/unlessBackdrop.ts';
import { JobFailures } from '../../jobs/JobFailures.tsx';
import { useJobOutcome } from '../../jobs/useJobOutcome.ts';
import { SecretCard } from '../SecretCard.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: '14px' } });
const WAIT_SECONDS = 5;

interface ResetPasswordDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** Sets one password on both sides, then shows it once to be handed over. */
export function ResetPasswordDialog({ user, onClose }: ResetPasswordDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'common', 'userDialogs']);
  const policy = useQuery(queryOf('getUserOptions', {})).data?.passwordPolicy;
  const reset = useCall('resetPassword');
  const outcome = useJobOutcome();
  const [password, setPassword] = useState('');
  const [mustChange, setMustChange] = useState(false);
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<'asking' | 'done' | Job>('asking');
  const good = policy !== undefined && checkPassword(password, policy, user).every(({ met }) => met);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!good) return;
    reset.mutate(
      { params: { id: user.id }, query: { wait: WAIT_SECONDS }, body: { password, mustChange } },
      { onSuccess: (result) => setState(outcome(result) ?? 'done') },
    );
  };
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{t('userDialogs:dialog.resetPassword.title', { name: user.displayName })}</DialogTitle>
            <DialogContent className={styles.content}>
              {state === 'done' && <SecretCard user={user} password={password} mustChange={mustChange} />}
              {typeof state === 'object' && <JobFailures job={state} />}
              {state === 'asking' && (
                <>
                  <Text>
                    {t(
                      user.online === null
                        ? 'userDialogs:dialog.resetPassword.local'
                        : 'userDialogs:dialog.resetPassword.both',
                      {
                        address: user.online?.address,
                      },
                    )}
                  </Text>
                  {policy !== undefined && (
                    <NewPassword
                      autoFocus
                      value={password}
                      onChange={setPassword}
                      policy={policy}
                      owner={user}
                      error={tried && !good ? t('common:newPassword.tooWeak') : undefined}
                    />
                  )}
                  <Checkbox
                    label={t('userDialogs:dialog.resetPassword.mustChange')}
                    checked={mustChange}
                    onChange={(_event, data) => setMustChange(data.checked === true)}
                  />
                  {reset.isError && <ProblemMessage error={reset.error} />}
                </>
              )}
            </DialogContent>
            <DialogActions>
              {state === 'asking' && (
                <Button
                  appearance="primary"
                  type="submit"
                  disabledFocusable={reset.isPending}
                  icon={reset.isPending ? <BusyIcon /> : null}
                >
                  {t('userDialogs:dialog.resetPassword.verb')}
                </Button>
              )}
              <Button onClick={onClose}>{t(state === 'asking' ? 'common:cancel' : 'common:close')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
