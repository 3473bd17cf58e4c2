/** An account of the tenant, as far as addresses and links are concerned. */
export interface KnownAccount {
  readonly id: string;
  readonly displayName: string;
  readonly upn: string;
  readonly mail: string | null;
  readonly proxyAddresses: readonly string[];
  readonly immutableId: string | null;
  /** In the recycle bin: its addresses are needed again when it is restored. */
  readonly deleted: boolean;
  readonly linkedUserId: string | null;
}

/** Microsoft puts the id before the sign-in name of a deleted account. */
const DELETED_PREFIX = /^[0-9a-f]{32}/i;

function addressesOf(account: KnownAccount): readonly string[] {
  const upn = account.deleted ? account.upn.replace(DELETED_PREFIX, '') : account.upn;
  const proxies = account.proxyAddresses
    .filter((address) => /^smtp:/i.test(address))
    .map((address) => address.slice('smtp:'.length));
  return [upn, ...(account.mail === null ? [] : [account.mail]), ...proxies].map((address) => address.toLowerCase());
}

/** Who holds which address in the tenant, and which anchor. */
export class AddressBook {
  readonly #byAddress = new Map<string, KnownAccount>();
  readonly #byAnchor = new Map<string, KnownAccount>();

  constructor(accounts: readonly KnownAccount[]) {
    // Living accounts last, so that they win over deleted ones.
    const ordered = accounts.toSorted((one, other) => Number(other.deleted) - Number(one.deleted));
    for (const account of ordered) {
      for (const address of addressesOf(account)) this.#byAddress.set(address, account);
      if (account.immutableId !== null) this.#byAnchor.set(account.immutableId, account);
    }
  }

  findHolder(address: string): KnownAccount | undefined {
    return this.#byAddress.get(address.toLowerCase());
  }

  findByAnchor(anchor: string): KnownAccount | undefined {
    return this.#byAnchor.get(anchor);
  }
}
