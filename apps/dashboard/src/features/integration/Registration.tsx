import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { SetUpAttempt } from '@isthmus/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '14px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  bullets: { margin: 0, paddingInlineStart: '18px' },
});

type Step = SetUpAttempt['steps'][number];

const tones: Readonly<Record<Step['state'], Tone>> = {
  waiting: 'neutral',
  running: 'waiting',
  done: 'success',
  failed: 'danger',
};
const knownSteps = [
  'application',
  'service-principal',
  'permissions',
  'directory-role',
  'certificate-sign-in',
  'read-back',
  'connect',
  'first-read',
] as const;

function StepList({ steps }: { readonly steps: readonly Step[] }) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  const nameOf = (step: string): string => {
    const known = knownSteps.find((name) => name === step);
    return known === undefined ? step : t(`registering.step.${known}`);
  };
  return (
    <ol className={styles.list} aria-label={t('registering.steps')}>
      {steps.map(({ step, state }) => (
        <li key={step}>
          <StateLabel tone={tones[state]}>
            {nameOf(step)} ({t(`registering.state.${state}`)})
          </StateLabel>
        </li>
      ))}
    </ol>
  );
}

/** What is still in the tenant after a failure or a cancel. */
export function LeftOver({ things }: { readonly things: readonly string[] }) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  return (
    <MessageBar intent={things.length === 0 ? 'success' : 'warning'} layout="multiline" role="status">
      <MessageBarBody>
        <MessageBarTitle>{t(things.length === 0 ? 'leftOver.nothing' : 'leftOver.something')}</MessageBarTitle>
        {things.length > 0 && (
          <ul className={styles.bullets}>
            {things.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        )}
        {things.length > 0 && t('leftOver.retry')}
      </MessageBarBody>
    </MessageBar>
  );
}

interface RegistrationProps {
  readonly attempt: SetUpAttempt;
  readonly onRetry: () => void;
  readonly onCancel: () => void;
  /** False where the tenant was connected before, so that nothing has to be done next. */
  readonly isFirst?: boolean;
}

/** The registering live, then what is next, or what went wrong and what is left of it. */
export function Registration({ attempt, onRetry, onCancel, isFirst = true }: RegistrationProps) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation('integration');
  const { state, problem } = attempt;
  return (
    <div className={styles.all}>
      {state === 'done' && (
        <MessageBar intent="success" role="status">
          <MessageBarBody>{t('done.text', { name: attempt.tenant?.displayName ?? '' })}</MessageBarBody>
        </MessageBar>
      )}
      {state === 'cancelled' && <Text role="status">{t('cancelled')}</Text>}
      {problem !== null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t('registering.failed')}</MessageBarTitle>
            {problem.message} {problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <StepList steps={attempt.steps} />
      {(state === 'failed' || state === 'cancelled') && <LeftOver things={attempt.leftOver} />}
      {state === 'failed' && (
        <div>
          <Button appearance="primary" onClick={onRetry}>
            {t('registering.again')}
          </Button>
        </div>
      )}
      {state === 'registering' && (
        <div>
          <Button onClick={onCancel}>{t('registering.cancel')}</Button>
        </div>
      )}
      {state === 'done' && isFirst && (
        <>
          <Text weight="semibold">{t('done.next')}</Text>
          <ul className={styles.list}>
            <li>
              <Link to="/users/add-online-accounts" className={link}>
                {t('done.addAccounts')}
              </Link>
            </li>
            <li>
              <Link to="/microsoft365" className={link}>
                {t('done.look')}
              </Link>
            </li>
          </ul>
        </>
      )}
    </div>
  );
}
