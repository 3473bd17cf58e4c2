import type { Secret } from '@isthmus/kernel';

/** Small secrets at rest, sealed with the installation's master key. The name is part of what is authenticated. */
export interface SecretStore {
  put(name: string, secret: Secret): Promise<void>;
  find(name: string): Promise<Secret | undefined>;
  remove(name: string): Promise<void>;
  /** Reads and removes in one step, so that nobody reads them a second time. Older ones are removed unread. */
  take(names: readonly string[], notBefore: Date): Promise<ReadonlyMap<string, Secret>>;
}
