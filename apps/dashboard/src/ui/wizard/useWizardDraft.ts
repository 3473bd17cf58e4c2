import { useCallback, useState } from 'react';

/** In memory only: it survives a sign-in after the session ended, but no reload. Never give it a password. */
const drafts = new Map<string, unknown>();

export function forgetDrafts(): void {
  drafts.clear();
}

/** State of a wizard that is kept when the wizard is left by an interruption. */
export function useWizardDraft<Value>(
  name: string,
  first: Value,
): readonly [Value, (next: Value | ((before: Value) => Value)) => void, () => void] {
  const [value, setValue] = useState<Value>(() => (drafts.has(name) ? (drafts.get(name) as Value) : first));
  const keep = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      setValue((before) => {
        const after = typeof next === 'function' ? (next as (before: Value) => Value)(before) : next;
        drafts.set(name, after);
        return after;
      });
    },
    [name],
  );
  const forget = useCallback(() => {
    drafts.delete(name);
  }, [name]);
  return [value, keep, forget];
}
