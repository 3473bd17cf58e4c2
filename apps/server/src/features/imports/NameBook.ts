/** Somebody of the directory who has a name. */
export interface NameHolder {
  readonly userId: string;
  readonly name: string;
  readonly userName: string;
}

/** Who has which user name and which sign-in name in the directory, and which of them a run has given away already. */
export class NameBook {
  readonly #userNames: Map<string, NameHolder>;
  readonly #upns: Map<string, NameHolder>;

  constructor(users: readonly (NameHolder & { readonly upn: string | null })[]) {
    this.#userNames = new Map(users.map((user) => [user.userName.toLowerCase(), user]));
    this.#upns = new Map(users.flatMap((user) => (user.upn === null ? [] : [[user.upn.toLowerCase(), user]])));
  }

  findByUserName(userName: string): NameHolder | undefined {
    return this.#userNames.get(userName.toLowerCase());
  }

  findByUpn(upn: string): NameHolder | undefined {
    return this.#upns.get(upn.toLowerCase());
  }
}
