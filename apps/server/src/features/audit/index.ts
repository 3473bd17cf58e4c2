export type { Audit } from './Audit.ts';
export { HashChainedAudit } from './HashChainedAudit.ts';
export { registerAudit } from './routes.ts';
