import { homeOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { getHome, type HomeParts } from './getHome.ts';

/** Registers the operation `getHome` of `contracts/home.ts`. */
export function registerHome(router: Router, platform: Platform, parts: HomeParts): void {
  router.handle(homeOperations.getHome, () => getHome(platform, parts));
}
