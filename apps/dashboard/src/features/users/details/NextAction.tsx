import { Button, makeStyles } from '@fluentui/react-components';
import type { UserDetails } from '@isthmus/contracts';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserDialogKind } from '../dialogs/userDialogKinds.ts';
import { useUsersSearch } from '../useUsersSearch.ts';

const AssignDialog = lazy(() =>
  import('../../online-accounts/AssignDialog.tsx').then((module) => ({ default: module.AssignDialog })),
);

const useStyles = makeStyles({ line: { display: 'flex', flexWrap: 'wrap', gap: '8px' } });

type NextStep =
  | Extract<UserDialogKind, 'restore' | 'unlock' | 'activate' | 'allowOnline' | 'resetPassword' | 'deactivate' | 'lock'>
  | 'createOnlineAccount';

/** The one obvious thing to do for this person first, then what is always at hand. */
function stepsFor(user: UserDetails): readonly NextStep[] {
  const order: readonly NextStep[] = [
    'restore',
    'unlock',
    'activate',
    'allowOnline',
    'createOnlineAccount',
    'resetPassword',
    'deactivate',
  ];
  const next = order.filter((step) => user.may[step]).slice(0, 3);
  // In an emergency nobody looks for it in a menu.
  return user.may.lock && user.state === 'active' ? [...next, 'lock'] : next;
}

interface NextActionProps {
  readonly user: UserDetails;
  readonly onDialog: (kind: UserDialogKind) => void;
}

export function NextAction({ user, onDialog }: NextActionProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'userPanel']);
  const navigate = useNavigate();
  const { view } = useUsersSearch();
  const run = (step: NextStep): void => {
    if (step !== 'createOnlineAccount') onDialog(step);
    else void navigate({ to: '/users/add-online-accounts', search: { ...view, only: user.id } });
  };
  const [assigning, setAssigning] = useState(false);
  const [first, ...others] = stepsFor(user);
  if (first === undefined) return null;
  return (
    <div className={styles.line}>
      <Button
        appearance={first === 'resetPassword' || first === 'deactivate' ? 'secondary' : 'primary'}
        onClick={() => run(first)}
      >
        {t(`userPanel:panel.next.${first}`)}
      </Button>
      {others.map((step) => (
        <Button key={step} onClick={() => run(step)}>
          {t(`userPanel:panel.next.${step}`)}
        </Button>
      ))}
      {user.may.createOnlineAccount && (
        <Button onClick={() => setAssigning(true)}>{t('userPanel:panel.next.assignOnlineAccount')}</Button>
      )}
      <Suspense fallback={null}>
        {assigning && <AssignDialog target={{ user }} onClose={() => setAssigning(false)} />}
      </Suspense>
    </div>
  );
}
