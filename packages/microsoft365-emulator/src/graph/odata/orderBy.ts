import type { PropertyValue } from '../../store/records.ts';
import { malformed, unknownProperty, unsupportedQuery } from '../errors.ts';
import type { ResourceType } from './ResourceType.ts';

export interface Order {
  readonly name: string;
  readonly isDescending: boolean;
}

export function parseOrderBy(
  text: string | null,
  type: ResourceType,
  isAdvanced: boolean,
  hasFilter: boolean,
): readonly Order[] {
  if (text === null || text.trim() === '') return [];
  if (hasFilter && !isAdvanced) throw unsupportedQuery();
  return text.split(',').map((part) => {
    const [name = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (!/^(asc|desc)$/i.test(direction) || rest.length > 0) throw malformed(`Syntax error in '${part}' of $orderby.`);
    const property = type.properties.get(name);
    if (property === undefined) throw unknownProperty(name);
    if (property.canSort === undefined || (property.canSort === 'advanced' && !isAdvanced)) {
      throw unsupportedQuery(`Sorting not supported for property '${name}' of resource '${type.name}'.`);
    }
    return { name, isDescending: direction.toLowerCase() === 'desc' };
  });
}

let collator: Intl.Collator | undefined;

/** Made when it is first needed: loading its tables takes longer than starting the rest of the emulator. */
function getCollator(): Intl.Collator {
  collator ??= new Intl.Collator('en', { sensitivity: 'base' });
  return collator;
}

export function compareBy<T>(
  orders: readonly Order[],
  read: (value: T, name: string) => PropertyValue | undefined,
): (one: T, other: T) => number {
  const { compare } = getCollator();
  return (one, other) => {
    for (const { name, isDescending } of orders) {
      const order = compare(String(read(one, name) ?? ''), String(read(other, name) ?? ''));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  };
}
