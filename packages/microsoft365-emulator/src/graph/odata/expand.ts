import type { PropertyValue } from '../../store/records.ts';
import { malformed, refusal, unsupportedQuery } from '../errors.ts';
import { type GraphCall, hasEventualConsistency } from '../GraphCall.ts';
import { type Expansion, parseExpand } from './parseExpand.ts';
import { namesIn, project, selectableNames } from './project.ts';
import type { RelatedObject, Relation, Relations } from './RelatedObject.ts';
import { defaultNames, type ResourceType } from './ResourceType.ts';

/** More related objects than this are never shown, and no link leads to the others. */
const MAXIMUM = 20;
const MAXIMUM_LEVELS = 1000;

type Expander<T> = (value: T) => Record<string, PropertyValue>;

/**
 * Reads `$expand` and gives what adds the related objects to an object.
 * Source: Microsoft documentation, "Advanced query capabilities on Microsoft Entra ID objects" and "List users", where
 * `$select` and `$levels` are the options used inside `$expand`. Other options there are refused; that is a guess.
 */
export function readExpand<T>(call: GraphCall, type: ResourceType, relations: Relations<T> = {}): Expander<T> {
  const text = call.query.get('$expand');
  if (text === null || text.trim() === '') return () => ({});
  const expanders = parseExpand(text).map((expansion) => expanderOf(call, type, relations, expansion));
  return (value) => Object.assign({}, ...expanders.map((expander) => expander(value)));
}

function expanderOf<T>(
  call: GraphCall,
  type: ResourceType,
  relations: Relations<T>,
  { name, options }: Expansion,
): Expander<T> {
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined;
  if (relation === undefined) {
    throw refusal('expandUnknown', { name, type: type.typeName });
  }
  const levels = levelsOf(call, relation, options);
  const names = namesIn(options.get('$select') ?? '');
  const present = (related: RelatedObject, level: number): PropertyValue => ({
    '@odata.type': `#${related.type.typeName}`,
    ...project(related.read, shownNames(call, related.type, names, relation.isCollection)),
    ...(level < levels ? further(name, relation, related, (next) => present(next, level + 1)) : {}),
  });
  return (value) => {
    const objects = relation.find(value).slice(0, MAXIMUM);
    if (relation.isCollection) return { [name]: objects.map((object) => present(object, 1)) };
    const [only] = objects;
    return only === undefined ? {} : { [name]: present(only, 1) };
  };
}

/** Lists, which may hold several kinds of objects, show of each what its kind has. */
function shownNames(
  call: GraphCall,
  type: ResourceType,
  names: readonly string[],
  isCollection: boolean,
): readonly string[] {
  if (names.length === 0) return defaultNames(type);
  const known = isCollection ? names.filter((name) => name === '*' || type.properties.has(name)) : names;
  return selectableNames(call, type, known);
}

function further<T>(
  name: string,
  { next }: Relation<T>,
  related: RelatedObject,
  present: (next: RelatedObject) => PropertyValue,
): Record<string, PropertyValue> {
  const [only] = next?.(related) ?? [];
  return only === undefined ? {} : { [name]: present(only) };
}

function levelsOf<T>(call: GraphCall, { next }: Relation<T>, options: ReadonlyMap<string, string>): number {
  const refused = [...options.keys()].find((option) => option !== '$select' && option !== '$levels');
  if (refused !== undefined) throw unsupportedQuery(`'${refused}' is not supported inside of $expand.`);
  const levels = options.get('$levels');
  if (levels === undefined) return 1;
  if (next === undefined || !hasEventualConsistency(call)) throw unsupportedQuery();
  const number = levels.toLowerCase() === 'max' ? MAXIMUM_LEVELS : Number(levels);
  if (!Number.isInteger(number) || number < 1) throw malformed(`Invalid value '${levels}' for $levels found.`);
  return Math.min(number, MAXIMUM_LEVELS);
}
