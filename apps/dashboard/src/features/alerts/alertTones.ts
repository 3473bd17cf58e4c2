import type { Alert } from '@isthmus/contracts';
import type { Tone } from '../../ui/StateLabel.tsx';

export const alertTones: Readonly<Record<Alert['severity'], Tone>> = {
  critical: 'severe',
  warning: 'warning',
  information: 'informative',
};
