import type { EmulatorControl } from './EmulatorControl.ts';

export interface Order {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type OrderHandler = (control: EmulatorControl, order: Order) => unknown;

/** A call of the control API: method, path below `/_emulator`, and what it does. */
export type ControlOrder = readonly ['GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', string, OrderHandler];
