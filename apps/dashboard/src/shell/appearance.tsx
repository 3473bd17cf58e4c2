import { FluentProvider } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { darkTheme, lightTheme } from './theme.ts';

export const themeModes = ['system', 'light', 'dark'] as const;
export type ThemeMode = (typeof themeModes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];
/** Shortcuts without Ctrl or Alt can get in the way of speech input (WCAG 2.1.4), so most are off at first. */
export const singleKeyModes = ['off', 'help', 'all'] as const;
export type SingleKeys = (typeof singleKeyModes)[number];

interface Appearance {
  readonly mode: ThemeMode;
  readonly density: Density;
  readonly singleKeys: SingleKeys;
  setMode(mode: ThemeMode): void;
  setDensity(density: Density): void;
  setSingleKeys(singleKeys: SingleKeys): void;
}

const AppearanceContext = createContext<Appearance>({
  mode: 'system',
  density: 'comfortable',
  singleKeys: 'help',
  setMode: () => undefined,
  setDensity: () => undefined,
  setSingleKeys: () => undefined,
});

const darkQuery = '(prefers-color-scheme: dark)';

function subscribeToSystem(changed: () => void): () => void {
  const media = matchMedia(darkQuery);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

function usePreference<Value extends string>(
  name: string,
  values: readonly Value[],
  first: Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const stored = localStorage.getItem(name);
    return values.find((known) => known === stored) ?? first;
  });
  const store = (next: Value): void => {
    localStorage.setItem(name, next);
    setValue(next);
  };
  return [value, store];
}

/** Theme and density of this browser; both change without a reload. */
export function AppearanceProvider({ children }: { readonly children: ReactNode }) {
  const [mode, setMode] = usePreference('isthmus.theme', themeModes, 'system');
  const [density, setDensity] = usePreference('isthmus.density', densities, 'comfortable');
  const [singleKeys, setSingleKeys] = usePreference('isthmus.single-keys', singleKeyModes, 'help');
  const systemIsDark = useSyncExternalStore(subscribeToSystem, () => matchMedia(darkQuery).matches);
  const isDark = mode === 'dark' || (mode === 'system' && systemIsDark);
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the setters only wrap stable state setters
  const appearance = useMemo<Appearance>(
    () => ({ mode, density, singleKeys, setMode, setDensity, setSingleKeys }),
    [mode, density, singleKeys],
  );
  return (
    <AppearanceContext value={appearance}>
      <FluentProvider theme={isDark ? darkTheme : lightTheme}>{children}</FluentProvider>
    </AppearanceContext>
  );
}

export function useAppearance(): Appearance {
  return useContext(AppearanceContext);
}
