/** One object to be made; attribute values are text, several values are a list. */
export interface SeedEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  readonly password?: string;
}

/** What `provision.py` writes into a new domain, in this order. */
export interface WorldSeed {
  readonly upnSuffixes: readonly string[];
  readonly organizationalUnits: readonly SeedEntry[];
  readonly people: readonly SeedEntry[];
  readonly groups: readonly SeedEntry[];
  readonly changes: readonly SeedEntry[];
  readonly permissions: readonly { readonly dn: string; readonly trustee: string; readonly aces: readonly string[] }[];
}

export interface SeededPerson {
  readonly userName: string;
  readonly displayName: string;
  readonly dn: string;
  readonly userPrincipalName: string;
  /** Missing when the person was made without a password. */
  readonly password?: string;
}

/** What the users of a world need to know about it. */
export interface WorldGuide {
  readonly managedOu: string | undefined;
  readonly administratorsGroup: string | undefined;
  readonly helpDeskGroup: string | undefined;
  /** The member of the administrators' group. */
  readonly dashboardAdministrator: SeededPerson | undefined;
  readonly helpDeskMember: SeededPerson | undefined;
  /** Account with the least rights Isthmus needs: its managed OU, and reading changes of the domain. */
  readonly serviceAccount: SeededPerson | undefined;
  readonly people: readonly SeededPerson[];
}

export interface World {
  readonly seed: WorldSeed;
  readonly guide: WorldGuide;
}

export type WorldName = 'empty' | 'contoso-small' | 'contoso-10k';

export const EMPTY_WORLD: World = {
  seed: { upnSuffixes: [], organizationalUnits: [], people: [], groups: [], changes: [], permissions: [] },
  guide: {
    managedOu: undefined,
    administratorsGroup: undefined,
    helpDeskGroup: undefined,
    dashboardAdministrator: undefined,
    helpDeskMember: undefined,
    serviceAccount: undefined,
    people: [],
  },
};
