import type { Entry } from 'ldapts';

/**
 * One entry with its attribute values normalised: names in any case, always a list of values. Values of the binary
 * attributes must be asked for as buffers in the search ({@link BINARY_ATTRIBUTES}).
 */
export class LdapEntry {
  readonly dn: string;
  readonly #values = new Map<string, readonly (string | Buffer)[]>();

  constructor(entry: Entry) {
    this.dn = entry.dn;
    for (const [name, value] of Object.entries(entry)) {
      if (name === 'dn') continue;
      this.#values.set(name.toLowerCase(), Array.isArray(value) ? value : [value]);
    }
  }

  /** Names of the attributes that have a value, in lower case. */
  get names(): readonly string[] {
    return [...this.#values].filter(([, values]) => values.length > 0).map(([name]) => name);
  }

  texts(name: string): readonly string[] {
    const values = this.#values.get(name.toLowerCase()) ?? [];
    return values.map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
  }

  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  bytes(name: string): Buffer | undefined {
    return this.allBytes(name)[0];
  }

  allBytes(name: string): readonly Buffer[] {
    const values = this.#values.get(name.toLowerCase()) ?? [];
    return values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value));
  }

  has(name: string): boolean {
    return (this.#values.get(name.toLowerCase()) ?? []).length > 0;
  }
}

/** Spelled as the schema spells them: the LDAP library compares names letter by letter. */
export const BINARY_ATTRIBUTES = [
  'objectGUID',
  'objectSid',
  'parentGUID',
  'mS-DS-ConsistencyGuid',
  'tokenGroups',
  'schemaIDGUID',
  'nTSecurityDescriptor',
  'invocationId',
  'dnsRecord',
] as const;
