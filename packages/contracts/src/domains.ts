import { z } from 'zod';
import { idSchema, instantSchema, noticeSchema } from './common.ts';
import { defineOperation } from './operation.ts';

export const domainStates = ['waiting-for-dns', 'records-missing', 'verified', 'failed'] as const;

export const domainSchema = z.object({
  name: z.string().describe('ASCII, small letters'),
  shown: z.string().describe('As people write it'),
  isDefault: z.boolean(),
  isInitial: z.boolean(),
  isVerified: z.boolean(),
  state: z.enum(domainStates).nullable().describe('Of a domain whose records are watched'),
  checkedAt: instantSchema.nullable().describe('When its records were looked at last'),
});
export type Domain = z.infer<typeof domainSchema>;

export const dnsRecordSchema = z.object({
  type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV']),
  name: z.string(),
  host: z.string().describe('As providers’ forms want it: "@" for the domain itself'),
  value: z.string().describe('As a zone file has it, without quotation marks'),
  ttl: z.number().int().describe('Seconds'),
});
export type DnsRecordView = z.infer<typeof dnsRecordSchema>;

export const recordPurposes = [
  'ownership',
  'mail',
  'autodiscover',
  'sender-policy',
  'dkim',
  'dmarc',
  'webmail',
  'communication',
  'device-management',
  'other',
] as const;

export const recordVerdicts = [
  'found',
  'missing',
  'different',
  'duplicated',
  'conflicting',
  'shadowed',
  'not-yet-everywhere',
  'unknown',
] as const;
export type RecordVerdictName = (typeof recordVerdicts)[number];

export const recordCheckSchema = z.object({
  id: z.string(),
  purpose: z.enum(recordPurposes),
  isOptional: z.boolean(),
  wanted: dnsRecordSchema.describe('As it should be written, other senders and mail servers taken into account'),
  alternative: dnsRecordSchema.nullable().describe('Does as well'),
  verdict: z.enum(recordVerdicts),
  found: z.array(dnsRecordSchema),
  shadow: z.array(dnsRecordSchema).describe('What the directory’s own name servers answer instead'),
  isWildcard: z.boolean(),
  /** What else to know about it, such as too many lookups of a sender policy. */
  notices: z.array(noticeSchema),
});
export type RecordCheckView = z.infer<typeof recordCheckSchema>;

export const recordOptionsSchema = z.object({
  webmail: z.boolean().describe('An alias for the web mail'),
  dkim: z.boolean().describe('Aliases of the keys that sign mail'),
  dmarc: z.boolean().describe('A policy about mail that proves nothing'),
});
export type RecordOptions = z.infer<typeof recordOptionsSchema>;

const zoneChangeSchema = z.object({
  name: z.string(),
  type: dnsRecordSchema.shape.type,
  before: z.array(dnsRecordSchema),
  after: z.array(dnsRecordSchema),
});
export type ZoneChangeView = z.infer<typeof zoneChangeSchema>;

export const domainDetailsSchema = domainSchema.extend({
  registrable: z.string().describe('The name that was registered'),
  isRoot: z.boolean().describe('False below another domain of the tenant, which proves both'),
  addedAt: instantSchema,
  addedBy: z.string(),
  verifiedAt: instantSchema.nullable(),
  nextCheckAt: instantSchema.describe('When it is looked at next without being asked'),
  hasMoved: z.boolean().describe('Mail of the domain goes to Microsoft 365 already'),
  options: recordOptionsSchema,
  records: z.array(recordCheckSchema),
  nameServers: z.array(z.string()).describe('Of the zone of the domain'),
  provider: z
    .object({ name: z.string(), url: z.string().nullable() })
    .nullable()
    .describe('Who holds the zone, where that can be found out'),
  expiresAt: instantSchema.nullable().describe('End of the registration, where the registry tells'),
  problem: noticeSchema.nullable(),
  lastWrite: z
    .object({
      at: instantSchema,
      by: z.string(),
      provider: z.string(),
      changes: z.array(zoneChangeSchema),
      undone: z.boolean(),
    })
    .nullable(),
});
export type DomainDetails = z.infer<typeof domainDetailsSchema>;

export const dnsProviderKinds = ['rfc2136', 'powerdns', 'cloudflare'] as const;
export type DnsProviderKind = (typeof dnsProviderKinds)[number];

/** Stands for the DNS of the directory where a provider is named: it needs no key and is always there. */
export const DIRECTORY_DNS = 'directory';

export const dnsProviderSchema = z.object({
  id: idSchema,
  kind: z.enum(dnsProviderKinds),
  name: z.string(),
  where: z.string().describe('Server or address, and the name of the key'),
  addedAt: instantSchema,
  addedBy: z.string(),
});
export type DnsProviderView = z.infer<typeof dnsProviderSchema>;

const secret = z.string().min(1).max(8192);
const providerName = z.string().trim().min(1).max(80);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });

/** Who lets us write to a zone, with what it needs; the secret is sealed and never answered. */
export const newDnsProviderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rfc2136'),
    name: providerName,
    server: z.string().trim().min(1).max(300).describe('Name server, `host` or `host:port`'),
    key: secret.describe('File that tsig-keygen wrote, or algorithm:name:secret'),
  }),
  z.object({ kind: z.literal('powerdns'), name: providerName, url: httpUrl, apiKey: secret }),
  z.object({ kind: z.literal('cloudflare'), name: providerName, apiToken: secret }),
]);
export type NewDnsProvider = z.infer<typeof newDnsProviderSchema>;

const domainUseSchema = z.object({
  kind: z.enum(['user', 'group', 'application', 'other']),
  id: z.string(),
  name: z.string(),
  userId: idSchema.nullable().describe('The user account linked to it'),
});
export type DomainUseView = z.infer<typeof domainUseSchema>;

const nameParams = z.object({ name: z.string().trim().toLowerCase().min(1).max(253) });
const dryRun = z.object({ dryRun: z.stringbool().default(false).describe('Tell the effect and change nothing') });
const feature = 'domains';
const write = 'integration.write' as const;

export const domainOperations = {
  listDomains: defineOperation({
    id: 'listDomains',
    method: 'GET',
    path: '/domains',
    feature,
    summary: 'Domains of the tenant, and those that wait for their proof.',
    permission: 'integration.read',
    response: z.object({ items: z.array(domainSchema), total: z.number().int() }),
  }),
  linkDomain: defineOperation({
    id: 'linkDomain',
    method: 'POST',
    path: '/domains',
    feature,
    summary: 'Adds a domain to the tenant and goes on until it is verified; one that is there already is watched.',
    permission: write,
    query: dryRun,
    body: z.object({ name: z.string().max(300).describe('As typed; letters of any script') }),
    response: z.object({
      done: z.boolean(),
      name: z.string(),
      shown: z.string(),
      registrable: z.string(),
      notices: z.array(noticeSchema),
      domain: domainDetailsSchema.nullable(),
    }),
  }),
  getDomain: defineOperation({
    id: 'getDomain',
    method: 'GET',
    path: '/domains/:name',
    feature,
    summary: 'A watched domain with its records as they were found last.',
    permission: 'integration.read',
    params: nameParams,
    response: domainDetailsSchema,
  }),
  checkDomain: defineOperation({
    id: 'checkDomain',
    method: 'POST',
    path: '/domains/:name/check',
    feature,
    summary: 'Looks at the records now, and lets Microsoft 365 verify a domain that is not verified yet.',
    permission: write,
    params: nameParams,
    response: domainDetailsSchema,
  }),
  changeDomain: defineOperation({
    id: 'changeDomain',
    method: 'PATCH',
    path: '/domains/:name',
    feature,
    summary: 'Which further records are wanted, and whether mail has moved.',
    permission: write,
    params: nameParams,
    body: z.object({ hasMoved: z.boolean().optional(), options: recordOptionsSchema.partial().optional() }),
    response: domainDetailsSchema,
  }),
  downloadDomainRecords: defineOperation({
    id: 'downloadDomainRecords',
    method: 'GET',
    path: '/domains/:name/records.txt',
    feature,
    summary: 'The wanted records as a text, for somebody who makes them by hand.',
    permission: 'integration.read',
    params: nameParams,
    produces: 'text/plain',
  }),
  writeDomainRecords: defineOperation({
    id: 'writeDomainRecords',
    method: 'POST',
    path: '/domains/:name/records',
    feature,
    summary: 'Writes the wanted records through a provider; others are left alone.',
    permission: write,
    params: nameParams,
    query: dryRun,
    body: z.object({
      providerId: idSchema
        .or(z.literal(DIRECTORY_DNS))
        .describe('"directory": the zone of the directory itself; it gets only what programs inside ask for'),
      replaceConflicts: z.boolean().default(false).describe('Remove what stands at the name of an alias'),
    }),
    response: z.object({
      done: z.boolean(),
      zone: z.string(),
      changes: z.array(zoneChangeSchema),
      conflicts: z.array(z.string()).describe('Ids of records that others stand in the way of'),
      domain: domainDetailsSchema,
    }),
  }),
  undoDomainRecords: defineOperation({
    id: 'undoDomainRecords',
    method: 'POST',
    path: '/domains/:name/undo',
    feature,
    summary: 'Takes back what was written last.',
    permission: write,
    params: nameParams,
    query: dryRun,
    response: z.object({ done: z.boolean(), changes: z.array(zoneChangeSchema), domain: domainDetailsSchema }),
  }),
  setDefaultDomain: defineOperation({
    id: 'setDefaultDomain',
    method: 'POST',
    path: '/domains/:name/default',
    feature,
    summary: 'Makes it the domain that new online accounts get.',
    permission: write,
    params: nameParams,
    response: domainSchema,
  }),
  unlinkDomain: defineOperation({
    id: 'unlinkDomain',
    method: 'POST',
    path: '/domains/:name/unlink',
    feature,
    summary: 'Removes a domain from the tenant that nothing uses any more; DNS is left as it is.',
    permission: write,
    params: nameParams,
    query: dryRun,
    body: z.object({ confirm: z.string().max(300).optional().describe('The name of the domain; not for a dry run') }),
    response: z.object({ done: z.boolean(), uses: z.array(domainUseSchema), problem: noticeSchema.nullable() }),
  }),
  listDnsProviders: defineOperation({
    id: 'listDnsProviders',
    method: 'GET',
    path: '/dns-providers',
    feature,
    summary: 'Who lets us write records.',
    permission: 'integration.read',
    response: z.object({ items: z.array(dnsProviderSchema), total: z.number().int() }),
  }),
  addDnsProvider: defineOperation({
    id: 'addDnsProvider',
    method: 'POST',
    path: '/dns-providers',
    feature,
    summary: 'Adds one after a trial with a domain; the secret is sealed.',
    permission: write,
    body: z.object({ provider: newDnsProviderSchema, domain: z.string().max(253).describe('To try it with') }),
    response: dnsProviderSchema,
    status: 201,
  }),
  removeDnsProvider: defineOperation({
    id: 'removeDnsProvider',
    method: 'DELETE',
    path: '/dns-providers/:id',
    feature,
    summary: 'Forgets a provider and its secret; its records stay.',
    permission: write,
    params: z.object({ id: idSchema }),
  }),
};
