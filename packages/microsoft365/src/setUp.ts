import type { Secret } from '@isthmus/kernel';
import type { CloudEndpoints, IntegrationCredentials, TenantFacts } from './ports.ts';

/** What the administrator has to do to sign in: open the page, type the code. */
export interface DeviceCodePrompt {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresAt: Date;
}

/** The administrator's short-lived session during set-up; its tokens live in memory only. */
export interface AdministratorSession {
  readonly username: string;
  readonly tenantId: string;
  tenantFacts(): Promise<TenantFacts>;
  /** Directory roles the administrator lacks for the set-up; empty when all is well. */
  missingRoles(): Promise<readonly string[]>;
}

/** One permission the product asks for, and why. */
export interface PermissionNeed {
  readonly permission: string;
  readonly kind: 'application' | 'directory-role';
  /** Key of the translated reason. */
  readonly reason: string;
  /** Without it everything works but what the reason says. */
  readonly isOptional?: true;
}

/** The steps of making an app registration, in order; each looks for its own result first and can run twice. */
export type RegistrationStep =
  | 'application'
  | 'service-principal'
  | 'permissions'
  | 'directory-role'
  | 'certificate-sign-in'
  | 'read-back';

/** What exists in the tenant so far; kept so that a retry or a cancel knows what to use or remove. */
export interface RegistrationProgress {
  readonly applicationObjectId?: string;
  readonly clientId?: string;
  readonly servicePrincipalId?: string;
  /** Id of the key with the certificate. */
  readonly certificateKeyId?: string;
}

/** Certificate and key of this installation; made once, before the registration. */
export interface IntegrationCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: Secret;
  readonly expiresAt: Date;
}

/**
 * Connecting a tenant. Made by `createIntegrationSetUp(endpoints)`; no step needs anything but what it is given, so
 * durable work may call them again after a crash as long as the administrator's session lives.
 */
export interface IntegrationSetUp {
  readonly endpoints: CloudEndpoints;
  /** All of them, whatever is granted already. */
  readonly permissionNeeds: readonly PermissionNeed[];
  /** Starts the device-code sign-in; `prompt` is called once, the promise resolves when the person has signed in. */
  signInAdministrator(prompt: (prompt: DeviceCodePrompt) => void, signal: AbortSignal): Promise<AdministratorSession>;
  createCertificate(commonName: string): Promise<IntegrationCertificate>;
  /** Runs all steps, calling `report` when one begins and when it ended; resumes from `progress`. */
  register(
    session: AdministratorSession,
    request: {
      readonly displayName: string;
      readonly certificate: IntegrationCertificate;
      readonly progress: RegistrationProgress;
      readonly report: (step: RegistrationStep, state: 'running' | 'done', progress: RegistrationProgress) => void;
      readonly signal: AbortSignal;
    },
  ): Promise<IntegrationCredentials>;
  /** Adds a certificate in the name of the integration itself, without an administrator. @returns the id of its key */
  addCertificate(
    current: IntegrationCredentials,
    applicationObjectId: string,
    certificate: IntegrationCertificate,
  ): Promise<string>;
  /** Signs in and reads with them, for as long as a certificate added a moment ago may need. */
  proveCredentials(credentials: IntegrationCredentials): Promise<void>;
  /** Takes a key off in the name of the integration itself; one that is gone counts as taken off. */
  removeCertificate(current: IntegrationCredentials, applicationObjectId: string, keyId: string): Promise<void>;
  /** Leaves only this certificate on the app registration; in use already, so that no other is needed any more. */
  retireCertificates(
    session: AdministratorSession,
    progress: RegistrationProgress,
    certificate: IntegrationCertificate,
  ): Promise<void>;
  /** Removes what {@link register} made; nothing there counts as removed. */
  removeRegistration(session: AdministratorSession, progress: RegistrationProgress): Promise<void>;
}
