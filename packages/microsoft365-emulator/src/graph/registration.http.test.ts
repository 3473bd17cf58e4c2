import { Client, type GraphError } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { signInOnDevice } from '../testing/Browser.ts';
import { makeClientCertificate } from '../testing/certificates.ts';
import { clientFor, clientWith, getToken, startTrusted, type TestAnswer } from '../testing/TestTenant.ts';

const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const graphAppId = '00000003-0000-0000-c000-000000000000';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const scopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Organization.Read.All',
];

let emulator: Emulator;
let administrator: Client;

beforeAll(async () => {
  emulator = await startTrusted();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  administrator = await signInAsAdministrator();
});

async function signInAsAdministrator(): Promise<Client> {
  const scope = `${scopes.join(' ')} openid offline_access`;
  const body = new URLSearchParams({ client_id: clientId, scope });
  const start = await fetch(`${emulator.url}/organizations/oauth2/v2.0/devicecode`, { method: 'POST', body });
  const code = (await start.json()) as Record<string, string>;
  await signInOnDevice(code['verification_uri']!, code['user_code']!, emulator.administrator);
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const form = { grant_type: grant, client_id: clientId, device_code: code['device_code']! };
  const { access_token } = (await getToken(emulator, form, 'organizations')).body;
  return Client.init({
    baseUrl: `${emulator.url}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set(['localhost']),
    authProvider: (done) => done(null, access_token),
  });
}

async function register(der: string): Promise<{ id: string; appId: string }> {
  return administrator.api('/applications').post({
    displayName: 'Isthmus',
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: [
      { resourceAppId: graphAppId, resourceAccess: [{ id: 'df021288-bdef-4463-88db-98f22de89214', type: 'Role' }] },
    ],
    keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key: der, displayName: 'CN=Isthmus' }],
  });
}

async function refusal(call: Promise<unknown>): Promise<[number, string | null, string]> {
  const error = await call.then(
    () => expect.fail('The call was carried out'),
    (cause: GraphError) => cause,
  );
  return [error.statusCode, error.code, error.message];
}

test('the whole registration ends in an application that signs in with its certificate and may do what it was given', async () => {
  const certificate = await makeClientCertificate();
  const application = await register(certificate.der);
  const principal = await administrator.api('/servicePrincipals').post({ appId: application.appId });
  const graph = await administrator.api(`/servicePrincipals(appId='${graphAppId}')`).get();
  const role = graph.appRoles.find((known: { value: string }) => known.value === 'User.Read.All');
  const assignment = await administrator
    .api(`/servicePrincipals/${graph.id}/appRoleAssignedTo`)
    .post({ principalId: principal.id, resourceId: graph.id, appRoleId: role.id });
  expect(assignment).toMatchObject({ principalDisplayName: 'Isthmus', resourceDisplayName: 'Microsoft Graph' });
  const grant = { clientId: principal.id, consentType: 'AllPrincipals', resourceId: graph.id, scope: 'User.Read' };
  expect(await administrator.api('/oauth2PermissionGrants').post(grant)).toMatchObject(grant);
  const roleAssignment = { principalId: principal.id, roleDefinitionId: userAdministrator, directoryScopeId: '/' };
  await administrator.api('/roleManagement/directory/roleAssignments').post(roleAssignment);
  const held = await administrator
    .api('/roleManagement/directory/roleAssignments')
    .filter(`principalId eq '${principal.id}'`)
    .get();
  expect(held.value).toMatchObject([roleAssignment]);
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: application.appId,
      authority: `${emulator.url}/${emulator.tenantId}`,
      knownAuthorities: [new URL(emulator.url).host],
      clientCertificate: { privateKey: certificate.privateKeyPem, thumbprintSha256: certificate.sha256 },
    },
  });
  const token = await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  const answer = await clientFor(emulator.url, token!.accessToken)('GET', '/users');
  expect(answer.status).toBe(200);
});

describe('what the service refuses', () => {
  test('a service principal without an application, and a second one', async () => {
    const nowhere = '11111111-2222-4333-8444-555555555555';
    expect(await refusal(administrator.api('/servicePrincipals').post({ appId: nowhere }))).toEqual([
      400,
      'Request_BadRequest',
      `The appId '${nowhere}' of the service principal does not reference a valid application object.`,
    ]);
    const { appId } = await register((await makeClientCertificate()).der);
    await administrator.api('/servicePrincipals').post({ appId });
    expect((await refusal(administrator.api('/servicePrincipals').post({ appId })))[0]).toBe(409);
  });

  test('doubles of assignments, grants and roles', async () => {
    const { servicePrincipalId: principalId } = emulator.control.addApplication({ displayName: 'Other' });
    const { id: resourceId } = await administrator.api(`/servicePrincipals(appId='${graphAppId}')`).get();
    const assignment = { principalId, resourceId, appRoleId: 'df021288-bdef-4463-88db-98f22de89214' };
    const assign = (): Promise<unknown> =>
      administrator.api(`/servicePrincipals/${principalId}/appRoleAssignments`).post(assignment);
    await assign();
    expect((await refusal(assign()))[2]).toBe('Permission being assigned already exists on the object');
    const grant = { clientId: principalId, consentType: 'AllPrincipals', resourceId, scope: 'User.Read' };
    await administrator.api('/oauth2PermissionGrants').post(grant);
    expect((await refusal(administrator.api('/oauth2PermissionGrants').post(grant)))[2]).toBe(
      'Permission entry already exists.',
    );
    const role = { principalId, roleDefinitionId: userAdministrator, directoryScopeId: '/' };
    await administrator.api('/roleManagement/directory/roleAssignments').post(role);
    expect((await refusal(administrator.api('/roleManagement/directory/roleAssignments').post(role)))[2]).toContain(
      'A conflicting object',
    );
  });

  test('keys that are no certificates, and end dates beyond them', async () => {
    const certificate = await makeClientCertificate();
    const { id } = await register(certificate.der);
    const patch = (key: object): Promise<unknown> =>
      administrator.api(`/applications/${id}`).patch({ keyCredentials: [key] });
    const key = { type: 'AsymmetricX509Cert', usage: 'Verify', key: certificate.der };
    expect((await refusal(patch({ ...key, key: 'AAAA' })))[2]).toContain('Invalid certificate');
    const late = { ...key, endDateTime: '2099-01-01T00:00:00Z' };
    expect((await refusal(patch(late)))[1]).toBe('KeyCredentialsInvalidEndDate');
    await patch({ ...key, endDateTime: '2027-06-01T00:00:00Z' });
    const shown = await administrator.api(`/applications/${id}`).get();
    expect(shown.keyCredentials).toMatchObject([{ key: null, endDateTime: '2027-06-01T00:00:00.000Z' }]);
    const withKeys = await administrator.api(`/applications/${id}`).select('keyCredentials').get();
    expect(withKeys.keyCredentials[0].key).toBe(certificate.der);
  });

  test('consent by somebody without the role, and everything from an application without the permission', async () => {
    const poor = await clientWith(emulator, ['User.Read.All'], []);
    expect((await poor('POST', '/applications', { displayName: 'X' })).status).toBe(403);
    expect((await poor('POST', '/roleManagement/directory/roleAssignments', {})).status).toBe(403);
  });
});

test('a secret is shown once and signs in until it is removed', async () => {
  const { id, appId } = await register((await makeClientCertificate()).der);
  await administrator.api('/servicePrincipals').post({ appId });
  const passwordCredential = { displayName: 'first' };
  const added = await administrator.api(`/applications/${id}/addPassword`).post({ passwordCredential });
  const signIn = (): Promise<TestAnswer> =>
    getToken(emulator, {
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: added.secretText,
      scope: 'https://graph.microsoft.com/.default',
    });
  expect((await signIn()).status).toBe(200);
  const shown = await administrator.api(`/applications/${id}`).get();
  expect(shown.passwordCredentials[0]).toMatchObject({ secretText: null, hint: added.secretText.slice(0, 3) });
  await administrator.api(`/applications/${id}/removePassword`).post({ keyId: added.keyId });
  expect((await signIn()).body.error_codes).toEqual([7000215]);
});

test('a secret of the service principal signs in as well', async () => {
  const { appId } = await register((await makeClientCertificate()).der);
  const { id } = await administrator.api('/servicePrincipals').post({ appId });
  const { secretText } = await administrator.api(`/servicePrincipals/${id}/addPassword`).post({});
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secretText };
  expect((await getToken(emulator, { ...form, scope: 'https://graph.microsoft.com/.default' })).status).toBe(200);
});

test('an assignment can be read where it belongs', async () => {
  const app = emulator.control.addApplication({ displayName: 'Reader', permissions: ['User.Read.All'] });
  const base = `/servicePrincipals/${app.servicePrincipalId}/appRoleAssignments`;
  const { value } = await administrator.api(base).get();
  expect(await administrator.api(`${base}/${value[0].id}`).get()).toMatchObject(value[0]);
  expect((await refusal(administrator.api(`${base}/nothing`).get()))[0]).toBe(404);
  const own = await administrator.api('/me/appRoleAssignments').get();
  expect(own.value).toEqual([]);
});

test('an application that may only manage what it owns does not own itself', async () => {
  const permissions = ['Application.ReadWrite.OwnedBy'];
  const app = emulator.control.addApplication({ displayName: 'Modest', permissions });
  const scope = 'https://graph.microsoft.com/.default';
  const form = { grant_type: 'client_credentials', client_id: app.appId, client_secret: app.secret!, scope };
  const modest = clientFor(emulator.url, (await getToken(emulator, form)).body.access_token);
  const rename = async (): Promise<number> =>
    (await modest('PATCH', `/applications(appId='${app.appId}')`, { displayName: 'Renamed' })).status;
  expect(await rename()).toBe(403);
  const owner = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${app.servicePrincipalId}` };
  await administrator.api(`/applications/${app.applicationId}/owners/$ref`).post(owner);
  expect(await rename()).toBe(204);
  expect((await modest('GET', `/applications/${app.applicationId}/owners`)).body.value).toHaveLength(1);
  const expanded = await modest('GET', `/applications(appId='${app.appId}')?$select=id&$expand=owners($select=id)`);
  expect(expanded.body.owners).toEqual([
    { '@odata.type': '#microsoft.graph.servicePrincipal', id: app.servicePrincipalId },
  ]);
});

test('deleting the application takes its service principal and its sign-in along', async () => {
  const app = emulator.control.addApplication({ displayName: 'Short-lived', permissions: ['User.Read.All'] });
  const form = { grant_type: 'client_credentials', client_id: app.appId, client_secret: app.secret! };
  const scope = 'https://graph.microsoft.com/.default';
  const { access_token } = (await getToken(emulator, { ...form, scope })).body;
  await administrator.api(`/applications(appId='${app.appId}')`).delete();
  expect((await getToken(emulator, { ...form, scope })).body.error_codes).toEqual([700016]);
  const orphan = await clientFor(emulator.url, access_token)('GET', '/users');
  expect(orphan.body.error.code).toBe('Authorization_IdentityNotFound');
  const bin = await administrator.api('/directory/deletedItems/microsoft.graph.application').get();
  expect(bin.value).toHaveLength(1);
});

test('what was just created is not found everywhere at once when replicas lag', async () => {
  emulator.control.change({ lagMs: { servicePrincipals: 2000, applications: 2000 } });
  const { appId } = await register((await makeClientCertificate()).der);
  expect((await refusal(administrator.api('/servicePrincipals').post({ appId })))[0]).toBe(400);
  emulator.control.advanceClock(2001);
  const { id: principalId } = await administrator.api('/servicePrincipals').post({ appId });
  const role = { principalId, roleDefinitionId: userAdministrator, directoryScopeId: '/' };
  const roles = administrator.api('/roleManagement/directory/roleAssignments');
  expect((await refusal(roles.post(role)))[1]).toBe('Request_ResourceNotFound');
  emulator.control.advanceClock(2001);
  expect(await roles.post(role)).toMatchObject(role);
});
