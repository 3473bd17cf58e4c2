import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { sleep } from '../http/Timer.ts';
import type { CloudEndpoints, IntegrationCredentials } from '../ports.ts';
import { SignInNetwork } from './SignInNetwork.ts';
import type { SignInParts } from './SignInParts.ts';
import { signInError } from './signInErrors.ts';
import { CachedTokens, type FreshToken, type TokenSource } from './TokenSource.ts';
import { waitBeforeRepeating } from './temporaryTrouble.ts';

/** Settings that make the library ask the cloud's own host only, whatever its name and port are. */
export function authorityOf(
  endpoints: CloudEndpoints,
  tenant: string,
): { authority: string; knownAuthorities: string[] } {
  const login = new URL(endpoints.loginUrl);
  return {
    authority: `${login.origin}${login.pathname.replace(/\/$/, '')}/${tenant}`,
    // The library looks for the host with its port here, and asks Microsoft on the internet when it is missing.
    knownAuthorities: endpoints.name === 'custom' ? [login.host] : [],
  };
}

/**
 * One sign-in with the certificate, without any memory.
 * @param audience name of the resource that the token is for
 * @throws DomainError, or the signal's reason
 */
export async function signInWithCertificate(
  parts: SignInParts,
  credentials: IntegrationCredentials,
  audience: string,
  signal?: AbortSignal,
): Promise<FreshToken> {
  for (let attempt = 0; ; attempt++) {
    // A new client each time: the library remembers refusals and repeats them without asking the server.
    const network = new SignInNetwork(parts.channel, signal);
    try {
      return await requestToken(parts.endpoints, credentials, audience, network);
    } catch (cause) {
      signal?.throwIfAborted();
      const wait = waitBeforeRepeating(parts, network.trouble, attempt);
      if (wait === undefined) throw signInError(network.trouble, cause);
      await sleep(parts.timer, wait, signal);
    }
  }
}

async function requestToken(
  endpoints: CloudEndpoints,
  credentials: IntegrationCredentials,
  audience: string,
  network: SignInNetwork,
): Promise<FreshToken> {
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: credentials.clientId,
      ...authorityOf(endpoints, credentials.tenantId),
      clientCertificate: {
        thumbprintSha256: new X509Certificate(credentials.certificatePem).fingerprint256.replaceAll(':', ''),
        privateKey: credentials.privateKeyPem.reveal(),
      },
    },
    system: { networkClient: network, disableInternalRetries: true },
  });
  const result = await client.acquireTokenByClientCredential({ scopes: [`${audience}/.default`] });
  if (result?.expiresOn == null) throw new TypeError('The sign-in library gave no token');
  return { value: result.accessToken, expiresAt: result.expiresOn };
}

/** Tokens of the integration itself, for one resource. */
export function certificateTokens(
  parts: SignInParts,
  credentials: IntegrationCredentials,
  audience: string,
): TokenSource {
  return new CachedTokens(() => signInWithCertificate(parts, credentials, audience), parts.clock);
}
