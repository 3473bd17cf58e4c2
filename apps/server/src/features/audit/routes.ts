import { auditOperations } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { Database } from '../../storage/schema.ts';
import type { Audit } from './Audit.ts';
import { auditColumns } from './auditColumns.ts';
import { listAudit } from './listAudit.ts';

/** Registers the operations of `contracts/audit.ts`. */
export function registerAudit(router: Router, database: Kysely<Database>, clock: Clock, audit: Audit): void {
  router.handle(auditOperations.listAudit, ({ query }) => listAudit(database, query));
  router.handleText(auditOperations.exportAudit, ({ query }) =>
    exportList(clock, {
      name: 'audit',
      columns: auditColumns,
      bom: query.bom,
      read: (page) => listAudit(database, { ...query, ...page }),
    }),
  );
  router.handle(auditOperations.verifyAudit, () => audit.verify());
}
