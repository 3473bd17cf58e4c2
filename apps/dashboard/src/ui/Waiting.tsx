import { Spinner } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

interface WaitingProps {
  /** What is waited for; without it, that something is loaded. */
  readonly label?: string;
  /** Milliseconds before anything is shown, so that what comes at once does not blink. */
  readonly delay?: number;
}

/** A wait with a name, also for screen readers and while it is not shown yet. */
export function Waiting({ label, delay = 0 }: WaitingProps) {
  const { t } = useTranslation('common');
  const text = label ?? t('loading');
  return <Spinner label={text} aria-label={text} delay={delay} />;
}
