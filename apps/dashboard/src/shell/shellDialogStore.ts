import { useSyncExternalStore } from 'react';

export type ShellDialog = 'palette' | 'shortcuts';

let open: ShellDialog | undefined;
const listeners = new Set<() => void>();

function set(next: ShellDialog | undefined): void {
  open = next;
  for (const listener of listeners) listener();
}

export const openShellDialog = (dialog: ShellDialog): void => set(dialog);
export const closeShellDialog = (): void => set(undefined);

/** Which of the dialogs that can be opened from everywhere is open. */
export function useShellDialog(): ShellDialog | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
