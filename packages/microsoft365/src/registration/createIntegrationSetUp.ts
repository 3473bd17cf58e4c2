import { type Clock, type Logger, silentLogger, systemClock } from '@isthmus/kernel';
import { graphAudience } from '../cloudEndpoints.ts';
import { readTenantFacts } from '../graph/GraphTenant.ts';
import { GraphTransport } from '../graph/GraphTransport.ts';
import { HttpChannel } from '../http/HttpChannel.ts';
import { systemTimer } from '../http/Timer.ts';
import type { CloudEndpoints, IntegrationCredentials } from '../ports.ts';
import type {
  AdministratorSession,
  DeviceCodePrompt,
  IntegrationCertificate,
  IntegrationSetUp,
  RegistrationProgress,
  RegistrationStep,
} from '../setUp.ts';
import { certificateTokens } from '../sign-in/certificateTokens.ts';
import type { SignInParts } from '../sign-in/SignInParts.ts';
import { signInByDeviceCode } from '../sign-in/signInByDeviceCode.ts';
import type { TokenSource } from '../sign-in/TokenSource.ts';
import { tenantLimits } from '../throttle/limits.ts';
import { ThrottleGovernor } from '../throttle/ThrottleGovernor.ts';
import { createCertificate } from './createCertificate.ts';
import { GraphAdministratorSession } from './GraphAdministratorSession.ts';
import { addOwnKey, type OwnKeys, proveKey, removeOwnKey } from './ownKeys.ts';
import { PERMISSION_NEEDS } from './permissionNeeds.ts';
import { proveReading, proveSignIn } from './proveRegistration.ts';
import { RegistrationContext } from './RegistrationContext.ts';
import {
  ensureApplication,
  ensureDirectoryRoles,
  ensurePermissions,
  ensureServicePrincipal,
  keepOnlyCertificate,
} from './registrationSteps.ts';

export interface SetUpOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

type RegistrationRequest = Parameters<IntegrationSetUp['register']>[1];

/** Connecting a tenant of the given cloud. Idle connections close by themselves; nothing has to be closed. */
export function createIntegrationSetUp(endpoints: CloudEndpoints, options: SetUpOptions = {}): IntegrationSetUp {
  return new GraphIntegrationSetUp(endpoints, options);
}

class GraphIntegrationSetUp implements IntegrationSetUp {
  readonly endpoints: CloudEndpoints;
  readonly permissionNeeds = PERMISSION_NEEDS;
  readonly #parts: SignInParts;
  readonly #logger: Logger;

  constructor(endpoints: CloudEndpoints, options: SetUpOptions) {
    this.endpoints = endpoints;
    this.#logger = options.logger ?? silentLogger;
    const channel = new HttpChannel({ caPem: endpoints.caPem, connections: 4 });
    this.#parts = { endpoints, channel, clock: options.clock ?? systemClock, timer: systemTimer };
  }

  async signInAdministrator(
    prompt: (prompt: DeviceCodePrompt) => void,
    signal: AbortSignal,
  ): Promise<AdministratorSession> {
    const administrator = await signInByDeviceCode(this.#parts, prompt, signal);
    return new GraphAdministratorSession(administrator, this.#transport(administrator.tokens));
  }

  createCertificate(commonName: string): Promise<IntegrationCertificate> {
    return createCertificate(commonName, this.#parts.clock);
  }

  async register(session: AdministratorSession, request: RegistrationRequest): Promise<IntegrationCredentials> {
    const context = new RegistrationContext(transportOf(session), request.signal);
    let progress = request.progress;
    const step = async <T>(
      name: RegistrationStep,
      work: () => Promise<T>,
      made: (result: T) => RegistrationProgress,
    ) => {
      request.signal.throwIfAborted();
      request.report(name, 'running', progress);
      const result = await work();
      progress = { ...progress, ...made(result) };
      request.report(name, 'done', progress);
      return result;
    };
    const nothing = () => ({});
    const { displayName, certificate } = request;
    const application = await step(
      'application',
      () => ensureApplication(context, displayName, certificate, progress.applicationObjectId),
      (made) => made,
    );
    const servicePrincipalId = await step(
      'service-principal',
      () => ensureServicePrincipal(context, application.clientId),
      (id) => ({ servicePrincipalId: id }),
    );
    await step('permissions', () => ensurePermissions(context, servicePrincipalId), nothing);
    await step('directory-role', () => ensureDirectoryRoles(context, servicePrincipalId), nothing);
    const credentials: IntegrationCredentials = {
      tenantId: session.tenantId,
      clientId: application.clientId,
      certificatePem: certificate.certificatePem,
      privateKeyPem: certificate.privateKeyPem,
    };
    await step('certificate-sign-in', () => proveSignIn(context, this.#parts, credentials), nothing);
    const own = this.#transport(this.#tokens(credentials));
    await step('read-back', () => proveReading(context, own, session.tenantId), nothing);
    return credentials;
  }

  async addCertificate(
    current: IntegrationCredentials,
    applicationObjectId: string,
    certificate: IntegrationCertificate,
  ): Promise<string> {
    return addOwnKey(this.#ownKeys(current, applicationObjectId), certificate);
  }

  async proveCredentials(credentials: IntegrationCredentials): Promise<void> {
    const transport = this.#transport(this.#tokens(credentials));
    // A token is asked for anew at each try: a refusal is not remembered.
    await proveKey({ transport }, () => readTenantFacts(transport, { lane: 'background' }));
  }

  async removeCertificate(current: IntegrationCredentials, applicationObjectId: string, keyId: string): Promise<void> {
    await removeOwnKey(this.#ownKeys(current, applicationObjectId), keyId);
  }

  async retireCertificates(
    session: AdministratorSession,
    { applicationObjectId }: RegistrationProgress,
    certificate: IntegrationCertificate,
  ): Promise<void> {
    if (applicationObjectId === undefined) return;
    await keepOnlyCertificate(new RegistrationContext(transportOf(session)), applicationObjectId, certificate);
  }

  async removeRegistration(session: AdministratorSession, progress: RegistrationProgress): Promise<void> {
    const context = new RegistrationContext(transportOf(session));
    const { applicationObjectId: objectId, clientId, servicePrincipalId } = progress;
    if (objectId !== undefined) await removeObject(context, `/applications/${objectId}`, objectId);
    else if (clientId !== undefined) await removeObject(context, `/applications(appId='${clientId}')`, undefined);
    if (servicePrincipalId !== undefined) {
      await removeObject(context, `/servicePrincipals/${servicePrincipalId}`, servicePrincipalId);
    }
  }

  #tokens(credentials: IntegrationCredentials): TokenSource {
    return certificateTokens(this.#parts, credentials, graphAudience(this.endpoints));
  }

  #ownKeys(credentials: IntegrationCredentials, applicationObjectId: string): OwnKeys {
    return { transport: this.#transport(this.#tokens(credentials)), credentials, applicationObjectId };
  }

  #transport(tokens: TokenSource): GraphTransport {
    const { channel, clock, timer } = this.#parts;
    const governor = new ThrottleGovernor({ limits: tenantLimits('small'), clock, timer });
    const { graphUrl } = this.endpoints;
    return new GraphTransport({ graphUrl, channel, tokens, governor, clock, timer, logger: this.#logger });
  }
}

async function removeObject(context: RegistrationContext, path: string, id: string | undefined): Promise<void> {
  const purpose = 'remove the app registration';
  const answer = await context.remove(path, purpose);
  if (answer.status >= 400 && answer.status !== 404) throw context.removalError(answer, purpose);
  // Out of the recycle bin as well, where its certificate could be brought back. Failing that does no harm.
  if (id !== undefined) await context.remove(`/directory/deletedItems/${id}`, purpose);
}

function transportOf(session: AdministratorSession): GraphTransport {
  if (session instanceof GraphAdministratorSession) return session.transport;
  throw new TypeError('The session was not made by this set-up');
}
