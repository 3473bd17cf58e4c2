import { randomUUID, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import type { KeyCredentialRecord, Properties, PropertyValue } from '../../store/records.ts';
import { badRequest, invalidValue, malformed } from '../errors.ts';
import { GraphError } from '../GraphError.ts';
import { nameOfProperty } from '../odata/ResourceType.ts';
import { applicationType } from './applicationType.ts';
import { keyCredentialOf } from './credentials.ts';

const dateTime = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const keyCredentialSchema = z.object({
  keyId: z.guid().nullish(),
  type: z.string().nullish(),
  usage: z.string().nullish(),
  key: z.string().nullish(),
  displayName: z.string().nullish(),
  startDateTime: dateTime.nullish(),
  endDateTime: dateTime.nullish(),
  customKeyIdentifier: z.string().nullish(),
});

export type KeyCredentialInput = z.infer<typeof keyCredentialSchema>;

const bodySchema = z.record(z.string(), z.json());

const shapes: Readonly<Record<string, z.ZodType>> = {
  requiredResourceAccess: z.array(
    z.object({
      resourceAppId: z.string(),
      resourceAccess: z.array(z.object({ id: z.guid(), type: z.enum(['Role', 'Scope']) })),
    }),
  ),
  signInAudience: z.enum([
    'AzureADMyOrg',
    'AzureADMultipleOrgs',
    'AzureADandPersonalMicrosoftAccount',
    'PersonalMicrosoftAccount',
  ]),
  publicClient: z.object({ redirectUris: z.array(z.string()).optional() }),
  web: z.looseObject({ redirectUris: z.array(z.string()).optional() }),
  spa: z.object({ redirectUris: z.array(z.string()).optional() }),
  tags: z.array(z.string()),
  identifierUris: z.array(z.string()),
  isFallbackPublicClient: z.boolean().nullable(),
  displayName: z.string().min(1).max(256),
};

export interface ApplicationInput {
  readonly properties: Properties;
  /** Set when the body lists keys: they replace all there are. */
  readonly keys: readonly KeyCredentialInput[] | undefined;
}

/** Reads the body of a create or update of an application. */
export function readApplicationInput(body: unknown): ApplicationInput {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw malformed(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  const { keyCredentials, ...rest } = parsed.data;
  const properties: Record<string, PropertyValue> = {};
  for (const [given, value] of Object.entries(rest)) {
    if (given.includes('@odata.')) continue;
    const name = nameOfProperty(applicationType, given);
    checkProperty(name, value);
    properties[name] = value;
  }
  return { properties, keys: keyCredentials === undefined ? undefined : readKeys(keyCredentials) };
}

function checkProperty(name: string, value: PropertyValue): void {
  const property = applicationType.properties.get(name);
  if (property === undefined) {
    throw malformed(
      `The property '${name}' does not exist on type 'microsoft.graph.application'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (property.isReadOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
  if (name === 'passwordCredentials' && Array.isArray(value) && value.length > 0) {
    throw badRequest('Use the addPassword action to add a password credential.');
  }
  const shape = shapes[name];
  if (shape !== undefined && !shape.safeParse(value).success) throw invalidValue(name, 'Application');
}

function readKeys(value: PropertyValue): KeyCredentialInput[] {
  const parsed = z.array(keyCredentialSchema).safeParse(value);
  if (!parsed.success) throw invalidValue('keyCredentials', 'Application');
  return parsed.data;
}

/** The keys an application has after they were set as a whole; one that is there already may come without its bytes. */
export function replaceKeys(
  existing: readonly KeyCredentialRecord[],
  wanted: readonly KeyCredentialInput[],
  now: Date,
): KeyCredentialRecord[] {
  return wanted.map((input) => {
    const known = existing.find((credential) => credential.keyId === input.keyId);
    const endsAt = Date.parse(input.endDateTime ?? known?.endDateTime ?? '');
    if (endsAt <= now.getTime()) throw invalidEndDate();
    if (known !== undefined && !input.key) return known;
    return newKey(input, now);
  });
}

/** A key credential of a certificate, which must be one and must not outlive it. */
export function newKey(input: KeyCredentialInput, now: Date): KeyCredentialRecord {
  if ((input.type ?? 'AsymmetricX509Cert') !== 'AsymmetricX509Cert')
    throw invalidValue('keyCredentials', 'Application');
  const certificate = readCertificate(input.key ?? '');
  const endDateTime = input.endDateTime ?? certificate.validToDate.toISOString();
  if (Date.parse(endDateTime) > certificate.validToDate.getTime() + 1000 || Date.parse(endDateTime) <= now.getTime()) {
    throw invalidEndDate();
  }
  return keyCredentialOf(certificate, {
    displayName: input.displayName ?? certificate.subject,
    now,
    startDateTime: input.startDateTime ?? undefined,
    endDateTime: new Date(endDateTime).toISOString(),
    keyId: input.keyId ?? randomUUID(),
    customKeyIdentifier: input.customKeyIdentifier ?? undefined,
  });
}

function readCertificate(key: string): X509Certificate {
  const bytes = Buffer.from(key, 'base64');
  const text = bytes.toString('latin1');
  try {
    return new X509Certificate(text.startsWith('-----BEGIN') ? text : bytes);
  } catch {
    throw badRequest('Invalid certificate: Key value is invalid certificate');
  }
}

function invalidEndDate(): GraphError {
  return new GraphError(400, 'KeyCredentialsInvalidEndDate', 'Key credential end date is invalid.');
}

/** Reads one key credential of an action. */
export function readKeyCredential(value: unknown): KeyCredentialInput {
  const parsed = keyCredentialSchema.safeParse(value);
  if (!parsed.success) throw invalidValue('keyCredential', 'Application');
  return parsed.data;
}
