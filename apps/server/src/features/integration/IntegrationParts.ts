import type { IntegrationCredentials, IntegrationSetUp } from '@isthmus/microsoft365';

/** Certificate that the server shows to browsers. */
export interface ServerCertificateFacts {
  readonly subject: string;
  readonly expiresAt: Date;
  /** Made by our own authority, which browsers have to be told about. */
  readonly ownAuthority: boolean;
}

/** What the integration needs beside the platform. */
export interface IntegrationParts {
  readonly setUp: IntegrationSetUp;
  /** Uses these credentials from now on in place of what was connected, and lets the mirror read the tenant. */
  readonly connect: (credentials: IntegrationCredentials) => Promise<void>;
  /**
   * Ends every contact with the tenant; resolves when the mirror writes nothing of it any more. Passwords that wait stay
   * sealed, or are destroyed.
   */
  readonly disconnect: (choice: { readonly keepWaitingPasswords: boolean }) => Promise<void>;
  readonly findServerCertificate: () => Promise<ServerCertificateFacts | undefined>;
}
