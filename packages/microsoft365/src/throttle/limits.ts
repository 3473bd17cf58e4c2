import type { Lane } from '../ports.ts';

/** What Microsoft grants one application in one tenant, and how we share it among our lanes. */
export interface TenantLimits {
  readonly resourceUnits: { readonly amount: number; readonly perMilliseconds: number };
  readonly writes: { readonly amount: number; readonly perMilliseconds: number };
  /** Requests in flight at once, over all lanes. */
  readonly concurrency: number;
  /** Share of each budget and of the places in flight that a lane leaves to the lanes above it. */
  readonly reserve: Readonly<Record<Lane, number>>;
}

/** By number of users: fewer than 50, up to 500, more. */
export type TenantSize = 'small' | 'medium' | 'large';

// learn.microsoft.com/graph/throttling-limits, "Identity and access service limits".
const RESOURCE_UNITS: Readonly<Record<TenantSize, number>> = { small: 3_500, medium: 5_000, large: 8_000 };

/** The reserve is small because it lengthens bulk work, yet is enough for a burst of passwords. */
export function tenantLimits(size: TenantSize): TenantLimits {
  return {
    resourceUnits: { amount: RESOURCE_UNITS[size], perMilliseconds: 10_000 },
    writes: { amount: 3_000, perMilliseconds: 150_000 },
    concurrency: 12,
    reserve: { password: 0, interactive: 0.01, background: 0.03 },
  };
}
