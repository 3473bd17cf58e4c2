import { authorizationCodeGrant } from './grants/authorizationCode.ts';
import { clientCredentialsGrant } from './grants/clientCredentials.ts';
import { deviceCodeGrant } from './grants/deviceCode.ts';
import { passwordGrant } from './grants/password.ts';
import { refreshTokenGrant } from './grants/refreshToken.ts';
import type { TokenAnswer } from './issueTokens.ts';
import { SignInError } from './SignInError.ts';
import type { SignInServices } from './SignInServices.ts';
import { getField, type TokenRequest } from './TokenRequest.ts';

type Grant = (services: SignInServices, request: TokenRequest) => Promise<TokenAnswer>;

const grants: ReadonlyMap<string, Grant> = new Map([
  ['client_credentials', clientCredentialsGrant],
  ['authorization_code', authorizationCodeGrant],
  ['refresh_token', refreshTokenGrant],
  ['password', passwordGrant],
  ['urn:ietf:params:oauth:grant-type:device_code', deviceCodeGrant],
  // The short name is not in the documentation, but it is what MSAL for JavaScript sends.
  ['device_code', deviceCodeGrant],
]);

/** The answer of the token endpoint. */
export async function grantTokens(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const grantType = getField(request.form, 'grant_type');
  const grant = grants.get(grantType);
  if (grant === undefined) throw new SignInError(70003, { grantType });
  return grant(services, request);
}
