import { DomainError, isDomainError, Secret } from '@isthmus/kernel';
import type { User } from '@microsoft/microsoft-graph-types';
import { graphAudience } from '../cloudEndpoints.ts';
import type { GraphRequest } from '../graph/GraphRequest.ts';
import { readTenantFacts } from '../graph/GraphTenant.ts';
import type { GraphTransport } from '../graph/GraphTransport.ts';
import { GraphFailure, graphError } from '../graph/graphErrors.ts';
import { selectOf } from '../graph/typedReads.ts';
import type { IntegrationCredentials } from '../ports.ts';
import { signInWithCertificate } from '../sign-in/certificateTokens.ts';
import { readClaims } from '../sign-in/claims.ts';
import type { SignInParts } from '../sign-in/SignInParts.ts';
import { APPLICATION_PERMISSIONS } from './permissionNeeds.ts';
import type { RegistrationContext } from './RegistrationContext.ts';

/** Certificate, enterprise application or application that a front end of the sign-in service has not heard of yet. */
const EARLY = new Set<string | number>([700027, 7000229, 700016, 50012]);

/**
 * Exchange is not proved: its roles take up to two hours until they work.
 *
 * Signs in as the new application until a token holds every permission; one from before a grant does not hold it.
 */
export async function proveSignIn(
  context: RegistrationContext,
  parts: SignInParts,
  credentials: IntegrationCredentials,
): Promise<void> {
  let last: Error | undefined;
  let missing: readonly string[] = APPLICATION_PERMISSIONS;
  const step = async () => {
    try {
      const { value } = await signInWithCertificate(
        parts,
        credentials,
        graphAudience(parts.endpoints),
        context.options.signal,
      );
      const { roles } = readClaims(new Secret(value));
      missing = APPLICATION_PERMISSIONS.filter((name) => !roles.includes(name));
      return missing.length === 0 ? true : undefined;
    } catch (error) {
      if (!isDomainError(error) || !EARLY.has(error.parameters['signInCode'] ?? '')) throw error;
      last = error;
      return undefined;
    }
  };
  await context.patiently(step, () => last ?? notGranted(missing));
}

/** Reads with the new application what only the tenant itself can answer. */
export async function proveReading(
  context: RegistrationContext,
  transport: GraphTransport,
  tenantId: string,
): Promise<void> {
  const request: GraphRequest = {
    method: 'GET',
    path: `/users?$top=1&${selectOf<User>('id')}`,
    permission: 'User.ReadWrite.All',
    purpose: 'read the online accounts',
  };
  let last: Error | undefined;
  const step = async () => {
    const answer = await transport.answer(request, context.options);
    if (answer.status < 400) return true;
    last = graphError(answer, request);
    const early = answer.status === 401 || answer.status === 403 || new GraphFailure(answer).status === 404;
    if (!early) throw last;
    return undefined;
  };
  await context.patiently(step, () => last ?? notGranted([request.permission]));
  const facts = await readTenantFacts(transport, context.options);
  if (facts.tenantId.toLowerCase() === tenantId.toLowerCase()) return;
  throw new DomainError({
    code: 'online.failed',
    message: 'The new app registration answers for another tenant than the administrator’s.',
    remedy: 'Remove the registration and connect Microsoft 365 again.',
  });
}

function notGranted(missing: readonly string[]): DomainError {
  return new DomainError({
    code: 'online.not-permitted',
    message: `The new app registration does not hold ${missing.join(', ')} yet.`,
    remedy: 'Continue in a few minutes; what is there already is used.',
    retryable: true,
    parameters: { permission: missing.join(', ') },
  });
}
