import { canonicalName, type DnsRecord, DomainError, isDomainError } from '@isthmus/kernel';
import type { Domain } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { DomainUse, OnlineDomain, OwnershipRecords, ServiceRecord } from '../Domain.ts';
import type { ExchangeTransport } from '../exchange/ExchangeTransport.ts';
import type { CallOptions, DkimTargets, OnlineDomains } from '../ports.ts';
import type { GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { graphError } from './graphErrors.ts';
import { whileLagging } from './readAccounts.ts';
import { readsOf } from './typedReads.ts';

const PERMISSION = 'Domain.ReadWrite.All';

const domain = readsOf<Domain>()({
  id: z.string().transform(canonicalName),
  isDefault: z.boolean().nullish(),
  isInitial: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
  isRoot: z.boolean().nullish(),
  authenticationType: z.string().nullish(),
  supportedServices: z.array(z.string()).nullish(),
}).transform(
  (one): OnlineDomain => ({
    name: one.id,
    isDefault: one.isDefault ?? false,
    isInitial: one.isInitial ?? false,
    isVerified: one.isVerified ?? false,
    isRoot: one.isRoot ?? true,
    services: one.supportedServices ?? [],
    authentication: one.authenticationType === 'Federated' ? 'federated' : 'managed',
  }),
);
const domains = z.object({ value: z.array(domain) });

const name = z.string().transform(canonicalName);
const common = {
  label: name,
  ttl: z.number().nullish(),
  isOptional: z.boolean().nullish(),
  supportedService: z.string().nullish(),
};
/** By the name of their type in OData; what is none of these is no record that we know how to ask for. */
const dnsRecord = z.discriminatedUnion('@odata.type', [
  z.object({ '@odata.type': z.literal('#microsoft.graph.domainDnsTxtRecord'), ...common, text: z.string() }),
  z.object({ '@odata.type': z.literal('#microsoft.graph.domainDnsCnameRecord'), ...common, canonicalName: name }),
  z.object({
    '@odata.type': z.literal('#microsoft.graph.domainDnsMxRecord'),
    ...common,
    mailExchange: name,
    preference: z.number().nullish(),
  }),
  z.object({
    '@odata.type': z.literal('#microsoft.graph.domainDnsSrvRecord'),
    ...common,
    nameTarget: name,
    port: z.number(),
    priority: z.number(),
    weight: z.number(),
    service: z.string(),
    protocol: z.string(),
  }),
]);
type WireRecord = z.output<typeof dnsRecord>;
const dnsRecords = z.object({ value: z.array(z.unknown()) });

const uses = z.object({
  value: z.array(
    z.object({
      '@odata.type': z.string().nullish(),
      id: z.string(),
      displayName: z.string().nullish(),
      userPrincipalName: z.string().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});
const KINDS: Readonly<Record<string, DomainUse['kind']>> = {
  '#microsoft.graph.user': 'user',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.application': 'application',
};

const dkimRow = z.object({ Selector1CNAME: z.string(), Selector2CNAME: z.string(), Enabled: z.boolean().nullish() });

const DEFAULT_TTL = 3600;

/** `label` is the full name, except for services, which stand beside it (seen in answers of the service). */
function srvName(record: { label: string; service: string; protocol: string }, of: string): string {
  const prefix = `${record.service}.${record.protocol}`.toLowerCase();
  return record.label.startsWith(`${prefix}.`) ? record.label : `${prefix}.${record.label === '' ? of : record.label}`;
}

function recordOf(wire: WireRecord, of: string): DnsRecord {
  const base = { name: wire.label === '' ? of : wire.label, ttl: wire.ttl ?? DEFAULT_TTL };
  switch (wire['@odata.type']) {
    case '#microsoft.graph.domainDnsTxtRecord':
      return { ...base, type: 'TXT', text: wire.text };
    case '#microsoft.graph.domainDnsCnameRecord':
      return { ...base, type: 'CNAME', target: wire.canonicalName };
    case '#microsoft.graph.domainDnsMxRecord':
      return { ...base, type: 'MX', preference: wire.preference ?? 0, exchange: wire.mailExchange };
    case '#microsoft.graph.domainDnsSrvRecord': {
      const { priority, weight, port, nameTarget: target } = wire;
      return { ...base, type: 'SRV', name: srvName(wire, of), priority, weight, port, target };
    }
  }
}

/** Domains by Microsoft Graph; their keys for signing mail by Exchange Online. */
export class GraphDomains implements OnlineDomains {
  readonly #transport: GraphTransport;
  readonly #exchange: ExchangeTransport;

  constructor(transport: GraphTransport, exchange: ExchangeTransport) {
    this.#transport = transport;
    this.#exchange = exchange;
  }

  async list(options: CallOptions): Promise<readonly OnlineDomain[]> {
    const request = read('/domains', 'read the domains');
    return domains.parse((await this.#transport.call(request, options)).body).value;
  }

  async find(of: string, options: CallOptions): Promise<OnlineDomain | undefined> {
    const request = read(`/domains/${of}`, `read the domain ${of}`);
    const answer = await this.#transport.answer(request, options);
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw graphError(answer, request);
    return domain.parse(answer.body);
  }

  async ensure(of: string, options: CallOptions): Promise<OnlineDomain> {
    const known = await this.find(of, options);
    if (known !== undefined) return known;
    const request = write('POST', '/domains', `add the domain ${of}`, { id: of });
    const answer = await this.#transport.answer(request, options);
    // Added a moment ago by a call whose answer was lost, or by somebody else.
    const isThere =
      answer.status < 400 || answer.status === 409 || /already exists/i.test(JSON.stringify(answer.body ?? ''));
    if (!isThere) throw refused(of, graphError(answer, request));
    const made = await whileLagging(this.#transport, options, () => this.find(of, options));
    if (made !== undefined) return made;
    throw new DomainError({
      code: 'online.busy',
      message: `Microsoft 365 has the domain ${of}, but does not show it yet.`,
      remedy: 'Try again in a minute.',
      retryable: true,
    });
  }

  async ownershipRecords(of: string, options: CallOptions): Promise<OwnershipRecords> {
    const records = (await this.#records(`/domains/${of}/verificationDnsRecords`, of, options)).map(
      ({ record }) => record,
    );
    const txt = records.find(({ type }) => type === 'TXT');
    if (txt !== undefined) return { txt, mx: records.find(({ type }) => type === 'MX') };
    throw new DomainError({
      code: 'online.failed',
      message: `Microsoft 365 names no record that proves who owns ${of}.`,
      remedy: 'Look at the domain in the admin center of Microsoft 365.',
    });
  }

  async verify(of: string, options: CallOptions): Promise<OnlineDomain> {
    const known = await this.find(of, options);
    if (known?.isVerified === true) return known;
    const request = { ...write('POST', `/domains/${of}/verify`, `verify the domain ${of}`), repeatable: true };
    const answer = await this.#transport.answer(request, options);
    if (answer.status >= 400 && !/already verified\.?$/i.test(messageOf(answer.body)))
      throw graphError(answer, request);
    const verified = await whileLagging(this.#transport, options, async () => {
      const now = await this.find(of, options);
      return now?.isVerified === true ? now : undefined;
    });
    return verified ?? { ...domain.parse(answer.body), isVerified: true };
  }

  async serviceRecords(of: string, options: CallOptions): Promise<readonly ServiceRecord[]> {
    return this.#records(`/domains/${of}/serviceConfigurationRecords`, of, options);
  }

  async addServices(of: string, services: readonly string[], options: CallOptions): Promise<OnlineDomain> {
    const known = await this.#demand(of, options);
    const supportedServices = [...new Set([...known.services, ...services])];
    if (supportedServices.length === known.services.length) return known;
    await this.#patch(of, { supportedServices }, `switch on the services of ${of}`, options);
    const added = supportedServices.filter((service) => !known.services.includes(service));
    // What is asked next must not take the records of before for all that are wanted.
    await whileLagging(this.#transport, options, async () => {
      const shown = new Set((await this.serviceRecords(of, options)).map(({ service }) => service));
      return added.every((service) => shown.has(service)) || undefined;
    });
    return { ...known, services: supportedServices };
  }

  async setDefault(of: string, options: CallOptions): Promise<OnlineDomain> {
    const known = await this.#demand(of, options);
    if (known.isDefault) return known;
    await this.#patch(of, { isDefault: true }, `make ${of} the default domain`, options);
    const shown = await whileLagging(this.#transport, options, async () => {
      const now = await this.find(of, options);
      return now?.isDefault === true ? now : undefined;
    });
    return shown ?? { ...known, isDefault: true };
  }

  async listUses(of: string, options: CallOptions): Promise<readonly DomainUse[]> {
    const found: DomainUse[] = [];
    let path: string | undefined = `/domains/${of}/domainNameReferences`;
    while (path !== undefined) {
      const request = read(path, `read what uses the domain ${of}`);
      const page: z.infer<typeof uses> = uses.parse((await this.#transport.call(request, options)).body);
      for (const { '@odata.type': type, id, displayName, userPrincipalName } of page.value) {
        found.push({
          kind: KINDS[type ?? ''] ?? 'other',
          id: id.toLowerCase(),
          name: userPrincipalName ?? displayName ?? id,
        });
      }
      path = page['@odata.nextLink'];
    }
    return found;
  }

  async remove(of: string, options: CallOptions): Promise<void> {
    const request = { ...write('DELETE', `/domains/${of}`, `remove the domain ${of}`), repeatable: true };
    const answer = await this.#transport.answer(request, options);
    if (answer.status >= 400 && answer.status !== 404) throw graphError(answer, request);
    await whileLagging(this.#transport, options, async () => (await this.find(of, options)) === undefined || undefined);
  }

  async dkimTargets(of: string, options: CallOptions): Promise<DkimTargets | undefined> {
    const call = {
      cmdlet: 'Get-DkimSigningConfig',
      parameters: { Identity: of },
      purpose: `read the DKIM keys of ${of}`,
    };
    const rows = await this.#exchange.run(call, options).catch((error: unknown) => {
      // Exchange knows no keys of the domain, or not even the domain yet; or we may not look.
      if (isDomainError(error, 'online.mailbox-missing') || isDomainError(error, 'online.not-permitted')) return [];
      throw error;
    });
    const row = dkimRow.safeParse(rows[0]).data;
    if (row === undefined) return undefined;
    return {
      targets: [canonicalName(row.Selector1CNAME), canonicalName(row.Selector2CNAME)],
      isEnabled: row.Enabled === true,
    };
  }

  async #records(path: string, of: string, options: CallOptions): Promise<ServiceRecord[]> {
    const { value } = dnsRecords.parse(
      (await this.#transport.call(read(path, `read the records of ${of}`), options)).body,
    );
    return value.flatMap((one) => {
      const wire = dnsRecord.safeParse(one).data;
      if (wire === undefined) return [];
      return [
        { service: wire.supportedService ?? '', isOptional: wire.isOptional ?? false, record: recordOf(wire, of) },
      ];
    });
  }

  async #demand(of: string, options: CallOptions): Promise<OnlineDomain> {
    const known = await this.find(of, options);
    if (known !== undefined) return known;
    throw new DomainError({
      code: 'online.domain-missing',
      message: `Microsoft 365 does not have the domain ${of}.`,
      remedy: 'Link it first.',
      field: 'name',
    });
  }

  async #patch(of: string, body: object, purpose: string, options: CallOptions): Promise<void> {
    await this.#transport.call({ ...write('PATCH', `/domains/${of}`, purpose, body), repeatable: true }, options);
  }
}

function read(path: string, purpose: string): GraphRequest {
  return { method: 'GET', path, permission: PERMISSION, purpose };
}

function write(method: 'POST' | 'PATCH' | 'DELETE', path: string, purpose: string, body?: object): GraphRequest {
  return { method, path, permission: PERMISSION, purpose, ...(body === undefined ? {} : { body }) };
}

function messageOf(body: unknown): string {
  return z.object({ error: z.object({ message: z.string() }) }).safeParse(body).data?.error.message ?? '';
}

/** Only what is said about the name itself is about the name. */
function refused(of: string, error: DomainError): DomainError {
  if (error.code !== 'online.failed') return error;
  return new DomainError({
    code: 'online.domain-refused',
    message: `Microsoft 365 does not take ${of} as a domain.`,
    remedy: 'Check how the name is written, and that it is registered.',
    field: 'name',
    cause: error,
  });
}
