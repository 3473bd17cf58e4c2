/** What every stored thing has. */
export interface Identified {
  readonly id: string;
}

/** Keys under which a value can be found; an index function returns none when the value has no such key. */
export type Indexes<T> = Readonly<Record<string, (value: T) => readonly string[]>>;

/** Told of every change so that it can be undone and written down. */
export type ChangeListener = (
  collection: string,
  id: string,
  value: Identified | null,
  previous: Identified | undefined,
) => void;

/** Says how long a replica goes on showing what was before a change, and what time it is. */
export interface ReplicaLag {
  now(): number;
  lagMs(collection: string): number;
}

interface Stale<T> {
  readonly value: T | undefined;
  readonly until: number;
}

/**
 * Values by id, in the order in which they were first stored, with indexes, and with a second view on the same data:
 * `get`, `find` and `values` see the truth, `visible…` see what a replica shows that lags behind.
 */
export class Collection<T extends Identified> {
  readonly name: string;
  readonly #values = new Map<string, T>();
  readonly #indexes: Indexes<T>;
  /** Ids by index and key; nearly every key belongs to one value only, which a set for each would cost dearly. */
  readonly #keys = new Map<string, Map<string, string | Set<string>>>();
  /** All values as they were when somebody last asked for them, until one changes. */
  #list: readonly T[] | undefined;
  readonly #stale = new Map<string, Stale<T>>();
  readonly #listener: ChangeListener;
  readonly #lag: ReplicaLag;

  constructor(name: string, indexes: Indexes<T>, listener: ChangeListener, lag: ReplicaLag) {
    this.name = name;
    this.#indexes = indexes;
    this.#listener = listener;
    this.#lag = lag;
    for (const index of Object.keys(indexes)) this.#keys.set(index, new Map());
  }

  get size(): number {
    return this.#values.size;
  }

  get(id: string): T | undefined {
    return this.#values.get(id);
  }

  values(): readonly T[] {
    this.#list ??= [...this.#values.values()];
    return this.#list;
  }

  /** Those that were first stored the longest ago, without a list of all. */
  oldest(count: number): T[] {
    const found: T[] = [];
    for (const value of this.#values.values()) {
      if (found.length >= count) break;
      found.push(value);
    }
    return found;
  }

  findAll(index: string, key: string): T[] {
    const ids = this.#idsOf(index, key);
    return ids.length === 0 ? [] : ids.flatMap((id) => this.#values.get(id) ?? []);
  }

  find(index: string, key: string): T | undefined {
    return this.findAll(index, key)[0];
  }

  put(value: T): void {
    const previous = this.#values.get(value.id);
    this.#listener(this.name, value.id, value, previous);
    this.#remember(value.id, previous);
    this.#store(value, previous);
  }

  remove(id: string): void {
    const previous = this.#values.get(id);
    if (previous === undefined) return;
    this.#listener(this.name, id, null, previous);
    this.#remember(id, previous);
    this.#forget(previous);
  }

  /** Sets a value without telling anybody: for loading from disk and for undoing. */
  restore(id: string, value: T | undefined): void {
    const previous = this.#values.get(id);
    if (value !== undefined) this.#store(value, previous);
    else if (previous !== undefined) this.#forget(previous);
    this.#stale.delete(id);
  }

  clear(): void {
    this.#list = undefined;
    this.#values.clear();
    this.#stale.clear();
    for (const keys of this.#keys.values()) keys.clear();
  }

  /** What a lagging replica shows under this id. */
  visible(id: string): T | undefined {
    const stale = this.#staleFor(id);
    return stale === undefined ? this.#values.get(id) : stale.value;
  }

  /** What a lagging replica finds under this key: it knows a new key only when it shows the value that has it. */
  findVisible(index: string, key: string): T | undefined {
    return this.findAllVisible(index, key)[0];
  }

  findAllVisible(index: string, key: string): T[] {
    if (this.#stale.size === 0) return this.findAll(index, key);
    const keysOf = this.#indexes[index];
    if (keysOf === undefined) return [];
    const ids = new Set([...this.#idsOf(index, key), ...this.#stale.keys()]);
    return [...ids].flatMap((id) => this.visible(id) ?? []).filter((value) => keysOf(value).includes(key));
  }

  visibleValues(): readonly T[] {
    this.#dropExpired();
    if (this.#stale.size === 0) return this.values();
    const shown = new Map<string, T>();
    for (const [id, value] of this.#values) {
      const stale = this.#stale.get(id);
      const seen = stale === undefined ? value : stale.value;
      if (seen !== undefined) shown.set(id, seen);
    }
    for (const [id, stale] of this.#stale) if (stale.value !== undefined) shown.set(id, stale.value);
    return [...shown.values()];
  }

  #remember(id: string, previous: T | undefined): void {
    const lagMs = this.#lag.lagMs(this.name);
    if (lagMs <= 0) return;
    const known = this.#staleFor(id);
    this.#stale.set(id, { value: known === undefined ? previous : known.value, until: this.#lag.now() + lagMs });
  }

  #staleFor(id: string): Stale<T> | undefined {
    if (this.#stale.size === 0) return undefined;
    const stale = this.#stale.get(id);
    if (stale === undefined || stale.until > this.#lag.now()) return stale;
    this.#stale.delete(id);
    return undefined;
  }

  #dropExpired(): void {
    const now = this.#lag.now();
    for (const [id, stale] of this.#stale) if (stale.until <= now) this.#stale.delete(id);
  }

  #idsOf(index: string, key: string): string[] {
    const ids = this.#keys.get(index)?.get(key);
    if (ids === undefined) return [];
    return typeof ids === 'string' ? [ids] : [...ids];
  }

  #store(value: T, previous: T | undefined): void {
    this.#list = undefined;
    this.#values.set(value.id, value);
    for (const [name, keys] of this.#keys) {
      const before = previous === undefined ? [] : (this.#indexes[name]?.(previous) ?? []);
      const now = this.#indexes[name]?.(value) ?? [];
      for (const key of before) if (!now.includes(key)) forgetKey(keys, key, value.id);
      for (const key of now) if (!before.includes(key)) rememberKey(keys, key, value.id);
    }
  }

  #forget(previous: T): void {
    this.#list = undefined;
    this.#values.delete(previous.id);
    for (const [name, keys] of this.#keys) {
      for (const key of this.#indexes[name]?.(previous) ?? []) forgetKey(keys, key, previous.id);
    }
  }
}

type Keys = Map<string, string | Set<string>>;

function rememberKey(keys: Keys, key: string, id: string): void {
  const known = keys.get(key);
  if (known === undefined) keys.set(key, id);
  else if (typeof known !== 'string') known.add(id);
  else if (known !== id) keys.set(key, new Set([known, id]));
}

function forgetKey(keys: Keys, key: string, id: string): void {
  const known = keys.get(key);
  if (known === id) keys.delete(key);
  if (typeof known !== 'object') return;
  known.delete(id);
  if (known.size === 0) keys.delete(key);
}
