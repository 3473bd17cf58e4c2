import { userTemplateOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { listUserTemplates, removeUserTemplate, saveUserTemplate } from './userTemplates.ts';

/** Registers the operations of `contracts/userTemplates.ts`. */
export function registerUserTemplates(router: Router, platform: Platform): void {
  router.handle(userTemplateOperations.listUserTemplates, () => listUserTemplates(platform));
  router.handle(userTemplateOperations.saveUserTemplate, (call) =>
    saveUserTemplate(platform, call, call.params.id, call.body),
  );
  router.handle(userTemplateOperations.removeUserTemplate, (call) =>
    removeUserTemplate(platform, call, call.params.id),
  );
}
