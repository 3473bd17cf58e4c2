import { type Cause, earlier } from './Cause.ts';

const NO_CAUSE: Cause = { changedOn: undefined, causedAt: undefined };

/** People to look at again, with the cause; and whether everybody is to be compared. */
export class Dirty {
  #people = new Map<string, Cause>();
  #everybody = true;

  get isEmpty(): boolean {
    return this.#people.size === 0 && !this.#everybody;
  }

  add(userIds: readonly string[], cause: Cause = NO_CAUSE): void {
    for (const userId of userIds) this.#people.set(userId, earlier(this.#people.get(userId), cause));
  }

  addEverybody(): void {
    this.#everybody = true;
  }

  take(): { readonly people: ReadonlyMap<string, Cause>; readonly everybody: boolean } {
    const taken = { people: this.#people, everybody: this.#everybody };
    this.#people = new Map();
    this.#everybody = false;
    return taken;
  }
}
