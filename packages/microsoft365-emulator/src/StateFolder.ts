import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DomainError } from '@isthmus/kernel';

/** Where an emulator keeps its things: a folder of its owner's, or a temporary one that goes when it stops. */
export class StateFolder {
  readonly path: string;
  readonly isTemporary: boolean;
  readonly #lock: string;

  constructor(path: string | undefined) {
    this.isTemporary = path === undefined;
    this.path = path === undefined ? mkdtempSync(join(tmpdir(), 'microsoft365-emulator-')) : resolve(path);
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    this.#lock = join(this.path, 'lock');
    this.#takeLock();
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Text of a file that is made the first time and that only its owner may read. */
  secretFile(name: string, make: () => string): string {
    const path = this.file(name);
    if (existsSync(path)) return readFileSync(path, 'utf8').trim();
    const text = make();
    this.writeSecret(name, text);
    return text;
  }

  writeSecret(name: string, text: string): void {
    const path = this.file(name);
    writeFileSync(path, `${text}\n`, { mode: 0o600 });
    chmodSync(path, 0o600);
  }

  close(): void {
    rmSync(this.#lock, { force: true });
    if (this.isTemporary) rmSync(this.path, { recursive: true, force: true });
  }

  /** One process per folder: a second one would overwrite what the first one writes. */
  #takeLock(): void {
    const holder = existsSync(this.#lock) ? readFileSync(this.#lock, 'utf8').trim() : '';
    const [pid = ''] = holder.split(' ');
    const isHeld = pid !== '' && pid !== String(process.pid) && processMark(pid) === holder;
    if (isHeld) {
      throw new DomainError({
        code: 'emulator.state-in-use',
        message: `The state folder ${this.path} is used by the emulator with process id ${pid}.`,
        remedy: 'Stop that emulator, or give this one another folder.',
      });
    }
    writeFileSync(this.#lock, processMark(String(process.pid)) ?? String(process.pid));
  }
}

/** Process id and start time, as ids are used again; undefined when there is no such process. */
function processMark(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : `${pid} ${fields[18] ?? ''}`;
  } catch {
    return isAlive(pid) ? pid : undefined;
  }
}

function isAlive(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return !existsSync('/proc/self');
  } catch {
    return false;
  }
}
