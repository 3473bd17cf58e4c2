import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication } from '@azure/msal-node';
import type { Clock } from '@isthmus/kernel';
import { graphAudience } from '../cloudEndpoints.ts';
import type { Channel } from '../http/HttpChannel.ts';
import { sleep, type Timer } from '../http/Timer.ts';
import type { CloudEndpoints, IntegrationCredentials } from '../ports.ts';
import { backOff, retryAfter } from '../throttle/waits.ts';
import { SignInNetwork, type SignInTrouble } from './SignInNetwork.ts';
import { signInError } from './signInErrors.ts';
import { CachedTokens, type FreshToken, type TokenSource } from './TokenSource.ts';

const ATTEMPTS = 3;
const LONGEST_WAIT = 30_000;

export interface SignInParts {
  readonly endpoints: CloudEndpoints;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random?: (() => number) | undefined;
}

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

/** One sign-in with the certificate, without any memory. @throws DomainError, or the signal's reason */
export async function signInWithCertificate(
  parts: SignInParts,
  credentials: IntegrationCredentials,
  signal?: AbortSignal,
): Promise<FreshToken> {
  for (let attempt = 0; ; attempt++) {
    // A new client each time: the library remembers refusals and repeats them without asking the server.
    const network = new SignInNetwork(parts.channel, signal);
    try {
      return await requestToken(parts.endpoints, credentials, network);
    } catch (cause) {
      signal?.throwIfAborted();
      const wait = waitBeforeRepeating(parts, network.trouble, attempt);
      if (wait === undefined) throw signInError(network.trouble, cause);
      await sleep(parts.timer, wait, signal);
    }
  }
}

/** undefined when another attempt makes no sense. */
function waitBeforeRepeating(
  parts: SignInParts,
  trouble: SignInTrouble | undefined,
  attempt: number,
): number | undefined {
  if (trouble === undefined || attempt + 1 >= ATTEMPTS) return undefined;
  const temporary = trouble.kind === 'network' || trouble.status === 429 || trouble.status >= 500;
  if (!temporary) return undefined;
  const asked = trouble.kind === 'refused' ? retryAfter(trouble.retryAfter, parts.clock.now()) : undefined;
  const wait = asked ?? backOff(attempt, parts.random ?? Math.random);
  return wait > LONGEST_WAIT ? undefined : wait;
}

async function requestToken(
  endpoints: CloudEndpoints,
  credentials: IntegrationCredentials,
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
  const result = await client.acquireTokenByClientCredential({ scopes: [`${graphAudience(endpoints)}/.default`] });
  if (result?.expiresOn == null) throw new TypeError('The sign-in library gave no token');
  return { value: result.accessToken, expiresAt: result.expiresOn };
}

/** Tokens of the integration itself. */
export function certificateTokens(parts: SignInParts, credentials: IntegrationCredentials): TokenSource {
  return new CachedTokens(() => signInWithCertificate(parts, credentials), parts.clock);
}
