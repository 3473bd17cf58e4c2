import type { ReactElement, ReactNode } from 'react';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactElement;
  /** Why it cannot be used now. */
  readonly disabledReason?: string | undefined;
  run(): void;
}

/** One or several of a few things, with a mark at those that are chosen. */
export interface MenuChoices {
  readonly kind: 'one' | 'several';
  readonly options: readonly { readonly id: string; readonly label: string; readonly chosen: boolean }[];
  readonly onChoose: (id: string) => void;
}

export interface MenuContent {
  /** Above the entries, not part of them. */
  readonly heading?: ReactNode;
  readonly entries?: readonly MenuEntry[];
  readonly choices?: MenuChoices;
}
