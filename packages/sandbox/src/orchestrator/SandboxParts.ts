import type { Ports } from './choosePorts.ts';
import type { SandboxFolders } from './sandboxFolders.ts';

/** What every part is started with. */
export interface SandboxParts {
  /** Root of the checkout. */
  readonly repository: string;
  readonly folders: SandboxFolders;
  readonly ports: Ports;
  /** Remembers a process, so that the start after a kill can wait for its end. */
  readonly record: (pid: number) => Promise<void>;
}
