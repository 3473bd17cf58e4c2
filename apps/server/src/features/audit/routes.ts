import { auditOperations } from '@isthmus/contracts';
import type { Kysely } from 'kysely';
import type { Router } from '../../http/Router.ts';
import type { Database } from '../../storage/schema.ts';
import type { Audit } from './Audit.ts';
import { listAudit } from './listAudit.ts';

/** Registers the operations of `contracts/audit.ts`. */
export function registerAudit(router: Router, database: Kysely<Database>, audit: Audit): void {
  router.handle(auditOperations.listAudit, ({ query }) => listAudit(database, query));
  router.handle(auditOperations.verifyAudit, () => audit.verify());
}
