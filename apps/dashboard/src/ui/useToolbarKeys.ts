import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';

const isShown = (button: HTMLElement): boolean => button.offsetParent !== null;

function buttonsOf(bar: HTMLElement): HTMLElement[] {
  return [...bar.querySelectorAll('button')].filter(isShown);
}

/** The button with the focus, or the one that had it last, is the only tab stop. */
function moveTabStop(bar: HTMLElement, wanted: HTMLElement | undefined): void {
  const buttons = buttonsOf(bar);
  const stop = wanted !== undefined && buttons.includes(wanted) ? wanted : buttons[0];
  for (const button of bar.querySelectorAll('button')) button.tabIndex = button === stop ? 0 : -1;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * The keys of a toolbar (WAI-ARIA Authoring Practices, toolbar pattern): one tab stop, arrows between the buttons.
 * Set on the elements themselves, because which of them are shown is decided by their width.
 */
export function useToolbarKeys() {
  const bar = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement>(undefined);
  useEffect(() => {
    if (bar.current === null) return;
    const element = bar.current;
    const renew = (): void => moveTabStop(element, last.current);
    renew();
    const watcher = new MutationObserver(renew);
    watcher.observe(element, { subtree: true, childList: true, attributeFilter: ['data-overflowing'] });
    return () => watcher.disconnect();
  }, []);
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const button = event.target.closest('button');
    if (button === null || !event.currentTarget.contains(button)) return;
    last.current = button;
    moveTabStop(event.currentTarget, button);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = steps[event.key];
    const button = event.target instanceof HTMLElement ? event.target.closest('button') : null;
    if (step === undefined || button === null || !event.currentTarget.contains(button)) return;
    const buttons = buttonsOf(event.currentTarget);
    buttons[step(buttons.indexOf(button), buttons.length)]?.focus();
    event.preventDefault();
  };
  return { ref: bar, onFocus, onKeyDown };
}
