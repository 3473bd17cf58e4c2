import { integrationOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { listDomains } from './listDomains.ts';

/** Registers the operations about domains of `contracts/integration.ts`. */
export function registerDomains(router: Router, platform: Platform): void {
  router.handle(integrationOperations.listDomains, async () => {
    const items = await listDomains(platform);
    return { items, total: items.length };
  });
}
