import { plainValue, type Shape } from '../shapes/Shape.ts';
import type { Comparison, FilterNode, FilterValue } from './parseFilter.ts';

type Single = string | number | boolean | null;

/** Whether an object passes a filter; a multi-valued property passes when one of its values does. */
export function matchesFilter(node: FilterNode, shape: Shape): boolean {
  switch (node.kind) {
    case 'and':
      return matchesFilter(node.left, shape) && matchesFilter(node.right, shape);
    case 'or':
      return matchesFilter(node.left, shape) || matchesFilter(node.right, shape);
    case 'not':
      return !matchesFilter(node.operand, shape);
    case 'compare':
      return compares(propertyOf(shape, node.property), node.comparison, node.value);
  }
}

/** A property by its name in any case. */
export function propertyOf(shape: Shape, name: string): ReturnType<typeof plainValue> {
  const exact = shape[name];
  if (exact !== undefined) return plainValue(exact);
  const wanted = name.toLowerCase();
  return plainValue(Object.entries(shape).find(([known]) => known.toLowerCase() === wanted)?.[1]);
}

function compares(actual: ReturnType<typeof plainValue>, comparison: Comparison, value: FilterValue): boolean {
  const values: readonly Single[] = isList(actual) ? actual : [actual];
  if (comparison === 'ne') return !values.some((one) => isEqual(one, value));
  if (comparison === 'notlike') return !values.some((one) => isLike(one, value));
  if (values.length === 0) return comparison === 'eq' && value === null;
  return values.some((one) => comparesOne(one, comparison, value));
}

function isList(value: ReturnType<typeof plainValue>): value is readonly string[] {
  return Array.isArray(value);
}

function comparesOne(actual: Single, comparison: Exclude<Comparison, 'ne' | 'notlike'>, value: FilterValue): boolean {
  if (comparison === 'eq') return isEqual(actual, value);
  if (comparison === 'like') return isLike(actual, value);
  const order = compareOrder(actual, value);
  if (comparison === 'gt') return order > 0;
  if (comparison === 'ge') return order >= 0;
  return comparison === 'lt' ? order < 0 : order <= 0;
}

function isEqual(actual: Single, value: FilterValue): boolean {
  if (actual === null || actual === '') return value === null || value === '';
  return value !== null && String(actual).toLowerCase() === String(value).toLowerCase();
}

function isLike(actual: Single, value: FilterValue): boolean {
  if (actual === null || value === null) return false;
  const source = String(value)
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'is').test(String(actual));
}

function compareOrder(actual: Single, value: FilterValue): number {
  if (actual === null || value === null) return Number.NaN;
  if (typeof actual === 'number') return actual - Number(value);
  const [one, other] = [Date.parse(String(actual)), Date.parse(String(value))];
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return String(actual).localeCompare(String(value));
}
