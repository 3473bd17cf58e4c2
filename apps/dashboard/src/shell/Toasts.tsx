import {
  Toast,
  ToastBody,
  Toaster,
  type ToastIntent,
  ToastTitle,
  useId,
  useToastController,
} from '@fluentui/react-components';
import { useEffect, useRef } from 'react';

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

/** Shows each message once. */
export function Toasts({ messages, announce }: ToastsProps) {
  const toasterId = useId('toaster');
  const { dispatchToast } = useToastController(toasterId);
  const shown = useRef(0);
  useEffect(() => {
    for (const { number, intent, title, detail } of messages) {
      if (number <= shown.current) continue;
      shown.current = number;
      dispatchToast(
        <Toast>
          <ToastTitle>{title}</ToastTitle>
          {detail !== undefined && <ToastBody>{detail}</ToastBody>}
        </Toast>,
        { intent, timeout: intent === 'error' ? LONG_MS : SHORT_MS },
      );
    }
  }, [messages, dispatchToast]);
  return (
    <Toaster
      toasterId={toasterId}
      position="bottom-end"
      announce={(text, { politeness }) => announce(text, politeness === 'assertive' ? 'urgent' : 'polite')}
    />
  );
}
