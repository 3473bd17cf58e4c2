import { X509Certificate } from 'node:crypto';
import { DomainError } from '@isthmus/kernel';
import type * as graph from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { GraphFailure } from '../graph/graphErrors.ts';
import { readsOf, selectOf } from '../graph/typedReads.ts';
import type { IntegrationCertificate } from '../setUp.ts';
import { APPLICATION_PERMISSIONS, USER_ADMINISTRATOR } from './permissionNeeds.ts';
import type { RegistrationContext } from './RegistrationContext.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';

const keyCredential = readsOf<graph.KeyCredential>()({
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
const graphPrincipal = readsOf<graph.ServicePrincipal>()({
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
}

interface GraphRole {
  readonly name: string;
  readonly id: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const never = () => false;

/** Marks the key with the certificate's fingerprint: how an earlier, interrupted run is recognized as ours. */
function keyName(certificate: IntegrationCertificate): string {
  return `CN=isthmus-${new X509Certificate(certificate.certificatePem).fingerprint256.replaceAll(':', '').toLowerCase()}`;
}

function keyOf(certificate: IntegrationCertificate) {
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    key: new X509Certificate(certificate.certificatePem).raw.toString('base64'),
    displayName: keyName(certificate),
    endDateTime: certificate.expiresAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
  };
}

/** Microsoft Graph in this tenant, with the ids of the permissions that we ask for. */
async function graphRoles(context: RegistrationContext): Promise<{ resourceId: string; roles: readonly GraphRole[] }> {
  const path = `/servicePrincipals(appId='${GRAPH}')?${selectOf<graph.ServicePrincipal>('id', 'appRoles')}`;
  const body = await context.find(path, 'read the permissions of Microsoft Graph');
  const principal = graphPrincipal.safeParse(body).data;
  const roles = APPLICATION_PERMISSIONS.map((name) => {
    const id = principal?.appRoles.find((role) => role.value === name)?.id;
    if (id === undefined) throw notOffered(name);
    return { name, id };
  });
  if (principal === undefined) throw notOffered('Microsoft Graph');
  return { resourceId: principal.id, roles };
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
  const name = keyName(certificate);
  const kept = known === undefined ? undefined : await findById(context, known);
  if (kept !== undefined) return withKey(context, kept, certificate);
  const { roles } = await graphRoles(context);
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
        keyCredentials: [keyOf(certificate)],
        requiredResourceAccess: [
          { resourceAppId: GRAPH, resourceAccess: roles.map(({ id }) => ({ id, type: 'Role' })) },
        ],
      },
    },
    look,
    never,
  );
  return { applicationObjectId: made.id, clientId: made.appId };
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
  const name = keyName(certificate);
  const now = context.transport.clock.now();
  const valid = (found.keyCredentials ?? []).filter((key) => Date.parse(key.endDateTime ?? '') > now.getTime());
  const look = async () => {
    const current = await findById(context, found.id);
    return current?.keyCredentials?.some((key) => key.displayName === name) ? current : undefined;
  };
  await context.lookOrWrite(
    {
      method: 'PATCH',
      path: `/applications/${found.id}`,
      purpose: 'add the certificate to the app registration',
      body: { keyCredentials: [...valid, keyOf(certificate)] },
    },
    look,
    isUnknownObject,
  );
  return { applicationObjectId: found.id, clientId: found.appId };
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
  const { resourceId, roles } = await graphRoles(context);
  const assigned = async () => {
    const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignments?$top=999`;
    const body = await context.find(path, 'read the permissions granted');
    // Nothing yet where the new principal is not known yet.
    const held = body === undefined ? [] : roleAssignments.parse(body).value;
    return new Set(held.map(({ appRoleId }) => appRoleId));
  };
  const grants = roles.map(({ name, id }) => {
    const grant = {
      method: 'POST',
      path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`,
      purpose: `grant the permission ${name}`,
      body: { principalId: servicePrincipalId, resourceId, appRoleId: id },
    } as const;
    return [id, grant] as const;
  });
  await context.writeMissing(
    new Map(grants),
    assigned,
    (failure) => /not a valid reference update/i.test(failure.message) || isUnknownObject(failure),
  );
}

/** Passwords may be set only by a principal that holds a directory role besides the permission. */
export async function ensureDirectoryRole(context: RegistrationContext, servicePrincipalId: string): Promise<void> {
  const filter = encodeURIComponent(`principalId eq '${servicePrincipalId}'`);
  const look = async () => {
    const path = `/roleManagement/directory/roleAssignments?$filter=${filter}`;
    const body = await context.find(path, 'read the directory roles');
    const held = body === undefined ? [] : directoryRoles.parse(body).value;
    return held.find(({ roleDefinitionId }) => roleDefinitionId === USER_ADMINISTRATOR);
  };
  await context.lookOrWrite(
    {
      method: 'POST',
      path: '/roleManagement/directory/roleAssignments',
      purpose: 'give the directory role User Administrator',
      body: { principalId: servicePrincipalId, roleDefinitionId: USER_ADMINISTRATOR, directoryScopeId: '/' },
    },
    look,
    isUnknownObject,
  );
}

function isUnknownObject(failure: GraphFailure): boolean {
  return failure.status === 404;
}
