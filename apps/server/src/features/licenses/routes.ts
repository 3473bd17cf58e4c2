import { integrationOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import { licenseColumns } from './licenseColumns.ts';
import { listLicenses } from './listLicenses.ts';

/** Registers the operations about licenses of `contracts/integration.ts`. */
export function registerLicenses(router: Router, platform: Platform): void {
  const list = async () => {
    const items = await listLicenses(platform);
    return { items, total: items.length };
  };
  router.handle(integrationOperations.listLicenses, list);
  router.handleText(integrationOperations.exportLicenses, ({ query }) =>
    exportList(platform.clock, { name: 'licenses', columns: licenseColumns, bom: query.bom, read: list }),
  );
}
