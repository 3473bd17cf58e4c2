import type { Domain, RecordVerdictName } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

const stateTones: Readonly<Record<NonNullable<Domain['state']>, Tone>> = {
  'waiting-for-dns': 'waiting',
  'records-missing': 'warning',
  verified: 'success',
  failed: 'danger',
};

export const verdictTones: Readonly<Record<RecordVerdictName, Tone>> = {
  found: 'success',
  missing: 'warning',
  different: 'warning',
  duplicated: 'danger',
  conflicting: 'danger',
  shadowed: 'warning',
  'not-yet-everywhere': 'waiting',
  unknown: 'unknown',
};

/** How a domain is; of one whose records nobody watches only whether it is verified. */
export function DomainState({ domain }: { readonly domain: Pick<Domain, 'state' | 'isVerified'> }) {
  const { t } = useTranslation('domains');
  const state = domain.state ?? (domain.isVerified ? 'verified' : 'waiting-for-dns');
  return <StateLabel tone={stateTones[state]}>{t(`state.${state}`)}</StateLabel>;
}
