/** An entry of package-lock.json, as far as it matters here. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockPackages = Readonly<Record<string, LockEntry>>;

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const C_LIBRARIES: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl' };

/** What npm would know from the registry: for which platform a package such as `@x/binding-linux-arm64-musl` is. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  const library = Object.entries(C_LIBRARIES).find(([word]) => words.some((part) => part.startsWith(word)));
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(library === undefined ? {} : { libc: [library[1]] }),
    ...(os === undefined ? {} : { os: [os] }),
  };
}

/** Node's look-up: beside the package that asks, then outwards. */
function isLocked(packages: LockPackages, from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (candidate in packages) return true;
    if (place === '') return false;
  }
}

/**
 * The entries that npm leaves out of the lock file when it cannot see packages for other platforms (npm/cli#4828);
 * `npm ci` then refuses the whole file. Only exact versions can be completed: platform packages have them.
 */
export function missingOptionalEntries(packages: LockPackages): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, path, name)) continue;
      const dev = entry.dev === true ? { dev: true } : {};
      missing[`node_modules/${name}`] = { version, ...dev, optional: true, ...platformOf(name) };
    }
  }
  return missing;
}
