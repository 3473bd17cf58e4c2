import { lazy, Suspense } from 'react';
import { loadTexts } from '../../../shell/i18n.ts';
import { ResetPasswordDialog } from './ResetPasswordDialog.tsx';
import { UserCommandDialog } from './UserCommandDialog.tsx';
import type { UserDialogTarget } from './userDialogKinds.ts';

const LicensesDialog = lazy(async () => {
  const [module] = await Promise.all([
    import('../../licenses/LicensesDialog.tsx'),
    loadTexts(['licenses', 'plans', 'jobs']),
  ]);
  return { default: module.LicensesDialog };
});

const OffboardDialog = lazy(async () => {
  const [module] = await Promise.all([
    import('../../offboarding/OffboardDialog.tsx'),
    loadTexts(['offboarding', 'plans', 'jobs']),
  ]);
  return { default: module.OffboardDialog };
});

const SignInNamesDialog = lazy(async () => {
  const [module] = await Promise.all([
    import('../../sign-in-names/SignInNamesDialog.tsx'),
    loadTexts(['signInNames', 'plans', 'jobs']),
  ]);
  return { default: module.SignInNamesDialog };
});

const ownDialogs = { changeLicenses: LicensesDialog, offboard: OffboardDialog, changeNames: SignInNamesDialog };

interface UserDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
  /** Another command for the same people, offered in place of this one. */
  readonly onInstead: (target: UserDialogTarget) => void;
}

export function UserDialog({ target, onClose, onInstead }: UserDialogProps) {
  const { kind, user } = target;
  if (kind === 'changeLicenses' || kind === 'offboard' || kind === 'changeNames') {
    const Chosen = ownDialogs[kind];
    return (
      <Suspense fallback={null}>
        <Chosen target={target} onClose={onClose} />
      </Suspense>
    );
  }
  if (kind !== 'resetPassword') {
    return <UserCommandDialog key={kind} target={{ ...target, kind }} onClose={onClose} onInstead={onInstead} />;
  }
  return user === undefined ? null : <ResetPasswordDialog user={user} onClose={onClose} />;
}
