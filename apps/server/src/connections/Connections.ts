import type { Directory } from '@isthmus/directory';
import type { Microsoft365 } from '@isthmus/microsoft365';

/** Names and groups that belong to the connected directory. */
export interface DirectorySettings {
  readonly managedOu: string;
  /** DNs; nested membership counts. */
  readonly administratorsGroup: string;
  readonly helpDeskGroup: string | undefined;
  readonly readersGroup: string | undefined;
}

/**
 * The two outside worlds as they are connected at the moment. Either may be missing (not set up yet, disabled) and
 * either may be exchanged while the server runs; so nobody keeps what these methods return.
 */
export interface Connections {
  findDirectory(): Directory | undefined;
  /** @throws DomainError `session.not-set-up` */
  getDirectory(): Directory;
  getDirectorySettings(): DirectorySettings;
  findMicrosoft365(): Microsoft365 | undefined;
  /** @throws DomainError `integration.not-integrated` */
  getMicrosoft365(): Microsoft365;
  /** Called after a side was connected, exchanged or taken away. */
  onChange(listener: (side: 'directory' | 'microsoft365') => void): void;
}
