import type { JobState } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

const tones: Readonly<Record<JobState, Tone>> = {
  waiting: 'waiting',
  running: 'informative',
  done: 'success',
  'done-with-problems': 'warning',
  failed: 'danger',
  cancelled: 'neutral',
  interrupted: 'warning',
};

export function JobStateLabel({ state }: { readonly state: JobState }) {
  const { t } = useTranslation('jobs');
  return <StateLabel tone={tones[state]}>{t(`state.${state}`)}</StateLabel>;
}
