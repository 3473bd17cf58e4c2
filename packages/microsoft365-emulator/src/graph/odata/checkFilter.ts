import { refusal, unknownProperty, unsupportedQuery } from '../errors.ts';
import type { FilterExpression } from './parseFilter.ts';
import type { FilterOperator, PropertyDefinition, ResourceType } from './ResourceType.ts';

/** Refuses what the directory cannot filter by, and what it can only with the advanced query capabilities. */
export function checkFilter(expression: FilterExpression, type: ResourceType, isAdvanced: boolean): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      checkFilter(expression.left, type, isAdvanced);
      checkFilter(expression.right, type, isAdvanced);
      return;
    case 'not':
      if (!isAdvanced) throw unsupportedQuery();
      checkFilter(expression.operand, type, isAdvanced);
      return;
    default:
      checkOperator(expression.path, operatorOf(expression), type, isAdvanced);
      if (expression.kind === 'any' || expression.kind === 'all') checkCondition(expression, type, isAdvanced);
  }
}

function operatorOf(expression: Exclude<FilterExpression, { kind: 'and' | 'or' | 'not' }>): string {
  if (expression.kind === 'compare') return expression.operator;
  return expression.kind === 'function' ? expression.name : expression.kind;
}

function checkOperator(path: string, operator: string, type: ResourceType, isAdvanced: boolean): void {
  const [name = '', ...rest] = path.split('/');
  const property = type.properties.get(name);
  if (property === undefined) throw unknownProperty(name);
  if (rest[0] === '$count') {
    if (!isAdvanced) throw unsupportedQuery();
    return;
  }
  const allowed = property.filter ?? [];
  if (!isOneOf(allowed, operator)) throw unsupportedClause(name, type);
  if (!isAdvanced && needsAdvanced(property, operator)) throw unsupportedQuery();
}

function needsAdvanced(property: PropertyDefinition, operator: string): boolean {
  return operator === 'ne' || operator === 'endsWith' || isOneOf(property.advanced ?? [], operator);
}

function isOneOf(operators: readonly FilterOperator[], operator: string): boolean {
  return operators.some((known) => known === operator);
}

/** Inside `any`, only what the collection's own definition allows. */
function checkCondition(
  { condition, path }: Extract<FilterExpression, { kind: 'any' | 'all' }>,
  type: ResourceType,
  isAdvanced: boolean,
): void {
  if (condition === null) return;
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const part of [condition.left, condition.right]) {
        checkCondition({ kind: 'any', path, variable: '', condition: part }, type, isAdvanced);
      }
      return;
    case 'not':
    case 'any':
    case 'all':
      throw unsupportedQuery();
    default:
      checkItemOperator(path, operatorOf(condition), type, isAdvanced);
  }
}

function checkItemOperator(path: string, operator: string, type: ResourceType, isAdvanced: boolean): void {
  const property = type.properties.get(path);
  if (!isOneOf(property?.filter ?? [], operator)) throw unsupportedClause(path, type);
  if (!isAdvanced && property !== undefined && needsAdvanced(property, operator)) throw unsupportedQuery();
}

function unsupportedClause(name: string, type: ResourceType): Error {
  return refusal('filterUnsupported', { name, type: type.name });
}
