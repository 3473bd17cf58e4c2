import type { OnlineAccountSummary, PasswordState, User } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
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

export function UserStateLabel({ user }: { readonly user: Pick<User, 'state' | 'locked'> }) {
  const { t } = useTranslation('users');
  if (user.locked) return <StateLabel tone="danger">{t('state.locked')}</StateLabel>;
  return <StateLabel tone={userTones[user.state]}>{t(`state.${user.state}`)}</StateLabel>;
}

export function OnlineStateLabel({ state }: { readonly state: OnlineAccountSummary['state'] }) {
  const { t } = useTranslation('users');
  return <StateLabel tone={onlineTones[state]}>{t(`online.${state}`)}</StateLabel>;
}

export function PasswordStateLabel({ state }: { readonly state: PasswordState['state'] }) {
  const { t } = useTranslation('users');
  return <StateLabel tone={passwordTones[state]}>{t(`password.${state}`)}</StateLabel>;
}
