import { randomUUID } from 'node:crypto';
import { findFirstPartyClient } from '../seed/firstParty.ts';
import { appendToLog } from '../store/appendToLog.ts';
import type { Properties, PropertyValue, UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { authenticateUser, type Credentials } from './authenticateUser.ts';
import { noteSignInActivity } from './noteSignInActivity.ts';
import { SignInError } from './SignInError.ts';
import type { SignInServices } from './SignInServices.ts';

export interface SignInPlace {
  readonly appId: string;
  /** A browser, or a client that sends the password itself. */
  readonly clientAppUsed: 'Browser' | 'Mobile Apps and Desktop clients';
}

/** Checks a name and password, and writes into the tenant's sign-in log how that ended. */
export function signInUser(
  services: SignInServices,
  tenant: Tenant,
  credentials: Credentials,
  place: SignInPlace,
): UserRecord {
  try {
    const user = authenticateUser(tenant, services.lockout, credentials);
    log(services, tenant, user, place);
    return user;
  } catch (error) {
    const user = tenant.users.find('userPrincipalName', credentials.userName.trim().toLowerCase());
    if (error instanceof SignInError && user !== undefined) log(services, tenant, user, place, error);
    throw error;
  }
}

/** Whichever tenant it was registered in. */
function applicationName(world: World, appId: string): PropertyValue {
  const registered = [...world.tenants.values()].map(({ applications }) => applications.find('appId', appId));
  const application = registered.find((found) => found !== undefined);
  return findFirstPartyClient(appId)?.displayName ?? application?.properties['displayName'] ?? null;
}

function log(
  services: SignInServices,
  tenant: Tenant,
  user: UserRecord,
  place: SignInPlace,
  failure?: SignInError,
): void {
  const activity = { isInteractive: true, isSuccessful: failure === undefined };
  noteSignInActivity(services.world, tenant, user.id, activity);
  const { auditLogSize } = services.settings();
  if (auditLogSize === 0) return;
  const { displayName = null, userPrincipalName = null } = user.properties;
  const properties: Properties = {
    createdDateTime: tenant.now().toISOString(),
    userDisplayName: displayName,
    userPrincipalName,
    userId: user.id,
    appId: place.appId,
    appDisplayName: applicationName(services.world, place.appId),
    ipAddress: '127.0.0.1',
    clientAppUsed: place.clientAppUsed,
    correlationId: randomUUID(),
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    resourceDisplayName: 'Microsoft Graph',
    resourceId: '00000003-0000-0000-c000-000000000000',
    status: {
      errorCode: failure?.code ?? 0,
      failureReason: failure === undefined ? 'Other.' : failure.text.replace(/^AADSTS\d+: /, ''),
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem: '',
      browser: '',
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: null,
    appliedConditionalAccessPolicies: [],
  };
  const { signIns } = tenant.directory;
  services.world.transaction(() => appendToLog(signIns, { id: randomUUID(), properties }, auditLogSize));
}
