import { z } from 'zod';

const text = z.string().trim().min(1);
const port = z.number().int().min(0).max(65_535);
const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https:// address' });
const ldapsUrl = z.url({ protocol: /^ldaps$/, error: 'must be an ldaps:// address' });

const knownCloudSchema = z.strictObject({ kind: z.enum(['worldwide', 'us-government', 'us-government-dod', 'china']) });
const customCloudSchema = z.strictObject({
  kind: z.literal('custom'),
  loginUrl: httpsUrl,
  graphUrl: httpsUrl,
  /** Where Exchange Online's admin API is; at `graphUrl` when left out. */
  exchangeUrl: httpsUrl.optional(),
  caFile: text.optional(),
});

/** The whole configuration. Unknown keys are refused, so that a misspelled one is found at once. */
export const configurationSchema = z.strictObject({
  dataFolder: text,
  listen: z.strictObject({ host: text.default('0.0.0.0'), port: port.default(8443) }).prefault({}),
  publicUrl: httpsUrl.optional(),
  organization: text.max(120).optional(),
  tls: z.strictObject({ certFile: text, keyFile: text }).optional(),
  database: z.strictObject({ url: z.url({ protocol: /^postgres(ql)?$/ }) }).optional(),
  lifeline: z.enum(['none', 'stdin']).default('none'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  cloud: z.discriminatedUnion('kind', [knownCloudSchema, customCloudSchema]).default({ kind: 'worldwide' }),
  directory: z
    .strictObject({
      urls: z.array(ldapsUrl).min(1).max(20),
      caFile: text,
      baseDn: text.optional(),
      realm: text.optional(),
      bindDn: text,
      bindPasswordFile: text,
      managedOu: text,
      administratorsGroup: text,
      helpDeskGroup: text.optional(),
      readersGroup: text.optional(),
    })
    .optional(),
  dns: z
    .strictObject({
      /** Whom to ask about domains: `host` or `host:port`; the machine's own resolver when left out. */
      resolver: text.optional(),
      /** Port of the name servers of domains, for practice. */
      serverPort: port.default(53),
      /** The directory's own DNS, to find zones that hide the public ones; the first domain controller when left out. */
      directoryServer: text.optional(),
    })
    .prefault({}),
  /** Further authorities that the mail server for alerts may have its certificate from. */
  mail: z.strictObject({ caFile: text.optional() }).prefault({}),
  /** Where people buy or try subscriptions, for service providers. */
  signUp: z
    .strictObject({
      businessBuy: httpsUrl.optional(),
      businessTry: httpsUrl.optional(),
      enterpriseBuy: httpsUrl.optional(),
      enterpriseTry: httpsUrl.optional(),
      partner: text.max(100).optional(),
    })
    .prefault({}),
  agent: z
    .strictObject({
      socketPath: text.optional(),
      listen: z
        .strictObject({ host: text.default('0.0.0.0'), port, certFile: text, keyFile: text, clientCaFile: text })
        .optional(),
    })
    .prefault({}),
});
export type Configuration = z.output<typeof configurationSchema>;
export type DirectoryConfiguration = NonNullable<Configuration['directory']>;
export type CloudConfiguration = Configuration['cloud'];
