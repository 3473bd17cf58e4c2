import type { Permission, Role } from '@isthmus/contracts';

/** Who asks: from the session of the request. */
export interface Actor {
  readonly sessionId: string;
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly address: string;
}

/** Name under which Isthmus records what nobody asked it to do. */
export const ISTHMUS_ITSELF = 'Isthmus';
