/** Limits of the identity and access services, as Microsoft publishes them. */
export interface Limit {
  readonly scope: 'applicationAndTenant' | 'application' | 'tenant';
  readonly counts: 'units' | 'writes' | 'requests';
  /** By the size of the tenant: fewer than 50 users, up to 500, more. */
  readonly amount: number | { readonly small: number; readonly medium: number; readonly large: number };
  readonly windowSeconds: number;
  /** `x-ms-throttle-scope` and `x-ms-throttle-information` of the refusal. */
  readonly scopeName: string;
  readonly information: string;
}

export const limits: readonly Limit[] = [
  {
    scope: 'applicationAndTenant',
    counts: 'units',
    amount: { small: 3500, medium: 5000, large: 8000 },
    windowSeconds: 10,
    scopeName: 'Tenant_Application',
    information: 'ResourceUnitLimitExceeded',
  },
  {
    scope: 'applicationAndTenant',
    counts: 'writes',
    amount: 3000,
    windowSeconds: 150,
    scopeName: 'Tenant_Application',
    information: 'WriteLimitExceeded',
  },
  {
    scope: 'application',
    counts: 'units',
    amount: 150_000,
    windowSeconds: 20,
    scopeName: 'Application',
    information: 'ResourceUnitLimitExceeded',
  },
  {
    scope: 'application',
    counts: 'writes',
    amount: 35_000,
    windowSeconds: 300,
    scopeName: 'Application',
    information: 'WriteLimitExceeded',
  },
  {
    scope: 'application',
    counts: 'requests',
    amount: 130_000,
    windowSeconds: 10,
    scopeName: 'Application',
    information: 'CPULimitExceeded',
  },
  {
    scope: 'tenant',
    counts: 'writes',
    amount: 18_000,
    windowSeconds: 300,
    scopeName: 'Tenant',
    information: 'WriteLimitExceeded',
  },
];

/** The amount of a limit for a tenant with so many users. */
export function amountFor(limit: Limit, users: number): number {
  if (typeof limit.amount === 'number') return limit.amount;
  if (users < 50) return limit.amount.small;
  return users <= 500 ? limit.amount.medium : limit.amount.large;
}

/** Name of the tenant's size in the text of a refusal. */
export function sizeName(users: number): string {
  if (users < 50) return 'small';
  return users <= 500 ? 'medium' : 'large';
}
