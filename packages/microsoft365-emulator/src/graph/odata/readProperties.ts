import * as z from 'zod';
import type { PropertyValue } from '../../store/records.ts';
import { badRequest, invalidValue, malformed } from '../errors.ts';
import { nameOfProperty, type PropertyDefinition, type ResourceType } from './ResourceType.ts';

const bodySchema = z.record(z.string(), z.json());
const bindSchema = z.array(z.string());

/** What a caller wants an object to be, and the objects to tie to it by `name@odata.bind`. */
export interface PropertyInput {
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly bindings: ReadonlyMap<string, readonly string[]>;
}

/** Reads the body of a create or update, property by property, and refuses what the type does not allow. */
export function readProperties(body: unknown, type: ResourceType): PropertyInput {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw malformed(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  const properties: Record<string, PropertyValue> = {};
  const bindings = new Map<string, readonly string[]>();
  for (const [given, value] of Object.entries(parsed.data)) {
    const name = nameOfProperty(type, given);
    if (name.endsWith('@odata.bind')) bindings.set(name.slice(0, name.indexOf('@')), readBinding(name, value));
    else if (!name.includes('@odata.')) properties[name] = checkedValue(name, value, type);
  }
  return { properties, bindings };
}

function readBinding(name: string, value: PropertyValue): readonly string[] {
  const links = bindSchema.safeParse(value);
  if (!links.success) throw malformed(`The value of '${name}' must be an array of links.`);
  return links.data;
}

function checkedValue(name: string, value: PropertyValue, type: ResourceType): PropertyValue {
  const property = type.properties.get(name);
  if (property === undefined) {
    throw malformed(
      `The property '${name}' does not exist on type '${type.typeName}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (property.isReadOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
  if (value === null) return null;
  if (!hasType(value, property)) throw unconvertible(value, property);
  if (typeof value === 'string') checkText(name, value, property, type);
  return value;
}

function hasType(value: PropertyValue, { type }: PropertyDefinition): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (type === 'objects') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === 'string';
}

const edmTypes: Readonly<Record<string, string>> = {
  boolean: 'Edm.Boolean',
  integer: 'Edm.Int32',
  strings: 'Collection(Edm.String)',
  dateTime: 'Edm.DateTimeOffset',
};

function unconvertible(value: PropertyValue, { type }: PropertyDefinition): Error {
  const shown = (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 64);
  return malformed(`Cannot convert the literal '${shown}' to the expected type '${edmTypes[type] ?? 'Edm.String'}'.`);
}

/** The directory takes null, but no empty text and none that is too long. */
function checkText(name: string, value: string, property: PropertyDefinition, type: ResourceType): void {
  const isTooLong = value.length > (property.maxLength ?? Number.POSITIVE_INFINITY);
  if (value === '' || isTooLong) throw invalidValue(name, type.name);
  if (property.type === 'dateTime' && Number.isNaN(Date.parse(value))) throw unconvertible(value, property);
}
