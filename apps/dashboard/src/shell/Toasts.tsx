import {
  makeStyles,
  Toast,
  ToastBody,
  Toaster,
  type ToastIntent,
  ToastTitle,
  tokens,
  useId,
  useToastController,
} from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface ToastMessage {
  readonly number: number;
  readonly intent: ToastIntent;
  readonly title: string;
  readonly detail: string | undefined;
}

interface ToastsProps {
  readonly messages: readonly ToastMessage[];
  readonly announce: (text: string, urgency: 'polite' | 'urgent') => void;
}

const SHORT_MS = 5000;
const LONG_MS = 10_000;

const useStyles = makeStyles({
  // Fluent's own place for toasts, which a mount node of ours does without.
  region: { position: 'relative', zIndex: 1_000_000 },
  // In the dark its shadow alone does not set it off from what lies below.
  toast: { border: `1px solid ${tokens.colorNeutralStroke1}` },
});

/** Shows each message once, in a landmark of its own: what stands outside of all landmarks is easily missed. */
export function Toasts({ messages, announce }: ToastsProps) {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const toasterId = useId('toaster');
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const { dispatchToast } = useToastController(toasterId);
  const shown = useRef(0);
  useEffect(() => {
    for (const { number, intent, title, detail } of messages) {
      if (number <= shown.current) continue;
      shown.current = number;
      dispatchToast(
        <Toast className={styles.toast}>
          <ToastTitle>{title}</ToastTitle>
          {detail !== undefined && <ToastBody>{detail}</ToastBody>}
        </Toast>,
        { intent, timeout: intent === 'error' ? LONG_MS : SHORT_MS, pauseOnHover: true, pauseOnWindowBlur: true },
      );
    }
  }, [messages, dispatchToast, styles.toast]);
  return (
    <section ref={setRegion} className={styles.region} aria-label={t('toasts')}>
      <Toaster
        toasterId={toasterId}
        mountNode={region}
        position="bottom-end"
        announce={(text, { politeness }) => announce(text, politeness === 'assertive' ? 'urgent' : 'polite')}
      />
    </section>
  );
}
