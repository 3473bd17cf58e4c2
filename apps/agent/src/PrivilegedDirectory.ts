import { connect } from 'node:net';
import { DirSyncControl } from '@isthmus/directory';
import { DomainError, guidFromBytes, parseUserId, type UserId } from '@isthmus/kernel';
import { Client, type Entry, ResultCodeError } from 'ldapts';
import { passwordWrittenAt } from './replicationMetadata.ts';
import { findEncryptedPassword } from './supplementalCredentials.ts';

/** Accounts of people: no computers, and none that the directory keeps for itself (krbtgt, Administrator, Guest). */
const FILTER =
  '(|(isDeleted=TRUE)(&(objectClass=user)(!(objectClass=computer))(userAccountControl:1.2.840.113556.1.4.803:=512)(!(isCriticalSystemObject=TRUE))(!(sAMAccountName=krbtgt*))))';
const BINARY = ['objectGUID', 'supplementalCredentials', 'unicodePwd', 'replPropertyMetaData'];
const TIMEOUT_MS = 600_000;
const UNAVAILABLE_CRITICAL_EXTENSION = 12;
const NO_SUCH_OBJECT = 32;

export interface ControllerState {
  readonly dc: string;
  readonly dcHostName: string;
  readonly baseDn: string;
  readonly usn: string;
}

/** One round: whose password was written, and who is gone. */
export interface PasswordChanges {
  readonly written: readonly UserId[];
  readonly removed: readonly UserId[];
  readonly cookie: Buffer;
}

/** The current password of an account, as far as the domain controller kept it. */
export interface StoredPassword {
  /** FILETIME of the change. */
  readonly version: bigint;
  /** PGP message; undefined when the controller did not capture it. */
  readonly encrypted: Buffer | undefined;
}

/**
 * The directory through Samba's privileged socket. Whoever reaches that socket is the system itself, without any
 * sign-in, and may read what no account can; this class reads captured passwords and nothing more.
 */
export class PrivilegedDirectory {
  readonly #socketPath: string;
  #client: Client | undefined;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  readState(): Promise<ControllerState> {
    return this.#use(async (client) => {
      const attributes = ['dsServiceName', 'dnsHostName', 'defaultNamingContext', 'highestCommittedUSN'];
      const entry = firstOf((await client.search('', { scope: 'base', attributes })).searchEntries);
      return {
        dc: textOf(entry, 'dsServiceName'),
        dcHostName: textOf(entry, 'dnsHostName').toLowerCase(),
        baseDn: textOf(entry, 'defaultNamingContext'),
        usn: textOf(entry, 'highestCommittedUSN'),
      };
    });
  }

  /** Undefined when the controller does not accept the cookie any more. */
  readChanges(baseDn: string, cookie: Buffer | undefined): Promise<PasswordChanges | undefined> {
    return this.#use((client) => readRound(client, baseDn, cookie).catch(ignoring(UNAVAILABLE_CRITICAL_EXTENSION)));
  }

  /** Undefined for an account that is gone or never had a password. */
  readPassword(id: UserId): Promise<StoredPassword | undefined> {
    return this.#use(async (client) => {
      const attributes = ['supplementalCredentials', 'pwdLastSet', 'replPropertyMetaData'];
      const options = { scope: 'base' as const, attributes, explicitBufferAttributes: BINARY };
      const found = await client.search(`<GUID=${id}>`, options).catch(ignoring(NO_SUCH_OBJECT));
      const entry = found?.searchEntries[0];
      if (entry === undefined) return undefined;
      const lastSet = BigInt(textOf(entry, 'pwdLastSet') || '0');
      const metadata = bytesOf(entry, 'replPropertyMetaData');
      const version = lastSet > 0n ? lastSet : metadata && passwordWrittenAt(metadata);
      if (version === undefined) return undefined;
      const credentials = bytesOf(entry, 'supplementalCredentials');
      return { version, encrypted: credentials && findEncryptedPassword(credentials) };
    });
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.unbind().catch(() => undefined);
  }

  async #use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    this.#client ??= new Client({
      url: 'ldap://localhost',
      timeout: TIMEOUT_MS,
      createConnection: () => connect({ path: this.#socketPath }),
    });
    try {
      return await work(this.#client);
    } catch (error) {
      await this.close();
      throw unreachable(error, this.#socketPath);
    }
  }
}

function unreachable(error: unknown, socketPath: string): DomainError {
  if (error instanceof DomainError) return error;
  return new DomainError({
    code: 'agent.directory-unreachable',
    message:
      error instanceof ResultCodeError
        ? `The domain controller refused to show captured passwords on ${socketPath}.`
        : `The domain controller does not answer on ${socketPath}.`,
    remedy:
      'Check that samba runs, that ldapiSocket is the one in the folder ldap_priv, and that the agent may enter that folder.',
    retryable: true,
    cause: error,
  });
}

/** Turns one LDAP result into "nothing" and lets all other errors pass. */
function ignoring(code: number): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof ResultCodeError) || error.code !== code) throw error;
  };
}

/** Asks for the hash only to learn whether it changed; it is not looked at. */
async function readRound(client: Client, baseDn: string, cookie: Buffer | undefined): Promise<PasswordChanges> {
  const control = new DirSyncControl(0, cookie);
  const attributes = ['objectGUID', 'unicodePwd', 'isDeleted'];
  const entries: Entry[] = [];
  do {
    const options = { scope: 'sub' as const, filter: FILTER, attributes, explicitBufferAttributes: BINARY };
    entries.push(...(await client.search(baseDn, options, control)).searchEntries);
  } while (control.more);
  const isGone = (entry: Entry): boolean => textOf(entry, 'isDeleted') === 'TRUE';
  return {
    removed: entries.filter(isGone).map(idOf),
    written: entries.filter((entry) => !isGone(entry) && bytesOf(entry, 'unicodePwd') !== undefined).map(idOf),
    cookie: control.cookie,
  };
}

function firstOf(entries: readonly Entry[]): Entry {
  const [entry] = entries;
  if (entry === undefined) throw new Error('the answer holds no entry');
  return entry;
}

function textOf(entry: Entry, name: string): string {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
}

function bytesOf(entry: Entry, name: string): Buffer | undefined {
  const value = entry[name];
  return Buffer.isBuffer(value) ? value : undefined;
}

function idOf(entry: Entry): UserId {
  return parseUserId(guidFromBytes(bytesOf(entry, 'objectGUID') ?? Buffer.alloc(0)));
}
