import type { Limit } from './limits.ts';

/** Services behind Graph, other than the directory, with limits of their own. */
export type LimitedService = 'auditLogs' | 'usageReports' | 'serviceCommunications' | 'intune';

const perApplication = { scope: 'applicationAndTenant', scopeName: 'Tenant_Application' } as const;
const perTenant = { scope: 'tenant', scopeName: 'Tenant' } as const;
const requests = { counts: 'requests', information: 'ResourceUnitLimitExceeded' } as const;
const writes = { counts: 'writes', information: 'WriteLimitExceeded' } as const;

/**
 * Source: Microsoft documentation, "Microsoft Graph service-specific throttling limits"; those of Intune are from general
 * knowledge.
 */
export const serviceLimits: Readonly<Record<LimitedService, readonly Limit[]>> = {
  auditLogs: [{ ...perApplication, ...requests, amount: 5, windowSeconds: 10 }],
  /** For each report by itself. */
  usageReports: [
    { ...perApplication, ...requests, amount: 14, windowSeconds: 600 },
    { ...perTenant, ...requests, amount: 40, windowSeconds: 600 },
  ],
  serviceCommunications: [
    { ...perApplication, ...requests, amount: 240, windowSeconds: 60 },
    { ...perApplication, ...requests, amount: 800, windowSeconds: 3600 },
  ],
  intune: [
    { ...perApplication, ...requests, amount: 1000, windowSeconds: 20 },
    { ...perTenant, ...requests, amount: 2000, windowSeconds: 20 },
    { ...perApplication, ...writes, amount: 100, windowSeconds: 20 },
    { ...perTenant, ...writes, amount: 200, windowSeconds: 20 },
  ],
};
