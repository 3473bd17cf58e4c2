import { sha256 } from '../secrets.ts';
import type { PasswordCredentialRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { checkClientAssertion } from './clientAssertion.ts';
import type { Client } from './clients.ts';
import { loginOrigins } from './clouds.ts';
import { SignInError } from './SignInError.ts';
import type { TokenRequest } from './TokenRequest.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How a client proved who it is, as `appidacr` says it. */
export type ClientProof = 'public' | 'secret' | 'certificate';

/** Checks the client's secret or certificate; `public` when it gave neither, which the grant must then allow. */
export async function authenticateClient(
  request: TokenRequest,
  client: Client,
  tenant: Tenant | undefined,
): Promise<ClientProof> {
  const secret = request.form.get('client_secret') ?? request.basicSecret;
  const assertion = request.form.get('client_assertion') ?? undefined;
  if (secret === undefined && assertion === undefined) return 'public';
  const { application } = client;
  if (application === undefined) throw new SignInError(700025);
  if (assertion !== undefined) {
    if (request.form.get('client_assertion_type') !== ASSERTION_TYPE) {
      throw new SignInError(900144, { parameter: 'client_assertion_type' });
    }
    const audiences = audiencesOf(request, tenant);
    await checkClientAssertion({ assertion, application, now: request.now, audiences });
    return 'certificate';
  }
  const principal = tenant?.servicePrincipals.find('appId', client.appId);
  const credentials = [...application.passwordCredentials, ...(principal?.passwordCredentials ?? [])];
  checkSecret(secret ?? '', credentials, client.appId, request.now);
  return 'secret';
}

function checkSecret(secret: string, credentials: readonly PasswordCredentialRecord[], appId: string, now: Date): void {
  const hash = sha256(secret);
  const credential = credentials.find((known) => known.hash === hash);
  if (credential === undefined) throw new SignInError(7000215, { appId });
  if (Date.parse(credential.endDateTime) <= now.getTime()) throw new SignInError(7000222, { appId });
}

/** The token endpoint under each name of the tenant, and the issuers, which the service takes as well. */
function audiencesOf(request: TokenRequest, tenant: Tenant | undefined): string[] {
  const names = [request.tenantName, ...(tenant === undefined ? [] : [tenant.id, tenant.record.initialDomain])];
  const hosts = [request.origin, ...loginOrigins];
  return hosts.flatMap((host) =>
    names.flatMap((name) => [`${host}/${name}/oauth2/v2.0/token`, `${host}/${name}/v2.0`, `${host}/${name}/`]),
  );
}
