import type { Clock } from '@isthmus/kernel';
import type { EmulatorControl } from './control/EmulatorControl.ts';
import type { Seed } from './seed/seedSchema.ts';
import type { SettingsChange } from './settings.ts';

export interface EmulatorOptions {
  /** Where state, certificates and keys are kept; without it everything is gone when the emulator stops. */
  readonly stateFolder?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Address to listen on; loopback by default. */
  readonly host?: string;
  /** Names besides `localhost` and the address that the server's certificate is made for. */
  readonly hostNames?: readonly string[];
  /** The tenant or tenants to start with, or the path of a YAML or JSON file; used when the state folder is empty. */
  readonly seed?: Seed | string;
  readonly throttling?: { readonly mode: 'real' | 'scaled' | 'off'; readonly factor?: number };
  readonly clock?: Clock;
  readonly latencyMs?: number;
  /**
   * Folder in which every Graph exchange is written down, bodies and passwords in them included, for checks by tests; the
   * environment variable `MICROSOFT365_EMULATOR_RECORD` says it for all emulators of a process. Nowhere when it is empty.
   */
  readonly recordExchanges?: string;
  /** Any other switch. */
  readonly settings?: SettingsChange;
}

export interface Emulator {
  /** `https://localhost:<port>`: authority host and, with `/v1.0`, the root of Graph. */
  readonly url: string;
  readonly port: number;
  readonly caPem: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly administrator: { readonly username: string; readonly password: string };
  /** File that holds the administrator's first password, readable by its owner only. */
  readonly passwordFile: string;
  /** Key of the control API, and the file it is in. */
  readonly controlKey: string;
  readonly controlKeyFile: string;
  readonly control: EmulatorControl;
  close(): Promise<void>;
}
