import type { LicenseChangeRequest, User } from '@isthmus/contracts';

export type Choice = 'keep' | 'give' | 'take';

/** What was chosen; products and services that are not named stay as they are. */
export interface LicenseChoices {
  readonly products: Readonly<Record<string, Choice>>;
  /** Services that are switched off, by product. */
  readonly off: Readonly<Record<string, readonly string[]>>;
}

export type Held = NonNullable<User['online']>['licenses'];

/** Services of the product that are off, as chosen or as they are. */
export function servicesOff(skuId: string, choices: LicenseChoices, held: Held): readonly string[] {
  return choices.off[skuId] ?? held.find((license) => license.skuId === skuId)?.disabledPlans ?? [];
}

/** The products and services of the request; a product whose services change is assigned again. */
export function changeOf(
  choices: LicenseChoices,
  held: Held,
): Pick<LicenseChangeRequest, 'add' | 'remove' | 'disabledPlans'> {
  const chosen = Object.entries(choices.products);
  const taken = chosen.filter(([, choice]) => choice === 'take').map(([skuId]) => skuId);
  const given = chosen.filter(([, choice]) => choice === 'give').map(([skuId]) => skuId);
  const isGiven = (skuId: string): boolean => given.includes(skuId) || held.some((license) => license.skuId === skuId);
  const off = Object.entries(choices.off).filter(([skuId]) => isGiven(skuId) && !taken.includes(skuId));
  return {
    add: [...new Set([...given, ...off.map(([skuId]) => skuId)])],
    remove: taken,
    disabledPlans: Object.fromEntries(off.map(([skuId, planIds]) => [skuId, [...planIds]])),
  };
}

export function isEmpty({ add = [], remove = [] }: Pick<LicenseChangeRequest, 'add' | 'remove'>): boolean {
  return add.length + remove.length === 0;
}
