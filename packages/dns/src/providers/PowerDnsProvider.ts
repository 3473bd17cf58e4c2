import type { Secret } from '@isthmus/kernel';
import { canonicalName, type DnsRecord } from '@isthmus/kernel';
import { z } from 'zod';
import type { ZoneChange } from '../planning/ZoneChange.ts';
import { isDnsRecordType } from '../records/DnsRecord.ts';
import type { DnsProvider, RecordSetName } from './DnsProvider.ts';
import { pendingChanges } from './pendingChanges.ts';
import { readZoneFileData, zoneFileData } from './presentation.ts';
import { providerError } from './providerErrors.ts';

const TIMEOUT_MS = 10_000;

const zoneSchema = z.object({
  rrsets: z
    .array(
      z.object({
        name: z.string(),
        type: z.string(),
        ttl: z.number().default(3600),
        records: z.array(z.object({ content: z.string(), disabled: z.boolean().default(false) })),
      }),
    )
    .default([]),
});
const zonesSchema = z.array(z.object({ name: z.string() }));

/** Zones of a PowerDNS Authoritative Server by its HTTP API (documentation: "Zones endpoint"). */
export class PowerDnsProvider implements DnsProvider {
  readonly #url: string;
  readonly #apiKey: Secret;
  readonly #fetch: typeof fetch;

  /** @param parts.url of the web server, for instance `https://ns1.contoso.com:8081` */
  constructor(parts: { readonly url: string; readonly apiKey: Secret; readonly fetch?: typeof fetch }) {
    this.#url = `${parts.url.replace(/\/$/, '')}/api/v1/servers/localhost`;
    this.#apiKey = parts.apiKey;
    this.#fetch = parts.fetch ?? fetch;
  }

  async test(domain: string): Promise<string> {
    const zones = zonesSchema.parse(await this.#call('GET', '/zones'));
    const names = zones.map((zone) => canonicalName(zone.name));
    const holding = names.filter((name) => domain === name || domain.endsWith(`.${name}`));
    const [zone] = holding.toSorted((one, other) => other.length - one.length);
    if (zone === undefined) throw providerError('dns.zone-missing', this.#who);
    // An empty change is checked for the right to make it, and does nothing.
    await this.#call('PATCH', `/zones/${zone}.`, { rrsets: [] });
    return zone;
  }

  async read(zone: string, sets: readonly RecordSetName[]): Promise<readonly DnsRecord[]> {
    const { rrsets } = zoneSchema.parse(await this.#call('GET', `/zones/${zone}.`));
    const isWanted = (name: string, type: string): boolean =>
      sets.some((set) => set.name === canonicalName(name) && set.type === type);
    return rrsets.flatMap(({ name, type, ttl, records }) => {
      if (!isDnsRecordType(type) || !isWanted(name, type)) return [];
      return records
        .filter(({ disabled }) => !disabled)
        .map(({ content }) => readZoneFileData(name, type, ttl, content))
        .filter((record) => record !== undefined);
    });
  }

  async apply(zone: string, changes: readonly ZoneChange[]): Promise<void> {
    const pending = await pendingChanges(this, zone, changes, this.#who);
    if (pending.length === 0) return;
    const rrsets = pending.map(({ name, type, after }) =>
      after.length === 0
        ? { name: `${name}.`, type, changetype: 'DELETE' }
        : {
            name: `${name}.`,
            type,
            changetype: 'REPLACE',
            ttl: after[0]?.ttl,
            records: after.map((record) => ({ content: zoneFileData(record), disabled: false })),
          },
    );
    // One call is carried out as a whole or not at all.
    await this.#call('PATCH', `/zones/${zone}.`, { rrsets });
  }

  get #who(): string {
    return `PowerDNS at ${new URL(this.#url).host}`;
  }

  async #call(method: 'GET' | 'PATCH', path: string, body?: object): Promise<unknown> {
    const answer = await this.#fetch(this.#url + path, {
      method,
      redirect: 'error',
      headers: { 'x-api-key': this.#apiKey.reveal(), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw providerError('dns.provider-unreachable', this.#who, { cause });
    });
    const text = await answer.text();
    if (answer.ok) return text === '' ? undefined : this.#json(text);
    if (answer.status === 401) throw providerError('dns.provider-key-refused', this.#who);
    if (answer.status === 403) throw providerError('dns.provider-refused', this.#who);
    if (answer.status === 404) throw providerError('dns.zone-missing', this.#who);
    const detail = z.object({ error: z.string() }).safeParse(this.#json(text)).data?.error ?? `status ${answer.status}`;
    throw providerError('dns.provider-failed', this.#who, { detail });
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw providerError('dns.provider-failed', this.#who, { detail: 'an answer that is not JSON', cause });
    }
  }
}
