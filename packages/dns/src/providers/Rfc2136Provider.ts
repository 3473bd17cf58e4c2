import { randomInt } from 'node:crypto';
import type { Clock, DnsRecord } from '@isthmus/kernel';
import { DnsClient } from '../client/DnsClient.ts';
import { type DnsServerAddress, showDnsServerAddress } from '../client/DnsServerAddress.ts';
import { exchangeByTcp } from '../client/exchange.ts';
import type { ZoneChange } from '../planning/ZoneChange.ts';
import type { DnsProvider, RecordSetName } from './DnsProvider.ts';
import { pendingChanges } from './pendingChanges.ts';
import { providerError } from './providerErrors.ts';
import { checkSignature, signMessage } from './signMessage.ts';
import type { TsigKey } from './TsigKey.ts';
import { classNumbers, nameBytes, recordBytes, setBytes, typeNumbers, u16 } from './wire.ts';

const TIMEOUT_MS = 5_000;
const OPCODE_UPDATE = 5 << 11;
const MOST_IDS = 0x1_0000;
/** RFC 1035 and RFC 2136, section 2.2. */
const NO_ERROR = 0;
const SERVFAIL = 2;
const REFUSED = 5;
const PREREQUISITES = [3, 6, 7, 8];
const NOTAUTH = 9;

interface UpdateMessage {
  readonly prerequisites: readonly Buffer[];
  readonly updates: readonly Buffer[];
}

/** Before an update is carried out, each set must be as the plan knew it (RFC 2136, sections 2.4.2 and 2.4.3). */
function prerequisitesOf({ name, type, before }: ZoneChange): Buffer[] {
  if (before.length === 0) return [setBytes(name, type, classNumbers.NONE)];
  return before.map((record) => recordBytes(record, 0));
}

function updatesOf({ name, type, after }: ZoneChange): Buffer[] {
  return [setBytes(name, type, classNumbers.ANY), ...after.map((record) => recordBytes(record))];
}

/** Zones of a name server that takes dynamic updates signed by a shared key: BIND, Knot, PowerDNS, Windows and others. */
export class Rfc2136Provider implements DnsProvider {
  readonly #server: DnsServerAddress;
  readonly #key: TsigKey;
  readonly #clock: Clock;
  readonly #client: DnsClient;

  constructor(parts: { readonly server: DnsServerAddress; readonly key: TsigKey; readonly clock: Clock }) {
    this.#server = parts.server;
    this.#key = parts.key;
    this.#clock = parts.clock;
    this.#client = new DnsClient({ server: parts.server, timeoutMs: TIMEOUT_MS });
  }

  async test(domain: string): Promise<string> {
    const zone = await this.#findZone(domain);
    const probe: DnsRecord = { type: 'TXT', name: `_isthmus-check.${domain}`, ttl: 60, text: 'may be removed' };
    const { name, type } = probe;
    // Made and removed in one step: nobody ever sees it.
    await this.#update(zone, {
      prerequisites: [],
      updates: [recordBytes(probe), setBytes(name, type, classNumbers.ANY)],
    });
    return zone;
  }

  async read(_zone: string, sets: readonly RecordSetName[]): Promise<readonly DnsRecord[]> {
    const answers = await Promise.all(sets.map(({ name, type }) => this.#client.ask(name, type)));
    return answers.flatMap((answer, index) => {
      const { name, type } = sets[index] ?? {};
      if (answer.kind === 'failed') throw this.#unanswered(answer.reason);
      return answer.kind === 'absent'
        ? []
        : answer.records.filter((record) => record.name === name && record.type === type);
    });
  }

  async apply(zone: string, changes: readonly ZoneChange[]): Promise<void> {
    const pending = await pendingChanges(this, zone, changes, this.#who);
    if (pending.length === 0) return;
    await this.#update(zone, {
      prerequisites: pending.flatMap(prerequisitesOf),
      updates: pending.flatMap(updatesOf),
    });
  }

  get #who(): string {
    return `The name server ${showDnsServerAddress(this.#server)}`;
  }

  async #findZone(domain: string): Promise<string> {
    const labels = domain.split('.');
    for (let first = 0; first < labels.length - 1; first += 1) {
      const zone = labels.slice(first).join('.');
      const found = await this.#client.askNameServers(zone);
      if (found.kind === 'answered') return zone;
      if (found.kind === 'failed' && found.reason !== 'refused') throw this.#unanswered(found.reason);
    }
    throw providerError('dns.zone-missing', this.#who);
  }

  #unanswered(reason: string) {
    const code = reason === 'timeout' || reason === 'unreachable' ? 'dns.provider-unreachable' : 'dns.provider-failed';
    return providerError(code, this.#who, { detail: reason });
  }

  async #update(zone: string, { prerequisites, updates }: UpdateMessage): Promise<void> {
    const id = randomInt(MOST_IDS);
    const message = Buffer.concat([
      u16(id, OPCODE_UPDATE, 1, prerequisites.length, updates.length, 0),
      nameBytes(zone),
      u16(typeNumbers.SOA, classNumbers.IN),
      ...prerequisites,
      ...updates,
    ]);
    const request = signMessage(message, this.#key, Math.floor(this.#clock.now().getTime() / 1000));
    const answer = await exchangeByTcp(request.bytes, this.#server, {
      timeoutMs: TIMEOUT_MS,
      isAnswer: (bytes) => bytes.readUInt16BE(0) === id,
    });
    if ('failure' in answer) throw this.#unanswered(answer.failure);
    const rcode = answer.bytes.readUInt8(3) & 0x0f;
    const signature = checkSignature(answer.bytes, this.#key, request);
    if (rcode === NO_ERROR && signature === 'good') return;
    throw this.#refusal(rcode, signature);
  }

  #refusal(rcode: number, signature: ReturnType<typeof checkSignature>) {
    if (signature === 'bad-time') return providerError('dns.provider-clock', this.#who);
    if (signature === 'bad-key' || signature === 'bad-signature')
      return providerError('dns.provider-key-refused', this.#who);
    if (rcode === REFUSED) return providerError('dns.provider-refused', this.#who);
    // Without a signature, an answer proves nothing but that the key is not known there.
    if (rcode === NOTAUTH)
      return providerError(signature === 'good' ? 'dns.zone-missing' : 'dns.provider-key-refused', this.#who);
    if (PREREQUISITES.includes(rcode)) return providerError('dns.changed-meanwhile', this.#who);
    const detail =
      rcode === SERVFAIL
        ? 'SERVFAIL'
        : signature === 'forged'
          ? 'an answer without a valid signature'
          : `code ${rcode}`;
    return providerError('dns.provider-failed', this.#who, { detail });
  }
}
