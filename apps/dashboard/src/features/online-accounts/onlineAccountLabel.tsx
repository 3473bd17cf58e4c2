import type { OnlineAccount } from '@isthmus/contracts';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { onlineStateLabel } from '../users/userStates.tsx';

/** The state of an online account; of one that is kept blocked, why. */
export function onlineAccountLabel(
  account: Pick<OnlineAccount, 'state' | 'hold'>,
  t: TFunction<'users'>,
): ReactElement {
  if (account.state !== 'blocked' || account.hold === null) return onlineStateLabel(account.state, t);
  return <StateLabel tone="danger">{t(`hold.${account.hold}`)}</StateLabel>;
}
