import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { preloadMenus } from '../ui/menu/MenuButton.tsx';
import { useAppearance } from './appearance.tsx';
import { closeShellDialog, openShellDialog, useShellDialog } from './shellDialogStore.ts';

const loadPalette = () => import('./CommandPalette.tsx').then((module) => ({ default: module.CommandPalette }));
const CommandPalette = lazy(loadPalette);
const ShortcutsDialog = lazy(() =>
  import('./ShortcutsDialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
);

const goTo = { h: '/', u: '/users', a: '/alerts', j: '/activity', s: '/settings' } as const;
const SEQUENCE_MS = 1500;
const IDLE_MS = 3000;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** A key alone, pressed neither while typing nor while a dialog is open. */
function isPlain(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return false;
  return document.querySelector('[aria-modal="true"]') === null;
}

/** Shortcuts that work everywhere, and the dialogs they open. */
function useShortcuts(): void {
  const { singleKeys } = useAppearance();
  const navigate = useNavigate();
  useEffect(() => {
    let goPressedAt = 0;
    const sequence = (key: string): void => {
      if (key === 'g') {
        goPressedAt = Date.now();
        return;
      }
      const to = Date.now() - goPressedAt < SEQUENCE_MS ? goTo[key as keyof typeof goTo] : undefined;
      goPressedAt = 0;
      if (to !== undefined) void navigate({ to });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openShellDialog('palette');
        return;
      }
      if (singleKeys === 'off' || !isPlain(event)) return;
      if (event.key === '?') openShellDialog('shortcuts');
      else if (singleKeys === 'all') sequence(event.key);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate, singleKeys]);
}

export function ShellDialogs() {
  useShortcuts();
  const open = useShellDialog();
  useEffect(() => {
    // What is typed right after Ctrl+K must not be lost while the palette loads.
    const timer = setTimeout(() => {
      void loadPalette();
      preloadMenus();
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Suspense fallback={null}>
      {open === 'palette' && <CommandPalette onClose={closeShellDialog} />}
      {open === 'shortcuts' && <ShortcutsDialog onClose={closeShellDialog} />}
    </Suspense>
  );
}
