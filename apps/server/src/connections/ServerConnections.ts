import { readFile } from 'node:fs/promises';
import type { Directory } from '@isthmus/directory';
import { type Clock, DomainError, type Logger, type Secret } from '@isthmus/kernel';
import {
  type CloudEndpoints,
  cloudEndpoints,
  connectMicrosoft365,
  type IntegrationCredentials,
  type Microsoft365,
} from '@isthmus/microsoft365';
import type { CloudConfiguration, DirectoryConfiguration } from '../config/Configuration.ts';
import type { SecretStore } from '../storage/SecretStore.ts';
import type { SettingStore } from '../storage/SettingStore.ts';
import type { Connections, DirectorySettings } from './Connections.ts';
import { DirectoryLink } from './DirectoryLink.ts';
import {
  accessFromConfiguration,
  type DirectoryAccess,
  type DirectoryRecord,
  findStoredAccess,
  storeAccess,
} from './directoryRecord.ts';

export interface ServerConnectionsOptions {
  readonly directory: DirectoryConfiguration | undefined;
  readonly endpoints: CloudEndpoints;
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

export async function endpointsOf(cloud: CloudConfiguration): Promise<CloudEndpoints> {
  if (cloud.kind !== 'custom') return cloudEndpoints(cloud.kind);
  const { loginUrl, graphUrl, exchangeUrl = graphUrl, caFile } = cloud;
  const trim = (url: string): string => url.replace(/\/+$/, '');
  const trimmed = { loginUrl: trim(loginUrl), graphUrl: trim(graphUrl), exchangeUrl: trim(exchangeUrl) };
  if (caFile === undefined) return { name: 'custom', ...trimmed };
  const caPem = await readFile(caFile, 'utf8').catch((cause: unknown) => {
    throw new DomainError({
      code: 'config.file-unreadable',
      message: `The file ${caFile} (cloud.caFile) cannot be read.`,
      remedy: 'Correct cloud.caFile in the configuration, or let this user read the file.',
      cause,
    });
  });
  return { name: 'custom', ...trimmed, caPem };
}

/** The connections of this server, made from the configuration or from what set-up stored. */
export class ServerConnections implements Connections {
  readonly endpoints: CloudEndpoints;
  readonly #options: ServerConnectionsOptions;
  readonly #listeners: ((side: 'directory' | 'microsoft365') => void)[] = [];
  #link: DirectoryLink | undefined;
  #microsoft365: Microsoft365 | undefined;

  constructor(options: ServerConnectionsOptions) {
    this.#options = options;
    this.endpoints = options.endpoints;
  }

  /** Resolves after the first try to connect, whether it succeeded or not. */
  async start(findCredentials: () => Promise<IntegrationCredentials | undefined>): Promise<void> {
    const { directory } = this.#options;
    const access =
      directory === undefined ? await findStoredAccess(this.#options) : await accessFromConfiguration(directory);
    const credentials = await findCredentials();
    if (credentials !== undefined) await this.connectMicrosoft365(credentials);
    if (access !== undefined) await this.#use(access);
  }

  async stop(): Promise<void> {
    await this.#link?.close();
    await this.#microsoft365?.close();
  }

  isDirectoryConfigured(): boolean {
    return this.#link !== undefined;
  }

  directorySource(): 'none' | DirectoryAccess['source'] {
    return this.#link?.access.source ?? 'none';
  }

  findDirectory(): Directory | undefined {
    return this.#link?.find();
  }

  getDirectory(): Directory {
    if (this.#link === undefined) throw notSetUp();
    return this.#link.get();
  }

  getDirectorySettings(): DirectorySettings {
    if (this.#link === undefined) throw notSetUp();
    const { managedOu, administratorsGroup, helpDeskGroup, readersGroup } = this.#link.access.record;
    return { managedOu, administratorsGroup, helpDeskGroup, readersGroup };
  }

  /** Of the first domain controller that was configured. */
  findDirectoryHost(): string | undefined {
    const [url] = this.#link?.access.record.urls ?? [];
    return url === undefined ? undefined : new URL(url).hostname;
  }

  findMicrosoft365(): Microsoft365 | undefined {
    return this.#microsoft365;
  }

  getMicrosoft365(): Microsoft365 {
    if (this.#microsoft365 !== undefined) return this.#microsoft365;
    throw new DomainError({
      code: 'integration.not-integrated',
      message: 'Isthmus is not integrated with Microsoft 365.',
      remedy: 'Integrate it on the page Microsoft 365.',
    });
  }

  onChange(listener: (side: 'directory' | 'microsoft365') => void): void {
    this.#listeners.push(listener);
  }

  /** Stores the directory that the set-up page connected, and uses it from now on. */
  async connectDirectory(record: DirectoryRecord, password: Secret): Promise<void> {
    const access = await storeAccess(this.#options, record, password);
    await this.#link?.close();
    await this.#use(access);
  }

  /** Uses these credentials from now on, in place of what was connected. Nothing is sent before the first call. */
  async connectMicrosoft365(credentials: IntegrationCredentials): Promise<void> {
    const { endpoints, clock, logger } = this.#options;
    const before = this.#microsoft365;
    this.#microsoft365 = connectMicrosoft365({ endpoints, credentials, clock, logger });
    this.#tell('microsoft365');
    await before?.close();
  }

  /** The integration was disabled. */
  async disconnectMicrosoft365(): Promise<void> {
    const before = this.#microsoft365;
    this.#microsoft365 = undefined;
    this.#tell('microsoft365');
    await before?.close();
  }

  async #use(access: DirectoryAccess): Promise<void> {
    const { clock, logger } = this.#options;
    this.#link = new DirectoryLink(access, { clock, logger, onConnected: () => this.#tell('directory') });
    await this.#link.connect();
  }

  #tell(side: 'directory' | 'microsoft365'): void {
    for (const listener of this.#listeners) listener(side);
  }
}

function notSetUp(): DomainError {
  return new DomainError({
    code: 'session.not-set-up',
    message: 'No directory is connected yet.',
    remedy: 'Open the set-up page with the code that the server printed when it started.',
  });
}
