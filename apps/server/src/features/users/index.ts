import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import type { CommandDependencies } from '../commands/index.ts';
import { defineUserJobs } from './defineUserJobs.ts';
import { registerUserRoutes } from './routes.ts';

export { findContainer } from './findContainer.ts';
export { removeDuePeople } from './offboarding/removeDuePeople.ts';
export { refuseWithoutAccount } from './planOnlineSide.ts';
export { refuseRemoved } from './refusals.ts';

/** The list of people, and everything an administrator does to one or many of them. */
export function registerUsers(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  defineUserJobs(platform, dependencies);
  registerUserRoutes(router, platform, dependencies);
}
