import type { PropertyValue } from '../../store/records.ts';
import type { FilterExpression, Literal } from './parseFilter.ts';

/** Gives the value of a property of the object a filter is tried on. */
export type Reader = (name: string) => PropertyValue | undefined;

/** Whether an object satisfies a filter; texts compare without regard to case, as in the directory. */
export function evaluateFilter(expression: FilterExpression, read: Reader): boolean {
  switch (expression.kind) {
    case 'and':
      return evaluateFilter(expression.left, read) && evaluateFilter(expression.right, read);
    case 'or':
      return evaluateFilter(expression.left, read) || evaluateFilter(expression.right, read);
    case 'not':
      return !evaluateFilter(expression.operand, read);
    case 'compare':
      return compare(expression.operator, valueAt(expression.path, read), expression.value);
    case 'in':
      return expression.values.some((value) => compare('eq', valueAt(expression.path, read), value));
    case 'function':
      return applyFunction(expression.name, valueAt(expression.path, read), expression.value);
    case 'any':
    case 'all':
      return evaluateLambda(expression, read);
  }
}

function evaluateLambda(
  { kind, path, variable, condition }: Extract<FilterExpression, { kind: 'any' | 'all' }>,
  read: Reader,
): boolean {
  const value = valueAt(path, read);
  const items = Array.isArray(value) ? value : [];
  if (condition === null) return items.length > 0;
  const satisfies = (item: PropertyValue): boolean =>
    evaluateFilter(condition, (name) => (name === variable ? item : undefined));
  return kind === 'any' ? items.some(satisfies) : items.every(satisfies);
}

function valueAt(path: string, read: Reader): PropertyValue | undefined {
  const [first = '', ...rest] = path.split('/');
  let value = read(first);
  for (const name of rest) {
    if (name === '$count') return Array.isArray(value) ? value.length : 0;
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
  }
  return value;
}

function applyFunction(name: string, value: PropertyValue | undefined, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  const text = value.toLowerCase();
  const part = wanted.toLowerCase();
  if (name === 'startsWith') return text.startsWith(part);
  return name === 'endsWith' ? text.endsWith(part) : text.includes(part);
}

function compare(operator: string, value: PropertyValue | undefined, wanted: Literal): boolean {
  const order = orderOf(comparable(value ?? null), comparable(wanted));
  if (operator === 'eq') return order === 0;
  if (operator === 'ne') return order !== 0;
  if (order === undefined || value === null || value === undefined) return false;
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function comparable(value: PropertyValue): string | number | boolean | null {
  if (typeof value === 'string') return DATE.test(value) ? Date.parse(value) : value.toLowerCase();
  return typeof value === 'object' ? null : value;
}

/** Below, equal, above; undefined when the two cannot be compared. */
function orderOf(one: string | number | boolean | null, other: string | number | boolean | null): number | undefined {
  if (one === other) return 0;
  if (one === null || other === null || typeof one !== typeof other) return undefined;
  return one < other ? -1 : 1;
}
