import { hostOf } from '../files/addresses.ts';
import { callerOf } from '../graph/authenticate.ts';
import type { Caller } from '../graph/Caller.ts';
import type { AccessTokens } from '../sign-in/AccessTokens.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

const RESOURCE = '00000003-0000-0ff1-ce00-000000000000';
/** How a client proved who it is, in the claim `appidacr`: 2 for a certificate. */
const BY_CERTIFICATE = '2';

/** A token that SharePoint does not take; the body of the answer is only this text. */
export class TokenRefused extends Error {
  readonly headers: Readonly<Record<string, string>>;

  constructor(description: string, tenant: Tenant | undefined) {
    super(description);
    this.name = 'TokenRefused';
    const realm = tenant?.id ?? '';
    this.headers = {
      'www-authenticate': `Bearer realm="${realm}",client_id="${RESOURCE}",trusted_issuers="00000001-0000-0000-c000-000000000000@*,https://sts.windows.net/*/",authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"`,
    };
  }
}

/**
 * Who calls the classic interface. An application needs a token that it got with a certificate.
 * Microsoft documentation: "Granting access via Azure AD App-Only".
 */
export async function authenticateRest(
  world: World,
  tokens: AccessTokens,
  authorization: string | undefined,
): Promise<{ readonly caller: Caller; readonly tenant: Tenant }> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await tokens.verify(token);
  if (claims === undefined)
    throw new TokenRefused('Invalid JWT token. The token is missing or its signature is not valid.', undefined);
  const tenant = world.tenants.get(String(claims['tid']));
  if (tenant === undefined) throw new TokenRefused('Invalid issuer or signature.', undefined);
  const audience = String(claims['aud']).replace(/\/$/, '');
  const label = hostOf(tenant).replace(/\.sharepoint\.com$/, '');
  const hosts = ['', '-my', '-admin'].map((suffix) => `https://${label}${suffix}.sharepoint.com`);
  if (![...hosts, RESOURCE].includes(audience)) {
    const failure =
      "Exception of type 'Microsoft.IdentityModel.Tokens.AudienceUriValidationFailedException' was thrown.";
    throw new TokenRefused(failure, tenant);
  }
  if (Number(claims['exp']) <= world.clock.milliseconds() / 1000)
    throw new TokenRefused('Invalid JWT token. The token is expired.', tenant);
  const caller = callerOf(claims);
  if (caller.kind === 'application' && claims['appidacr'] !== BY_CERTIFICATE) {
    throw new TokenRefused('Unsupported app only token.', tenant);
  }
  return { caller, tenant };
}
