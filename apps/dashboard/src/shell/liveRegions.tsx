import { makeStyles, type ToastIntent } from '@fluentui/react-components';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ToastMessage } from './Toasts.tsx';

const Toasts = lazy(() => import('./Toasts.tsx').then((module) => ({ default: module.Toasts })));

const useStyles = makeStyles({
  unseen: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

interface Voice {
  /** Tells people who use a screen reader; `urgent` interrupts what is being read. */
  announce(text: string, urgency?: 'polite' | 'urgent'): void;
  /** A toast for finished work. It is never the only place: the work also stands in Activity. */
  notify(intent: ToastIntent, title: string, detail?: string): void;
}

const VoiceContext = createContext<Voice>({ announce: () => undefined, notify: () => undefined });

/** The two live regions and the toasts of the page. */
export function LiveRegions({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  const polite = useRef<HTMLDivElement>(null);
  const assertive = useRef<HTMLDivElement>(null);
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);

  const announce = useCallback((text: string, urgency: 'polite' | 'urgent' = 'polite') => {
    const region = urgency === 'urgent' ? assertive.current : polite.current;
    if (region === null) return;
    // The same text twice is announced twice only when the region was empty in between.
    region.textContent = '';
    requestAnimationFrame(() => {
      region.textContent = text;
    });
  }, []);
  const voice = useMemo<Voice>(
    () => ({
      announce,
      notify: (intent, title, detail) =>
        setMessages((before) => [...before, { number: (before.at(-1)?.number ?? 0) + 1, intent, title, detail }]),
    }),
    [announce],
  );
  return (
    <VoiceContext value={voice}>
      {children}
      <div ref={polite} className={styles.unseen} aria-live="polite" aria-atomic="true" />
      <div ref={assertive} className={styles.unseen} aria-live="assertive" aria-atomic="true" />
      {messages.length > 0 && (
        <Suspense fallback={null}>
          <Toasts messages={messages} announce={announce} />
        </Suspense>
      )}
    </VoiceContext>
  );
}

export function useVoice(): Voice {
  return useContext(VoiceContext);
}
