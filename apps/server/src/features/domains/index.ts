export type { DnsAccess } from './DomainParts.ts';
export { registerDomains } from './routes.ts';
