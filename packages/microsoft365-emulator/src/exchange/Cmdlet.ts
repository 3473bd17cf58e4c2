import type { Settings } from '../settings.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { BoundParameters } from './binding/BoundParameters.ts';
import type { ParameterTable } from './binding/ParameterType.ts';
import type { ExchangeCaller } from './ExchangeCaller.ts';
import type { Rows } from './Rows.ts';

/** A cmdlet being carried out. */
export interface CmdletCall {
  readonly tenant: Tenant;
  readonly caller: ExchangeCaller;
  readonly settings: Settings;
  readonly parameters: BoundParameters;
  /** Warnings for the answer. */
  readonly warnings: string[];
  readonly cmdlet: string;
  /** Runs changes as one. */
  change<T>(change: () => T): T;
}

/** Which of Exchange's management roles a cmdlet belongs to. */
export type ManagementArea = 'recipients' | 'organization';

export interface Cmdlet {
  readonly name: string;
  readonly area: ManagementArea;
  readonly parameters: ParameterTable;
  readonly mandatory?: readonly string[];
  /** Sets of parameters of which only one may be given. */
  readonly exclusive?: readonly (readonly string[])[];
  /** True when it asks whoever runs it to confirm. */
  readonly confirms?: boolean;
  run(call: CmdletCall): Rows | Promise<Rows>;
}
