import { createHash } from 'node:crypto';
import type { Tenant } from '../../store/Tenant.ts';

/** What a report is made from. */
export interface ReportBasis {
  readonly tenant: Tenant;
  /** The day that the report's figures are of. */
  readonly refreshDate: string;
  readonly days: number;
  readonly isConcealed: boolean;
  /** Day of each user's last sign-in, by id. */
  readonly lastSignIns: ReadonlyMap<string, string>;
}

export type Cell = string | number | boolean;

export interface UsageReport {
  readonly columns: readonly string[];
  readonly rows: (basis: ReportBasis) => readonly (readonly Cell[])[];
}

/** A name, or what stands for it where names are concealed: always the same for the same name. */
export function named(name: unknown, { isConcealed }: ReportBasis): string {
  const text = typeof name === 'string' ? name : '';
  return isConcealed ? createHash('md5').update(text).digest('hex').toUpperCase() : text;
}
