import { integrationOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { listLicenses } from './listLicenses.ts';

/** Registers the operations about licenses of `contracts/integration.ts`. */
export function registerLicenses(router: Router, platform: Platform): void {
  router.handle(integrationOperations.listLicenses, async () => {
    const items = await listLicenses(platform);
    return { items, total: items.length };
  });
}
