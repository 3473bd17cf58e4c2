import type { Actor } from './Actor.ts';

/** How the HTTP shell learns who asks; the session feature implements it. */
export interface Authenticator {
  /** `touch`: this counts as use of the session (an open event stream does not). */
  authenticate(token: string, options: { readonly touch: boolean }): Promise<Actor | undefined>;
  /** Called with the id of a session the moment it ends. @returns the function that ends the subscription */
  onEnded(listener: (sessionId: string) => void): () => void;
}
