import type { CommandOptions, CommandResult } from '../runCommand.ts';
import type { WorldGuide, WorldName } from '../worlds/World.ts';

export interface SambaDomainControllerOptions {
  /** Where the domain is kept; made when it does not exist. */
  readonly folder: string;
  /** Default `CORP.CONTOSO.TEST`. */
  readonly realm?: string;
  /** NetBIOS name; default the realm's first label. */
  readonly domain?: string;
  /** False, the default, spares the waiting for the disk: for tests. */
  readonly durable?: boolean;
  /** The folder goes when the controller ends, even when this process was killed: for tests. */
  readonly throwAway?: boolean;
  /** Default true: passwords are kept encrypted for the agent. */
  readonly passwordCapture?: boolean;
  /** What a new folder is filled with; default `empty`. */
  readonly world?: WorldName;
  /** Default `single`: one process of 50 MB. `prefork` shows the effects of several processes. */
  readonly processModel?: 'single' | 'prefork';
  /** Ports on 127.0.0.1 to keep over restarts; 0 or missing lets the system choose. */
  readonly ports?: Partial<ControllerPorts>;
}

export interface ControllerPorts {
  readonly ldaps: number;
  readonly ldap: number;
  readonly kerberos: number;
  readonly kpasswd: number;
  readonly dns: number;
}

export interface SambaDomainController {
  /** For example `ldaps://127.0.0.1:10636`; the certificate is good for that address and for `dcHostName`. */
  readonly ldapsUrl: string;
  /** Unencrypted port, for StartTLS and for tools such as samba-tool. */
  readonly ldapUrl: string;
  /**
   * `127.0.0.1:port` of the domain's own DNS, by UDP and TCP. Samba compresses the names inside SRV records, which
   * RFC 2782 forbids and Node's resolver answers with EBADRESP.
   */
  readonly dnsServer: string;
  readonly ports: ControllerPorts;
  readonly caFile: string;
  readonly caPem: string;
  readonly baseDn: string;
  readonly realm: string;
  readonly domain: string;
  readonly dcHostName: string;
  readonly administrator: { readonly username: string; readonly dn: string; readonly password: string };
  /** Socket that gives its user all rights of the system: only for the agent. */
  readonly privilegedSocket: string;
  /** Key ring with the private key for captured passwords: only for the agent. */
  readonly gnupgHome: string;
  /** For `kinit` and `kpasswd` on this machine: name it in KRB5_CONFIG. */
  readonly krb5ConfigFile: string;
  readonly smbConfFile: string;
  /** Who and what was seeded. */
  readonly guide: WorldGuide;
  /**
   * Runs a command, such as samba-tool or kinit, in the controller's own network with its configuration: Samba's
   * standard ports are on 127.0.0.1 there, and the ports of this machine are not (unless the machine refuses network
   * namespaces: then it runs in the machine's network).
   */
  exec(command: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  stop(): Promise<void>;
  /** Settles when the controller has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Samba's own process. */
  readonly pid: number;
  /** The process that holds its network and ports and ends with it. */
  readonly launcherPid: number;
}
