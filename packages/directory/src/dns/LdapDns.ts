import { canonicalName, type DnsRecord, DomainError } from '@isthmus/kernel';
import { Change } from 'ldapts';
import type { DirectoryDns, DirectoryDnsChange, DirectoryDnsZone } from '../DirectoryDns.ts';
import { directoryError, resultCodeOf } from '../ldap/directoryError.ts';
import { escapeDnValue } from '../ldap/distinguishedName.ts';
import type { LdapSession } from '../ldap/LdapSession.ts';
import { attribute, replace } from '../ldap/writing.ts';
import { decodeDnsRecord, dnsTombstone, encodeDnsRecord } from './dnsRecordValue.ts';

const CONTEXT = { action: 'to change a name in the DNS of the directory' } as const;
/** No such attribute or value, value there already, object there already, and none there any more. */
const CHANGED_MEANWHILE: readonly (number | undefined)[] = [16, 20, 68, 32];

interface Node {
  readonly dn: string;
  readonly exists: boolean;
  /** With the value as it is stored. */
  readonly values: readonly { readonly stored: Buffer; readonly record: DnsRecord | undefined }[];
}

/** Zones of the directory over LDAP: one `dnsNode` a name, one value of `dnsRecord` a record (MS-DNSP 2.3). */
export class LdapDns implements DirectoryDns {
  readonly #session: LdapSession;

  constructor(session: LdapSession) {
    this.#session = session;
  }

  async findZone(name: string): Promise<DirectoryDnsZone | undefined> {
    const labels = canonicalName(name).split('.');
    for (let first = 0; first < labels.length - 1; first += 1) {
      const zone = labels.slice(first).join('.');
      const entry = await this.#findEntry(zone);
      if (entry === undefined) continue;
      if (entry.mayWrite) return { name: zone, mayWrite: true };
      this.#session.connections.renew();
      return { name: zone, mayWrite: (await this.#findEntry(zone))?.mayWrite === true };
    }
    return undefined;
  }

  async read(zone: string, names: readonly string[]): Promise<readonly DnsRecord[]> {
    const { dn } = await this.#demandEntry(zone);
    const nodes = await Promise.all([...new Set(names)].map((name) => this.#readNode(dn, zone, name)));
    return nodes.flatMap(({ values }) => values.flatMap(({ record }) => record ?? []));
  }

  async change(zone: string, changes: readonly DirectoryDnsChange[]): Promise<void> {
    const { dn } = await this.#demandEntry(zone);
    for (const [name, ofName] of Map.groupBy(changes, (change) => canonicalName(change.name))) {
      await this.#changeNode(await this.#readNode(dn, zone, name), ofName);
    }
  }

  /** Zones lie in a partition for all name servers of the domain or of the forest, those of old in the domain itself. */
  async #findEntry(zone: string): Promise<{ readonly dn: string; readonly mayWrite: boolean } | undefined> {
    const { baseDn, configurationDn } = this.#session.names;
    const forestDn = configurationDn.replace(/^CN=Configuration,/i, '');
    const homes = [`DC=DomainDnsZones,${baseDn}`, `DC=ForestDnsZones,${forestDn}`, `CN=System,${baseDn}`];
    for (const home of homes) {
      const dn = `DC=${escapeDnValue(zone)},CN=MicrosoftDNS,${home}`;
      const entry = await this.#session.read(dn, ['objectClass', 'allowedChildClassesEffective']);
      if (entry === undefined) continue;
      return { dn, mayWrite: entry.texts('allowedChildClassesEffective').includes('dnsNode') };
    }
    return undefined;
  }

  async #demandEntry(zone: string): Promise<{ readonly dn: string }> {
    const entry = await this.#findEntry(zone);
    if (entry !== undefined) return entry;
    throw new DomainError({
      code: 'directory.container-not-found',
      message: `The directory holds no zone ${zone} any more.`,
      remedy: 'Look at the zones of the DNS server.',
    });
  }

  async #readNode(zoneDn: string, zone: string, name: string): Promise<Node> {
    const relative = name === zone ? '@' : name.slice(0, -zone.length - 1);
    const dn = `DC=${escapeDnValue(relative)},${zoneDn}`;
    const entry = await this.#session.read(dn, ['dnsRecord']);
    const values = (entry?.allBytes('dnsRecord') ?? []).map((stored) => ({
      stored,
      record: decodeDnsRecord(stored, name),
    }));
    return { dn, exists: entry !== undefined, values };
  }

  async #changeNode(node: Node, changes: readonly DirectoryDnsChange[]): Promise<void> {
    const types = new Set(changes.map(({ type }) => type));
    const isTombstone = (stored: Buffer): boolean => stored.readUInt16LE(2) === 0;
    const gone = node.values.filter(({ stored, record }) => isTombstone(stored) || (record && types.has(record.type)));
    const added = changes.flatMap(({ after }) => after.map(encodeDnsRecord));
    const before = changes.flatMap((change) => change.before);
    if (
      !haveSameContent(
        gone.flatMap(({ record }) => record ?? []),
        before,
      )
    )
      throw changedMeanwhile();
    if (!node.exists && added.length === 0) return;
    const isEmpty = added.length === 0 && gone.length === node.values.length;
    const values = isEmpty ? [dnsTombstone(this.#session.clock.now())] : added;
    try {
      await this.#session.connections.use((client) =>
        node.exists
          ? client.modify(node.dn, [
              ...valueChanges(
                gone.map(({ stored }) => stored),
                values,
              ),
              replace('dNSTombstoned', isEmpty ? 'TRUE' : 'FALSE'),
            ])
          : client.add(node.dn, [attribute('objectClass', 'dnsNode'), attribute('dnsRecord', ...values)]),
      );
    } catch (error) {
      throw CHANGED_MEANWHILE.includes(resultCodeOf(error)) ? changedMeanwhile(error) : directoryError(error, CONTEXT);
    }
  }
}

/** Each old value by name, so that the directory refuses when somebody changed one. */
function valueChanges(gone: readonly Buffer[], added: readonly Buffer[]): Change[] {
  return [
    ...(gone.length === 0 ? [] : [new Change({ operation: 'delete', modification: attribute('dnsRecord', ...gone) })]),
    ...(added.length === 0 ? [] : [new Change({ operation: 'add', modification: attribute('dnsRecord', ...added) })]),
  ];
}

/** The time that records may be cached does not count. */
function haveSameContent(some: readonly DnsRecord[], others: readonly DnsRecord[]): boolean {
  const keys = (records: readonly DnsRecord[]): string =>
    records
      .map((record) => encodeDnsRecord({ ...record, ttl: 0 }).toString('hex'))
      .toSorted()
      .join();
  return keys(some) === keys(others);
}

function changedMeanwhile(cause?: unknown): DomainError {
  return new DomainError({
    code: 'directory.dns-changed',
    message: 'Somebody changed the name in the DNS of the directory meanwhile. Nothing was written over it.',
    remedy: 'Look at it, and try again.',
    cause,
  });
}
