import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Contents of files, each kept once under the SHA-256 of its bytes: in a folder of the state, or in memory when nothing
 * is to outlive the process. Half-received uploads are kept beside them under the name of their session.
 */
export class ContentStore {
  readonly #folder: string | undefined;
  readonly #memory = new Map<string, Buffer>();
  readonly #partial = new Map<string, Buffer[]>();

  constructor(stateFolder: string | undefined) {
    this.#folder = stateFolder === undefined ? undefined : join(stateFolder, 'contents');
    if (this.#folder !== undefined) mkdirSync(join(this.#folder, 'uploads'), { recursive: true, mode: 0o700 });
  }

  /** Keeps bytes and gives the name under which they are found again. */
  put(bytes: Buffer): string {
    const name = createHash('sha256').update(bytes).digest('hex');
    if (this.#folder === undefined) this.#memory.set(name, bytes);
    else if (!existsSync(this.#path(name))) this.#write(name, bytes);
    return name;
  }

  get(name: string): Buffer {
    if (this.#folder !== undefined) return readFileSync(this.#path(name));
    const bytes = this.#memory.get(name);
    if (bytes === undefined) throw new TypeError(`The content ${name} is missing`);
    return bytes;
  }

  /** Adds a part to an upload of which `received` bytes are valid: what a crash left behind them is cut off. */
  append(upload: string, received: number, bytes: Buffer): void {
    if (this.#folder === undefined) {
      const parts = received === 0 ? [] : (this.#partial.get(upload) ?? []);
      this.#partial.set(upload, [...parts, bytes]);
      return;
    }
    const path = this.#uploadPath(upload);
    if (received === 0) writeFileSync(path, bytes, { mode: 0o600 });
    else {
      truncateSync(path, received);
      appendFileSync(path, bytes);
    }
  }

  /** All that an upload has received. */
  uploaded(upload: string): Buffer {
    if (this.#folder === undefined) return Buffer.concat(this.#partial.get(upload) ?? []);
    const path = this.#uploadPath(upload);
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  }

  dropUpload(upload: string): void {
    if (this.#folder === undefined) this.#partial.delete(upload);
    else rmSync(this.#uploadPath(upload), { force: true });
  }

  /** Deletes what nothing refers to any more. */
  keepOnly(names: ReadonlySet<string>, uploads: ReadonlySet<string>): void {
    for (const name of this.#memory.keys()) if (!names.has(name)) this.#memory.delete(name);
    for (const upload of this.#partial.keys()) if (!uploads.has(upload)) this.#partial.delete(upload);
    if (this.#folder !== undefined) keepOnlyFiles(this.#folder, names, uploads);
  }

  /** The bytes are on the disk before the name is, so that no name ever stands for half a content. */
  #write(name: string, bytes: Buffer): void {
    const path = this.#path(name);
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    const file = openSync(`${path}.partial`, 'w', 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.partial`, path);
  }

  #path(name: string): string {
    return join(this.#folder ?? '', name.slice(0, 2), name.slice(2));
  }

  #uploadPath(upload: string): string {
    return join(this.#folder ?? '', 'uploads', upload);
  }
}

function keepOnlyFiles(folder: string, names: ReadonlySet<string>, uploads: ReadonlySet<string>): void {
  for (const start of readdirSync(folder)) {
    const kept = start === 'uploads' ? uploads : names;
    const prefix = start === 'uploads' ? '' : start;
    for (const rest of readdirSync(join(folder, start))) {
      if (!kept.has(prefix + rest)) rmSync(join(folder, start, rest), { force: true });
    }
  }
}
