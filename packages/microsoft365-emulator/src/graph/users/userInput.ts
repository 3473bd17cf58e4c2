import * as z from 'zod';
import type { PropertyValue } from '../../store/records.ts';
import { badRequest, invalidValue, malformed, refusal } from '../errors.ts';
import { nameOfProperty, type PropertyDefinition } from '../odata/ResourceType.ts';
import { userType } from './userType.ts';

const bodySchema = z.record(z.string(), z.json());
const passwordProfileSchema = z.object({
  password: z.string().optional(),
  forceChangePasswordNextSignIn: z.boolean().nullish(),
  forceChangePasswordNextSignInWithMfa: z.boolean().nullish(),
});

export interface PasswordProfile {
  readonly password: string | undefined;
  readonly mustChange: boolean | undefined;
}

/** What a caller wants a user to be: properties, and the password apart from them. */
export interface UserInput {
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly passwordProfile: PasswordProfile | undefined;
}

/** Reads the body of a create or update, property by property, and refuses what the directory refuses. */
export function readUserInput(body: unknown): UserInput {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw refusal('unreadableBody');
  }
  const { passwordProfile, ...rest } = parsed.data;
  const properties: Record<string, PropertyValue> = {};
  for (const [given, value] of Object.entries(rest)) {
    if (given.includes('@odata.')) continue;
    const name = nameOfProperty(userType, given);
    properties[name] = checkedValue(name, value);
  }
  return { properties, passwordProfile: readPasswordProfile(passwordProfile) };
}

function readPasswordProfile(value: PropertyValue | undefined): PasswordProfile | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = passwordProfileSchema.safeParse(value);
  if (!parsed.success) throw invalidValue('passwordProfile', 'User');
  const { password, forceChangePasswordNextSignIn, forceChangePasswordNextSignInWithMfa } = parsed.data;
  return { password, mustChange: forceChangePasswordNextSignIn ?? forceChangePasswordNextSignInWithMfa ?? undefined };
}

function checkedValue(name: string, value: PropertyValue): PropertyValue {
  const property = userType.properties.get(name);
  if (property === undefined) {
    throw malformed(
      `The property '${name}' does not exist on type 'microsoft.graph.user'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (property.isReadOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
  if (value === null) return null;
  if (!hasType(value, property)) {
    throw malformed(`Cannot convert the literal '${shown(value)}' to the expected type '${edmType(property)}'.`);
  }
  if (typeof value === 'string') checkText(name, value, property);
  if (name === 'businessPhones' && Array.isArray(value) && value.length > 1) throw invalidValue(name, 'User');
  return value;
}

function shown(value: PropertyValue): string {
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 64) : String(value).slice(0, 64);
}

function hasType(value: PropertyValue, { type }: PropertyDefinition): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (type === 'objects') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === 'string';
}

function edmType({ type }: PropertyDefinition): string {
  const names: Readonly<Record<string, string>> = {
    boolean: 'Edm.Boolean',
    strings: 'Collection(Edm.String)',
    dateTime: 'Edm.DateTimeOffset',
  };
  return names[type] ?? 'Edm.String';
}

/** The directory takes null, but no empty text and none that is too long. */
function checkText(name: string, value: string, property: PropertyDefinition): void {
  const isTooLong = value.length > (property.maxLength ?? Number.POSITIVE_INFINITY);
  if (name === 'userPrincipalName') return;
  if (value === '' || isTooLong) throw invalidValue(name, 'User');
  if (property.type === 'dateTime' && Number.isNaN(Date.parse(value))) {
    throw malformed(`Cannot convert the literal '${value.slice(0, 64)}' to the expected type 'Edm.DateTimeOffset'.`);
  }
}
