import { DomainError } from '@isthmus/kernel';
import type * as graph from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { GraphFailure } from '../graph/graphErrors.ts';
import { readsOf, selectOf } from '../graph/typedReads.ts';
import type { IntegrationCertificate } from '../setUp.ts';
import { certificateKey, certificateKeyName } from './certificateKey.ts';
import {
  APPLICATION_PERMISSIONS,
  EXCHANGE_PERMISSION,
  EXCHANGE_RECIPIENT_ADMINISTRATOR,
  USER_ADMINISTRATOR,
} from './permissionNeeds.ts';
import type { RegistrationContext } from './RegistrationContext.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';

const keyCredential = readsOf<graph.KeyCredential>()({
  keyId: z.string().nullish(),
  displayName: z.string().nullish(),
  endDateTime: z.string().nullish(),
}).loose();
const application = readsOf<graph.Application>()({
  id: z.string(),
  appId: z.string(),
  keyCredentials: z.array(keyCredential).nullish(),
});
const APPLICATION = selectOf<graph.Application>('id', 'appId', 'keyCredentials');
const applications = z.object({ value: z.array(application) });
const identified = readsOf<graph.ServicePrincipal>()({ id: z.string() });
const resourcePrincipal = readsOf<graph.ServicePrincipal>()({
  id: z.string(),
  appRoles: z.array(readsOf<graph.AppRole>()({ id: z.string(), value: z.string().nullish() })),
});
const roleAssignments = z.object({ value: z.array(readsOf<graph.AppRoleAssignment>()({ appRoleId: z.string() })) });
const directoryRoles = z.object({
  value: z.array(readsOf<graph.UnifiedRoleAssignment>()({ roleDefinitionId: z.string() })),
});

export interface Application {
  readonly applicationObjectId: string;
  readonly clientId: string;
  /** Id of the key with our certificate, by which it can be taken off later. */
  readonly certificateKeyId?: string;
}

/** A service of the tenant, with the ids of the permissions that we ask it for. */
interface Resource {
  readonly appId: string;
  readonly resourceId: string;
  readonly roles: readonly { readonly name: string; readonly id: string }[];
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const never = () => false;

async function findResource(
  context: RegistrationContext,
  appId: string,
  permissions: readonly string[],
): Promise<Resource | undefined> {
  const path = `/servicePrincipals(appId='${appId}')?${selectOf<graph.ServicePrincipal>('id', 'appRoles')}`;
  const body = await context.find(path, 'read the permissions on offer');
  const principal = resourcePrincipal.safeParse(body).data;
  if (principal === undefined) return undefined;
  const roles = permissions.map((name) => {
    const id = principal.appRoles.find((role) => role.value === name)?.id;
    if (id === undefined) throw notOffered(name);
    return { name, id };
  });
  return { appId, resourceId: principal.id, roles };
}

/** Microsoft Graph and, in a tenant that has it, Exchange Online. */
async function findResources(context: RegistrationContext): Promise<readonly Resource[]> {
  const found = await findResource(context, GRAPH, APPLICATION_PERMISSIONS);
  if (found === undefined) throw notOffered('Microsoft Graph');
  const exchange = await findResource(context, EXCHANGE, [EXCHANGE_PERMISSION]);
  return exchange === undefined ? [found] : [found, exchange];
}

function notOffered(what: string): DomainError {
  return new DomainError({
    code: 'online.failed',
    message: `This cloud does not offer ${what}.`,
    remedy: 'Check that the right cloud is chosen.',
  });
}

/** The application with our certificate on it. */
export async function ensureApplication(
  context: RegistrationContext,
  displayName: string,
  certificate: IntegrationCertificate,
  known: string | undefined,
): Promise<Application> {
  const name = certificateKeyName(certificate);
  const kept = known === undefined ? undefined : await findById(context, known);
  if (kept !== undefined) return withKey(context, kept, certificate);
  const resources = await findResources(context);
  const filter = encodeURIComponent(`displayName eq ${quoted(displayName)}`);
  const look = async () => {
    const path = `/applications?$filter=${filter}&${APPLICATION}`;
    const found = applications.parse(await context.find(path, 'look for the app registration')).value;
    return found.find((one) => (one.keyCredentials ?? []).some((key) => key.displayName === name));
  };
  const made = await context.lookOrWrite(
    {
      method: 'POST',
      path: '/applications',
      purpose: 'create the app registration',
      body: {
        displayName,
        signInAudience: 'AzureADMyOrg',
        keyCredentials: [certificateKey(certificate)],
        requiredResourceAccess: resources.map(({ appId, roles }) => ({
          resourceAppId: appId,
          resourceAccess: roles.map(({ id }) => ({ id, type: 'Role' })),
        })),
      },
    },
    look,
    never,
  );
  return applicationOf(made, name);
}

function applicationOf({ id, appId, keyCredentials }: z.infer<typeof application>, name: string): Application {
  const keyId = keyCredentials?.find((key) => key.displayName === name)?.keyId ?? undefined;
  return { applicationObjectId: id, clientId: appId, ...(keyId === undefined ? {} : { certificateKeyId: keyId }) };
}

async function findById(context: RegistrationContext, id: string) {
  const path = `/applications/${id}?${APPLICATION}`;
  const body = await context.find(path, 'read the app registration');
  return body === undefined ? undefined : application.parse(body);
}

/** The list of keys is replaced as a whole, and one that has ended makes the service refuse all of it. */
async function withKey(
  context: RegistrationContext,
  found: z.infer<typeof application>,
  certificate: IntegrationCertificate,
): Promise<Application> {
  const name = certificateKeyName(certificate);
  const now = context.transport.clock.now();
  const valid = (found.keyCredentials ?? []).filter((key) => Date.parse(key.endDateTime ?? '') > now.getTime());
  const look = async () => {
    const current = await findById(context, found.id);
    return current?.keyCredentials?.some((key) => key.displayName === name) ? current : undefined;
  };
  const changed = await context.lookOrWrite(
    {
      method: 'PATCH',
      path: `/applications/${found.id}`,
      purpose: 'add the certificate to the app registration',
      body: { keyCredentials: [...valid, certificateKey(certificate)] },
    },
    look,
    isUnknownObject,
  );
  return applicationOf(changed, name);
}

/** Takes every other key off the registration; until this one shows there, none is taken off. */
export async function keepOnlyCertificate(
  context: RegistrationContext,
  applicationObjectId: string,
  certificate: IntegrationCertificate,
): Promise<void> {
  const name = certificateKeyName(certificate);
  const found = await findById(context, applicationObjectId);
  const keys = found?.keyCredentials ?? [];
  const ours = keys.filter((key) => key.displayName === name);
  if (ours.length === 0 || ours.length === keys.length) return;
  const look = async () => {
    const current = await findById(context, applicationObjectId);
    const left = current?.keyCredentials ?? [];
    return left.length > 0 && left.every((key) => key.displayName === name) ? current : undefined;
  };
  await context.lookOrWrite(
    {
      method: 'PATCH',
      path: `/applications/${applicationObjectId}`,
      purpose: 'take earlier certificates off the app registration',
      body: { keyCredentials: ours },
    },
    look,
    isUnknownObject,
  );
}

export async function ensureServicePrincipal(context: RegistrationContext, clientId: string): Promise<string> {
  const look = async () => {
    const path = `/servicePrincipals(appId='${clientId}')?${selectOf<graph.ServicePrincipal>('id')}`;
    const body = await context.find(path, 'look for the enterprise application');
    return body === undefined ? undefined : identified.parse(body).id;
  };
  return context.lookOrWrite(
    {
      method: 'POST',
      path: '/servicePrincipals',
      purpose: 'create the enterprise application',
      body: { appId: clientId },
    },
    look,
    (failure) =>
      failure.detailCodes.includes('NoBackingApplicationObject') ||
      /valid application object|backing application/i.test(failure.message) ||
      isUnknownObject(failure),
  );
}

/** Grants every permission: the assignment is the consent of the administrator. */
export async function ensurePermissions(context: RegistrationContext, servicePrincipalId: string): Promise<void> {
  const resources = await findResources(context);
  const assigned = async () => {
    const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignments?$top=999`;
    const body = await context.find(path, 'read the permissions granted');
    // Nothing yet where the new principal is not known yet.
    const held = body === undefined ? [] : roleAssignments.parse(body).value;
    return new Set(held.map(({ appRoleId }) => appRoleId));
  };
  const grants = resources.flatMap(({ resourceId, roles }) =>
    roles.map(({ name, id }) => {
      const grant = {
        method: 'POST',
        path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`,
        purpose: `grant the permission ${name}`,
        body: { principalId: servicePrincipalId, resourceId, appRoleId: id },
      } as const;
      return [id, grant] as const;
    }),
  );
  await context.writeMissing(
    new Map(grants),
    assigned,
    (failure) => /not a valid reference update/i.test(failure.message) || isUnknownObject(failure),
  );
}

const DIRECTORY_ROLES = [
  { id: USER_ADMINISTRATOR, name: 'User Administrator' },
  { id: EXCHANGE_RECIPIENT_ADMINISTRATOR, name: 'Exchange Recipient Administrator' },
];

/** Passwords may be set, and cmdlets run, only by a principal that holds a directory role besides the permission. */
export async function ensureDirectoryRoles(context: RegistrationContext, servicePrincipalId: string): Promise<void> {
  const filter = encodeURIComponent(`principalId eq '${servicePrincipalId}'`);
  const assigned = async () => {
    const path = `/roleManagement/directory/roleAssignments?$filter=${filter}`;
    const body = await context.find(path, 'read the directory roles');
    const held = body === undefined ? [] : directoryRoles.parse(body).value;
    return new Set(held.map(({ roleDefinitionId }) => roleDefinitionId));
  };
  const grants = DIRECTORY_ROLES.map(({ id, name }) => {
    const grant = {
      method: 'POST',
      path: '/roleManagement/directory/roleAssignments',
      purpose: `give the directory role ${name}`,
      body: { principalId: servicePrincipalId, roleDefinitionId: id, directoryScopeId: '/' },
    } as const;
    return [id, grant] as const;
  });
  await context.writeMissing(new Map(grants), assigned, isUnknownObject);
}

function isUnknownObject(failure: GraphFailure): boolean {
  return failure.status === 404;
}
