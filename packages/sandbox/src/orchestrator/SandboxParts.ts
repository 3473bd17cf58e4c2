import type { Ports } from './choosePorts.ts';
import type { SandboxFolders } from './sandboxFolders.ts';

/** What every part is started with. */
export interface SandboxParts {
  /** Root of the checkout. */
  readonly repository: string;
  readonly folders: SandboxFolders;
  readonly ports: Ports;
}
