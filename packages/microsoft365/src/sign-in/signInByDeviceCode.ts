import { type AccountInfo, type AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { DomainError, isDomainError } from '@isthmus/kernel';
import { graphAudience } from '../cloudEndpoints.ts';
import type { DeviceCodePrompt } from '../setUp.ts';
import { authorityOf } from './certificateTokens.ts';
import { PatientSignInNetwork } from './PatientSignInNetwork.ts';
import type { SignInTrouble } from './SignInNetwork.ts';
import type { SignInParts } from './SignInParts.ts';
import { signInError } from './signInErrors.ts';
import { CachedTokens, type FreshToken, type TokenSource } from './TokenSource.ts';
import { isTemporary } from './temporaryTrouble.ts';

/** "Microsoft Graph Command Line Tools": present in every tenant, so that nothing has to be registered beforehand. */
const PUBLIC_CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** What the administrator's own token must allow for the set-up, and no more. */
const SCOPES = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'Organization.Read.All',
];

export interface SignedInAdministrator {
  readonly username: string;
  readonly tenantId: string;
  readonly tokens: TokenSource;
}

/** @throws DomainError `online.sign-in-declined`, `online.sign-in-expired`, …, or the signal's reason */
export async function signInByDeviceCode(
  parts: SignInParts,
  prompt: (prompt: DeviceCodePrompt) => void,
  signal: AbortSignal,
): Promise<SignedInAdministrator> {
  signal.throwIfAborted();
  const network = new PatientSignInNetwork(parts, signal);
  const client = publicClient(parts, 'organizations', network);
  const scopes = SCOPES.map((scope) => `${graphAudience(parts.endpoints)}/${scope}`);
  const request = {
    scopes,
    cancel: false,
    deviceCodeCallback: (answer: { userCode: string; verificationUri: string; expiresIn: number }) => {
      // The library goes on with an empty code when the service refused to give one.
      if (network.trouble !== undefined) throw signInError(network.trouble, undefined);
      prompt({
        userCode: answer.userCode,
        verificationUri: answer.verificationUri,
        expiresAt: new Date(parts.clock.now().getTime() + answer.expiresIn * 1000),
      });
    },
  };
  try {
    const result = await untilAborted(client.acquireTokenByDeviceCode(request), signal);
    if (result?.account == null) throw new TypeError('The sign-in library gave no account');
    return administrator(parts, network, client, scopes, { ...result, account: result.account });
  } catch (cause) {
    request.cancel = true;
    if (signal.aborted) throw signal.reason;
    if (isDomainError(cause)) throw cause;
    throw signInError(reasonOf(network.trouble, cause), cause);
  }
}

function publicClient(parts: SignInParts, tenant: string, network: PatientSignInNetwork): PublicClientApplication {
  return new PublicClientApplication({
    auth: { clientId: PUBLIC_CLIENT, ...authorityOf(parts.endpoints, tenant) },
    system: { networkClient: network, disableInternalRetries: true },
  });
}

/**
 * The library notices by its own clock that the code ran out, without an answer of the service: the last one said
 * "not yet", and means nothing then. A service that stayed away is the better reason.
 */
function reasonOf(trouble: SignInTrouble | undefined, cause: unknown): SignInTrouble | undefined {
  const code = cause instanceof Error && 'errorCode' in cause ? cause.errorCode : undefined;
  if (code !== 'device_code_expired' || (trouble !== undefined && isTemporary(trouble))) return trouble;
  return { kind: 'refused', status: 400, error: 'expired_token', codes: [], headers: {} };
}

function administrator(
  parts: SignInParts,
  network: PatientSignInNetwork,
  client: PublicClientApplication,
  scopes: string[],
  first: AuthenticationResult & { account: AccountInfo },
): SignedInAdministrator {
  const tenantId = first.tenantId || first.account.tenantId;
  let unused: AuthenticationResult | undefined = first;
  const fetch = async (): Promise<FreshToken> => {
    const result = unused ?? (await renew(parts, network, client, scopes, first.account, tenantId));
    unused = undefined;
    if (result.expiresOn === null) throw new TypeError('The sign-in library gave a token without an end');
    return { value: result.accessToken, expiresAt: result.expiresOn };
  };
  return { username: first.account.username, tenantId, tokens: new CachedTokens(fetch, parts.clock) };
}

async function renew(
  parts: SignInParts,
  network: PatientSignInNetwork,
  client: PublicClientApplication,
  scopes: string[],
  account: AccountInfo,
  tenantId: string,
): Promise<AuthenticationResult> {
  try {
    const { authority } = authorityOf(parts.endpoints, tenantId);
    return await client.acquireTokenSilent({ account, scopes, authority, forceRefresh: true });
  } catch (cause) {
    const error = signInError(network.trouble, cause);
    if (error.retryable) throw error;
    throw new DomainError({
      code: 'online.sign-in-expired',
      message: 'The session of the administrator is over.',
      remedy: 'Sign in again.',
      cause: error,
    });
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
