import type { Secret } from '@isthmus/kernel';
import { canonicalName, type DnsRecord } from '@isthmus/kernel';
import Cloudflare, { APIConnectionError, APIError } from 'cloudflare';
import type { RecordBatchParams, RecordResponse } from 'cloudflare/resources/dns/records';
import type { ZoneChange } from '../planning/ZoneChange.ts';
import { sameRecord } from '../records/DnsRecord.ts';
import type { DnsProvider, RecordSetName } from './DnsProvider.ts';
import { pendingChanges } from './pendingChanges.ts';
import { readZoneFileData, zoneFileData } from './presentation.ts';
import { providerError } from './providerErrors.ts';

const TIMEOUT_MS = 15_000;
/** Cloudflare takes nothing shorter on its free plan, and 1 for "automatic". */
const SHORTEST_TTL = 60;
const WHO = 'Cloudflare';

interface Held {
  readonly id: string;
  readonly record: DnsRecord;
}

function readRecord(response: RecordResponse): Held | undefined {
  const { id, name, ttl, type } = response;
  const seconds = typeof ttl === 'number' ? ttl : 1;
  const record = ((): DnsRecord | undefined => {
    if (type === 'MX')
      return readZoneFileData(name, type, seconds, `${response.priority ?? 0} ${response.content ?? ''}`);
    if (type === 'SRV') {
      const { priority = 0, weight = 0, port = 0, target = '' } = response.data ?? {};
      return { type, name: canonicalName(name), ttl: seconds, priority, weight, port, target: canonicalName(target) };
    }
    if (type !== 'A' && type !== 'AAAA' && type !== 'CNAME' && type !== 'TXT') return undefined;
    return readZoneFileData(name, type, seconds, response.content ?? '');
  })();
  return record === undefined ? undefined : { id, record };
}

function newRecord(record: DnsRecord): NonNullable<RecordBatchParams['posts']>[number] {
  const base = { name: record.name, ttl: Math.max(record.ttl, SHORTEST_TTL) };
  switch (record.type) {
    case 'MX':
      return { ...base, type: 'MX', content: record.exchange, priority: record.preference };
    case 'SRV': {
      const { priority, weight, port, target } = record;
      return { ...base, type: 'SRV', data: { priority, weight, port, target } };
    }
    case 'TXT':
      return { ...base, type: 'TXT', content: zoneFileData(record) };
    case 'CNAME':
      // Behind Cloudflare's proxy, an alias would lead to Cloudflare.
      return { ...base, type: 'CNAME', content: record.target, proxied: false };
    case 'A':
      return { ...base, type: 'A', content: record.address, proxied: false };
    case 'AAAA':
      return { ...base, type: 'AAAA', content: record.address, proxied: false };
  }
}

/** Zones at Cloudflare by its API, with a token that may "Edit zone DNS". */
export class CloudflareProvider implements DnsProvider {
  readonly #client: Cloudflare;
  readonly #zoneIds = new Map<string, string>();

  /** @param parts.baseUrl for practice; Cloudflare's own when left out */
  constructor(parts: { readonly apiToken: Secret; readonly baseUrl?: string | undefined }) {
    this.#client = new Cloudflare({
      apiToken: parts.apiToken.reveal(),
      baseURL: parts.baseUrl ?? null,
      timeout: TIMEOUT_MS,
      maxRetries: 2,
      logLevel: 'off',
    });
  }

  async test(domain: string): Promise<string> {
    const labels = domain.split('.');
    for (let first = 0; first < labels.length - 1; first += 1) {
      const name = labels.slice(first).join('.');
      const { result } = await this.#call(() => this.#client.zones.list({ name }));
      const [zone] = result;
      if (zone === undefined) continue;
      const permissions = zone.permissions ?? [];
      if (!permissions.some((permission) => /dns_records:edit/.test(permission))) {
        throw providerError('dns.provider-refused', WHO);
      }
      this.#zoneIds.set(name, zone.id);
      return name;
    }
    throw providerError('dns.zone-missing', WHO);
  }

  async read(zone: string, sets: readonly RecordSetName[]): Promise<readonly DnsRecord[]> {
    const held = await this.#list(
      zone,
      sets.map(({ name }) => name),
    );
    return held
      .map(({ record }) => record)
      .filter((record) => sets.some((set) => set.name === record.name && set.type === record.type));
  }

  async apply(zone: string, changes: readonly ZoneChange[]): Promise<void> {
    const pending = await pendingChanges(this, zone, changes, WHO);
    if (pending.length === 0) return;
    const held = await this.#list(
      zone,
      pending.map(({ name }) => name),
    );
    const gone = pending.flatMap(({ before, after }) =>
      before.filter((one) => !after.some((other) => sameRecord(one, other))),
    );
    const fresh = pending.flatMap(({ before, after }) =>
      after.filter((one) => !before.some((other) => sameRecord(one, other))),
    );
    const deletes = held.filter(({ record }) => gone.some((one) => sameRecord(one, record))).map(({ id }) => ({ id }));
    const zoneId = await this.#zoneId(zone);
    // One call is carried out as a whole or not at all, removals first.
    await this.#call(() => this.#client.dns.records.batch({ zone_id: zoneId, deletes, posts: fresh.map(newRecord) }));
  }

  async #zoneId(zone: string): Promise<string> {
    const known = this.#zoneIds.get(zone);
    if (known !== undefined) return known;
    const { result } = await this.#call(() => this.#client.zones.list({ name: zone }));
    const id = result[0]?.id;
    if (id === undefined) throw providerError('dns.zone-missing', WHO);
    this.#zoneIds.set(zone, id);
    return id;
  }

  async #list(zone: string, names: readonly string[]): Promise<Held[]> {
    const zoneId = await this.#zoneId(zone);
    const held: Held[] = [];
    for (const name of new Set(names)) {
      const page = await this.#call(() =>
        this.#client.dns.records.list({ zone_id: zoneId, name: { exact: name }, per_page: 100 }),
      );
      held.push(...page.result.map(readRecord).filter((one) => one !== undefined));
    }
    return held;
  }

  async #call<T>(work: () => PromiseLike<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof APIConnectionError) throw providerError('dns.provider-unreachable', WHO, { cause: error });
      if (!(error instanceof APIError)) throw error;
      if (error.status === 401) throw providerError('dns.provider-key-refused', WHO);
      if (error.status === 403) throw providerError('dns.provider-refused', WHO);
      const detail = error.errors[0]?.message ?? `status ${error.status ?? 'unknown'}`;
      throw providerError('dns.provider-failed', WHO, { detail });
    }
  }
}
