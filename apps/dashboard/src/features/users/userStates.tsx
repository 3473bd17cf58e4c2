import type { OnlineAccountSummary, PasswordState, User } from '@isthmus/contracts';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

const userTones: Readonly<Record<User['state'], Tone>> = {
  active: 'success',
  inactive: 'neutral',
  expired: 'warning',
  incomplete: 'warning',
  removed: 'neutral',
};
const onlineTones: Readonly<Record<OnlineAccountSummary['state'], Tone>> = {
  active: 'success',
  'no-license': 'warning',
  blocked: 'danger',
  creating: 'waiting',
  removed: 'neutral',
  unknown: 'unknown',
};
const passwordTones: Readonly<Record<PasswordState['state'], Tone>> = {
  'in-step': 'success',
  waiting: 'waiting',
  rejected: 'danger',
  'never-captured': 'unknown',
  'must-change': 'warning',
  'not-linked': 'neutral',
};

type T = TFunction<'users'>;

export function userStateLabel(user: Pick<User, 'state' | 'locked'>, t: T): ReactElement {
  if (user.locked) return <StateLabel tone="danger">{t('state.locked')}</StateLabel>;
  return <StateLabel tone={userTones[user.state]}>{t(`state.${user.state}`)}</StateLabel>;
}

export function onlineStateLabel(state: OnlineAccountSummary['state'], t: T): ReactElement {
  return <StateLabel tone={onlineTones[state]}>{t(`online.${state}`)}</StateLabel>;
}

export function passwordStateLabel(state: PasswordState['state'], t: T): ReactElement {
  return <StateLabel tone={passwordTones[state]}>{t(`password.${state}`)}</StateLabel>;
}
