import { mailAddressOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { type CommandDependencies, definePeopleJob } from '../commands/index.ts';
import { getMailAddresses, setMailAddresses } from './mailAddresses.ts';

/** Registers the operations of `contracts/mailAddresses.ts`. */
export function registerMailAddresses(router: Router, platform: Platform, dependencies: CommandDependencies): void {
  definePeopleJob(platform, dependencies, { kind: 'set-mail-addresses', concurrency: 1 });
  router.handle(mailAddressOperations.getMailAddresses, ({ params }) =>
    getMailAddresses(platform, dependencies.people, params.id),
  );
  router.handle(mailAddressOperations.setMailAddresses, (call) =>
    setMailAddresses(platform, dependencies, call, call.params.id, call.body),
  );
}
