import type { Notice } from '@isthmus/contracts';
import { type KnownLicense, licenseProblems } from '../online-accounts/index.ts';

/** Hands out the seats that are free, one after the other. */
export class Seats {
  readonly #licenses: readonly KnownLicense[];
  readonly #free: Map<string, number>;
  readonly needed = new Map<string, number>();

  constructor(licenses: readonly KnownLicense[]) {
    this.#licenses = licenses;
    this.#free = new Map(licenses.map((license) => [license.skuId, Math.max(0, license.total - license.used)]));
  }

  /** Why nobody can get the product at all, however many seats there were. */
  problemOf(skuId: string): Notice | undefined {
    return licenseProblems([skuId], this.#licenses, 0)[0];
  }

  take(skuId: string): boolean {
    const left = this.#free.get(skuId) ?? 0;
    this.#free.set(skuId, left - 1);
    this.needed.set(skuId, (this.needed.get(skuId) ?? 0) + 1);
    return left > 0;
  }
}
