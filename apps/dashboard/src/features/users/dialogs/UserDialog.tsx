import { ResetPasswordDialog } from './ResetPasswordDialog.tsx';
import { UserCommandDialog } from './UserCommandDialog.tsx';
import type { UserDialogTarget } from './userDialogKinds.ts';

interface UserDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
  /** Another command for the same people, offered in place of this one. */
  readonly onInstead: (target: UserDialogTarget) => void;
}

export function UserDialog({ target, onClose, onInstead }: UserDialogProps) {
  const { kind, user } = target;
  if (kind !== 'resetPassword') {
    return <UserCommandDialog key={kind} target={{ ...target, kind }} onClose={onClose} onInstead={onInstead} />;
  }
  return user === undefined ? null : <ResetPasswordDialog user={user} onClose={onClose} />;
}
