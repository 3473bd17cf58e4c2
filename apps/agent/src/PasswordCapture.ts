import { dateFromFileTime } from '@isthmus/directory';
import { DomainError, isDomainError, type Logger, type UserId } from '@isthmus/kernel';
import { readPublicKeyFile, seal } from '@isthmus/sealing';
import { type CaptureState, captureStateOf, readKeyIds } from './captureState.ts';
import type { AgentConfig } from './config.ts';
import { decryptPassword, listSecretKeys } from './gpg.ts';
import type { Outbox } from './Outbox.ts';
import type { ControllerState, PrivilegedDirectory } from './PrivilegedDirectory.ts';
import { type Position, savePosition } from './position.ts';
import { Wakeup } from './Wakeup.ts';

/** gpg takes 50 ms a password and mostly waits. */
const AT_ONCE = 4;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;

export interface CaptureParts {
  readonly config: AgentConfig;
  readonly directory: PrivilegedDirectory;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly position: Position | undefined;
  /** Called whenever something was put into the outbox. */
  readonly onCaptured: () => void;
  /** Called once, when the domain controller answers for the first time. */
  readonly onReady: () => void;
}

/** Watches the domain controller and puts every password that is set into the outbox, sealed for the server. */
export class PasswordCapture {
  readonly #parts: CaptureParts;
  #position: Position | undefined;
  #handledUsn: string | undefined;
  #fault: string | undefined;
  #configured: boolean | undefined;
  #newestCaptured = 0n;
  #newestNotCaptured = 0n;
  #dcHostName = '';
  #ready = false;
  #looked = false;

  constructor(parts: CaptureParts) {
    this.#parts = parts;
    this.#position = parts.position;
  }

  /** False until it is known whether the capture works. */
  get hasLooked(): boolean {
    return this.#looked;
  }

  get dcHostName(): string {
    return this.#dcHostName;
  }

  /** Time of the newest password that was captured since the start. */
  get lastChangeAt(): Date | undefined {
    return dateFromFileTime(this.#newestCaptured.toString());
  }

  get state(): CaptureState {
    return captureStateOf({
      fault: this.#fault,
      newestCaptured: this.#newestCaptured,
      newestNotCaptured: this.#newestNotCaptured,
      configured: this.#configured,
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const pause = new Wakeup();
    let retry = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const succeeded = await this.#step();
      this.#looked = true;
      retry = succeeded ? FIRST_RETRY_MS : Math.min(retry * 2, LONGEST_RETRY_MS);
      await pause.wait(succeeded ? this.#parts.config.pollMs : retry, signal);
    }
  }

  async #step(): Promise<boolean> {
    try {
      const controller = await this.#parts.directory.readState();
      this.#dcHostName = controller.dcHostName;
      if (controller.usn !== this.#handledUsn) {
        await this.#checkKeys();
        this.#announceReady();
        await this.#takeOver(controller);
        this.#handledUsn = controller.usn;
      }
      if (this.#fault !== undefined) this.#parts.logger.info({}, 'capture works again');
      this.#fault = undefined;
      return true;
    } catch (error) {
      this.#noteFault(error);
      return false;
    }
  }

  #announceReady(): void {
    if (!this.#ready) this.#parts.onReady();
    this.#ready = true;
  }

  #noteFault(error: unknown): void {
    const fault = isDomainError(error) ? `${error.message} ${error.remedy ?? ''}`.trim() : 'The capture failed.';
    if (fault !== this.#fault) {
      this.#parts.logger.error({ reason: String(error), cause: String((error as Error).cause ?? '') }, fault);
    }
    this.#fault = fault;
  }

  /** Without the private key nothing can be captured; better said now than at the first password. */
  async #checkKeys(): Promise<void> {
    const { gnupgHome, smbConfFile } = this.#parts.config;
    const wanted = await readKeyIds(smbConfFile);
    this.#configured = wanted === undefined ? undefined : wanted.length > 0;
    if (this.#handledUsn !== undefined && this.#fault === undefined) return;
    const owned = await listSecretKeys(gnupgHome);
    const hexadecimal = (wanted ?? []).map((id) => id.replace(/^0x/i, '').toUpperCase()).filter(isHexadecimal);
    const usable =
      owned.length > 0 && (hexadecimal.length === 0 || hexadecimal.some((id) => owned.some((key) => key.endsWith(id))));
    if (usable) return;
    throw new DomainError({
      code: 'agent.secret-key-unusable',
      message: `The key ring ${gnupgHome} does not hold the private key for captured passwords.`,
      remedy: 'Import the private key that belongs to "password hash gpg key ids" in smb.conf into it.',
      retryable: true,
    });
  }

  /** One round. The position moves only after everything of the round is in the outbox, on disk. */
  async #takeOver(controller: ControllerState): Promise<void> {
    const { config, directory, outbox, logger } = this.#parts;
    const publicKey = await readPublicKeyFile(config.server.publicKeyFile);
    const start = await this.#usablePosition(controller, publicKey);
    const incremental = start && (await directory.readChanges(controller.baseDn, start.cookie));
    const changes = incremental ?? (await directory.readChanges(controller.baseDn, undefined));
    if (changes === undefined) {
      throw new DomainError({ code: 'agent.directory-unreachable', message: 'The directory refused a fresh start.' });
    }
    for (const id of changes.removed) await outbox.remove(id);
    for (let index = 0; index < changes.written.length; index += AT_ONCE) {
      const ids = changes.written.slice(index, index + AT_ONCE);
      await Promise.all(ids.map((id) => this.#capture(id, publicKey, incremental !== undefined)));
    }
    this.#position = { dc: controller.dc, usn: controller.usn, cookie: changes.cookie, publicKey };
    await savePosition(config.stateFolder, this.#position);
    if (incremental === undefined)
      logger.info({ accounts: changes.written.length }, 'first pass over all accounts done');
  }

  async #usablePosition(controller: ControllerState, publicKey: string): Promise<Position | undefined> {
    const position = this.#position;
    if (position === undefined) return undefined;
    if (position.publicKey !== publicKey) {
      // The server could not open what waits: it is captured again for the new key.
      this.#parts.logger.warn({}, 'the server has a new key, starting over');
      await this.#parts.outbox.clear();
      return undefined;
    }
    // A controller that was restored from a backup counts from an older number.
    return position.dc === controller.dc && BigInt(controller.usn) >= BigInt(position.usn) ? position : undefined;
  }

  async #capture(userId: UserId, publicKey: string, isNewChange: boolean): Promise<void> {
    const { config, directory, outbox, logger, onCaptured } = this.#parts;
    const stored = await directory.readPassword(userId);
    if (stored === undefined) return;
    if (stored.encrypted === undefined) {
      // In the first pass these are passwords from before the option was set.
      if (isNewChange && stored.version > this.#newestNotCaptured) this.#newestNotCaptured = stored.version;
      return;
    }
    try {
      const password = await decryptPassword(config.gnupgHome, stored.encrypted);
      const version = stored.version.toString();
      const changedAt = (dateFromFileTime(version) ?? new Date(0)).toISOString();
      const sealed = await seal(publicKey, password, `password:${userId}:${version}`);
      await outbox.put({ userId, changedAt, version, sealed });
    } catch (error) {
      if (!isDomainError(error, 'agent.capture-damaged')) throw error;
      logger.error({ userId }, error.message);
      return;
    }
    if (stored.version > this.#newestCaptured) this.#newestCaptured = stored.version;
    onCaptured();
  }
}

function isHexadecimal(id: string): boolean {
  return /^[0-9A-F]{8,40}$/.test(id);
}
