import type { SetUpAttempt } from '@isthmus/contracts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WizardStep } from '../../ui/wizard/wizardTypes.ts';
import { chosenTenant } from './attemptSteps.ts';
import { SignInStep } from './SignInStep.tsx';
import { useSetUpAttempt } from './useSetUpAttempt.ts';

interface AdministratorStepsOptions {
  readonly start: ReactNode;
  readonly review: (attempt: SetUpAttempt, error: Error | null) => ReactNode;
  /** Leaves the wizard. */
  readonly onLeave: () => void;
}

/** What happens, a sign-in by device code, and Review: for what takes the rights of an administrator of the tenant. */
export function useAdministratorSteps({ start, review, onLeave }: AdministratorStepsOptions) {
  const { t } = useTranslation('administrator');
  const set = useSetUpAttempt();
  const { attempt } = set;
  const [isFinished, setFinished] = useState(false);
  const steps: WizardStep[] = [
    { id: 'start', label: t('step.start'), content: start },
    {
      id: 'sign-in',
      label: t('step.signIn'),
      blocked: chosenTenant(attempt) === null,
      content: (
        <SignInStep
          attempt={attempt}
          starting={set.starting}
          error={set.error}
          permissions={[]}
          onStart={() => void set.start()}
        />
      ),
    },
    { id: 'review', label: t('step.review'), content: attempt === undefined ? null : review(attempt, set.error) },
  ];
  const close = (): void => {
    // A sign-in that nobody uses is given up; what it made, if anything, is taken back.
    if (!isFinished) void set.cancel().catch(() => undefined);
    onLeave();
  };
  return { set, steps, close, isFinished, finish: () => setFinished(true) };
}
