import { randomUUID } from 'node:crypto';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

/**
 * What `signInActivity` of the user shows from now on: the last attempt by a person, failed ones included, the last one by a
 * program in the person's name, and the last that succeeded. The real service takes hours for it.
 */
export function noteSignInActivity(
  world: World,
  tenant: Tenant,
  userId: string,
  signIn: { readonly isInteractive: boolean; readonly isSuccessful: boolean },
): void {
  const { signInActivities } = tenant.directory;
  const at = `${tenant.now().toISOString().slice(0, 19)}Z`;
  const requestId = randomUUID();
  const changes = {
    ...(signIn.isInteractive
      ? { lastSignInDateTime: at, lastSignInRequestId: requestId }
      : { lastNonInteractiveSignInDateTime: at, lastNonInteractiveSignInRequestId: requestId }),
    ...(signIn.isSuccessful ? { lastSuccessfulSignInDateTime: at, lastSuccessfulSignInRequestId: requestId } : {}),
  };
  const empty = {
    lastSignInDateTime: null,
    lastSignInRequestId: '',
    lastNonInteractiveSignInDateTime: null,
    lastNonInteractiveSignInRequestId: '',
    lastSuccessfulSignInDateTime: null,
    lastSuccessfulSignInRequestId: '',
  };
  world.transaction(() => {
    const before = signInActivities.get(userId)?.properties ?? empty;
    signInActivities.put({ id: userId, properties: { ...before, ...changes } });
  });
}
