/** What a cmdlet's parameter takes. */
export type ParameterType =
  | { readonly kind: 'text'; readonly maxLength?: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly typeName: string }
  | { readonly kind: 'choices'; readonly values: readonly string[]; readonly typeName: string }
  | { readonly kind: 'list'; readonly maximum?: number }
  /** A number, or `Unlimited`. */
  | { readonly kind: 'limit'; readonly minimum: number; readonly maximum: number }
  /** A time span in seconds, or `Unlimited`. */
  | { readonly kind: 'span'; readonly minimum: number; readonly maximum: number };

export type ParameterTable = Readonly<Record<string, ParameterType>>;

export const text: ParameterType = { kind: 'text' };
export const flag: ParameterType = { kind: 'flag' };
export const list: ParameterType = { kind: 'list' };

export const textUpTo = (maxLength: number): ParameterType => ({ kind: 'text', maxLength });
export const number = (minimum: number, maximum: number): ParameterType => ({ kind: 'number', minimum, maximum });
export const limit = (minimum: number, maximum: number): ParameterType => ({ kind: 'limit', minimum, maximum });
export const span = (minimum: number, maximum: number): ParameterType => ({ kind: 'span', minimum, maximum });

export function choice(typeName: string, ...values: readonly string[]): ParameterType {
  return { kind: 'choice', values, typeName };
}

export function choices(typeName: string, ...values: readonly string[]): ParameterType {
  return { kind: 'choices', values, typeName };
}

/** How many objects a Get cmdlet gives: 1000 unless told otherwise. */
export const resultSize: ParameterType = limit(0, 2_147_483_647);

/** Parameters of every cmdlet. */
export const commonParameters: ParameterTable = {
  ErrorAction: choice(
    'System.Management.Automation.ActionPreference',
    'Stop',
    'SilentlyContinue',
    'Continue',
    'Ignore',
  ),
  WarningAction: choice(
    'System.Management.Automation.ActionPreference',
    'Stop',
    'SilentlyContinue',
    'Continue',
    'Ignore',
  ),
  Verbose: flag,
  Debug: flag,
};

/** Parameters of every cmdlet that changes something. */
export const changeParameters: ParameterTable = { Confirm: flag, WhatIf: flag };
