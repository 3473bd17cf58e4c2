import { licenseOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import { licenseColumns } from './licenseColumns.ts';
import { listLicenses } from './listLicenses.ts';
import { listWaiting } from './listWaiting.ts';

/** Registers the operations of `contracts/licenses.ts`, but the command about people, which the users feature has. */
export function registerLicenses(router: Router, platform: Platform): void {
  const list = async () => {
    const items = await listLicenses(platform);
    return { items, total: items.length };
  };
  router.handle(licenseOperations.listLicenses, list);
  router.handle(licenseOperations.listWaiting, async () => {
    const items = await listWaiting(platform);
    return { items, total: items.length };
  });
  router.handleText(licenseOperations.exportLicenses, ({ query }) =>
    exportList(platform.clock, { name: 'licenses', columns: licenseColumns, bom: query.bom, read: list }),
  );
}
