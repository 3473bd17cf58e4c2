import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DomainError } from '@isthmus/kernel';
import * as z from 'zod';
import { directorySeedShape } from './directorySeed.ts';
import { seedExchangeSchema } from './exchangeSeed.ts';
import { siteSeedSchema } from './filesSeed.ts';
import { peopleSeedSchema } from './peopleSeed.ts';

const domainName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'A domain name such as contoso.com');
const guid = z.guid().toLowerCase();

const seedUserSchema = z.strictObject({
  id: guid.optional(),
  /** `ada` means ada at the default domain. */
  userPrincipalName: z.string().min(1),
  displayName: z.string().min(1).optional(),
  password: z.string().optional(),
  mustChangePassword: z.boolean().default(false),
  accountEnabled: z.boolean().default(true),
  usageLocation: z.string().length(2).optional(),
  /** Part numbers or ids. */
  licenses: z.array(z.string()).default([]),
  /** Names or template ids of directory roles. */
  roles: z.array(z.string()).default([]),
  /** Any other Graph property, under its own name. */
  properties: z.record(z.string(), z.json()).default({}),
});

export const seedApplicationSchema = z.strictObject({
  displayName: z.string().min(1),
  appId: guid.optional(),
  /** Client secret; one is made when neither secret nor certificate is given and the client is not public. */
  secret: z.string().min(8).optional(),
  /** Certificate in PEM. */
  certificatePem: z.string().optional(),
  public: z.boolean().default(false),
  /** True lets people and administrators of other tenants use it. */
  multiTenant: z.boolean().default(false),
  redirectUris: z.array(z.string()).default([]),
  /** Application permissions that the administrator has consented to, by name: Graph's, or `Exchange.ManageAsApp`. */
  permissions: z.array(z.string()).default([]),
  /** Delegated permissions that the administrator has consented to for everybody, by name. */
  delegated: z.array(z.string()).default([]),
  /** Application permissions that the registration asks for and nobody has consented to, by name. */
  declared: z.array(z.string()).default([]),
  /** Directory roles of its service principal. */
  roles: z.array(z.string()).default([]),
});

const seedDomainSchema = z.strictObject({
  name: domainName,
  isDefault: z.boolean().default(false),
  isVerified: z.boolean().default(true),
  authenticationType: z.enum(['Managed', 'Federated']).default('Managed'),
  supportedServices: z
    .array(z.enum(['Email', 'OfficeCommunicationsOnline', 'Yammer']))
    .default(['Email', 'OfficeCommunicationsOnline']),
  /** When it was added, which decides about the form of its mail exchanger. */
  createdDateTime: z.iso.datetime().optional(),
});

const seats = z.number().int().min(0);

const seedSkuSchema = z.strictObject({
  sku: z.string(),
  seats,
  /** Seats of what was not renewed, by how far that has gone. */
  warning: seats.default(0),
  suspended: seats.default(0),
  lockedOut: seats.default(0),
  isTrial: z.boolean().default(false),
  /** When it is renewed or goes over into its next state; in a year unless said, never with null. */
  nextLifecycleDateTime: z.iso.datetime().nullable().optional(),
});

export const tenantSeedSchema = z.strictObject({
  id: guid.optional(),
  displayName: z.string().min(1).default('Contoso'),
  initialDomain: domainName.default('contoso.onmicrosoft.com'),
  /** Custom domains, verified ones unless said otherwise; the first one marked so becomes the default. */
  domains: z.array(seedDomainSchema).default([]),
  countryLetterCode: z.string().length(2).default('US'),
  defaultUsageLocation: z.string().length(2).nullable().default(null),
  skus: z.array(seedSkuSchema).prefault([
    { sku: 'SPB', seats: 300 },
    { sku: 'O365_BUSINESS_ESSENTIALS', seats: 25 },
    { sku: 'FLOW_FREE', seats: 10_000 },
  ]),
  administrator: z
    .strictObject({
      /** Part before the `@` of the initial domain. */
      userName: z.string().default('admin'),
      displayName: z.string().default('Tenant Administrator'),
      password: z.string().optional(),
    })
    .prefault({}),
  users: z.array(seedUserSchema).default([]),
  people: peopleSeedSchema.optional(),
  applications: z.array(seedApplicationSchema).default([]),
  exchange: seedExchangeSchema.prefault({}),
  sites: z.array(siteSeedSchema).default([]),
  ...directorySeedShape,
});

const seedFileSchema = z.union([z.strictObject({ tenants: z.array(tenantSeedSchema).min(1) }), tenantSeedSchema]);

export type TenantSeed = z.input<typeof tenantSeedSchema>;
/** One tenant, or several under `tenants`. */
export type Seed = z.input<typeof seedFileSchema>;
export type SeedUser = z.output<typeof seedUserSchema>;
export type SeedApplication = z.input<typeof seedApplicationSchema>;
export type ParsedSeed = z.output<typeof tenantSeedSchema>;

/** JSON is YAML as well, but a hundred thousand users in it are read by a reader of JSON in a fraction of the time. */
function readSeedFile(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.json')) return JSON.parse(text);
  // Loaded only when there is YAML to read.
  const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  return parse(text);
}

/** Reads a seed given as a value or as the path of a YAML or JSON file; a file may hold several tenants. */
export function readSeed(seed: Seed | string | undefined): ParsedSeed[] {
  const source: unknown = typeof seed === 'string' ? readSeedFile(seed) : (seed ?? {});
  const parsed = seedFileSchema.safeParse(source ?? {});
  if (!parsed.success) {
    throw new DomainError({
      code: 'emulator.seed-invalid',
      message: `The seed of the emulated tenant is not valid. ${z.prettifyError(parsed.error)}`,
      remedy: 'Correct the seed; the fields are described in the README of the emulator.',
      cause: parsed.error,
    });
  }
  return 'tenants' in parsed.data ? parsed.data.tenants : [parsed.data];
}
