export type { Audit, NewAuditEntry } from './Audit.ts';
export { HashChainedAudit } from './HashChainedAudit.ts';
export { registerAudit } from './routes.ts';
