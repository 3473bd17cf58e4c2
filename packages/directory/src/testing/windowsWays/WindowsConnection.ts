import type { Duplex } from 'node:stream';
import { cookieOf, DIR_SYNC, type DirSyncParts } from './DirSyncParts.ts';
import {
  encodeMessage,
  enumerated,
  integer,
  type LdapMessage,
  MessageCutter,
  numberOf,
  OCTETS,
  octets,
  readAll,
  sequence,
  TAGS,
  type Tlv,
  textOf,
  writeAll,
} from './ldapMessage.ts';
import { cutValues, type Ranges, splitRanges } from './ranges.ts';
import { isPasswordRefusal, PASSWORD_RESTRICTION, referral, result, WILL_NOT_PERFORM } from './results.ts';

/** Limits of the LDAP policy of a Windows domain controller, and what was played so far. */
export interface WindowsWays {
  /** MaxPageSize; 1000 on Windows. */
  readonly pageSize: number;
  /** MaxValRange; 1500 on Windows. */
  readonly valueRange: number;
  readonly parts: DirSyncParts;
  readonly baseDn: string;
  /** Names, in lower case, of accounts that were added through here without a password and got none since. */
  readonly withoutPassword: Set<string>;
  readonly played: Record<'size-limit' | 'page' | 'value-range' | 'referral' | 'password' | 'no-password', number>;
}

interface Search {
  readonly isRoot: boolean;
  readonly isPaged: boolean;
  readonly isDirSync: boolean;
  /** The base lies outside of the domain. */
  readonly isForeign: boolean;
  readonly ranges: Ranges;
  /** Of DirSync, kept until the end to be told in parts. */
  readonly kept: Tlv[];
  sent: number;
}

const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const DISABLED = 2;
const PASSWORD_NOT_REQUIRED = 32;
const SUCCESS = 0;
const SIZE_LIMIT_EXCEEDED = 4;
const NO_SUCH_OBJECT = 32;
const BOOLEAN = 0x01;
/** The filter `(objectClass=*)`. */
const ANYTHING: Tlv = { tag: 0x87, value: Buffer.from('objectClass') };
/** Above the numbers that a client gets to. */
const FIRST_OWN_ID = 0x4000_0000;
/** What Samba has and Windows does not. */
const NOT_ON_WINDOWS = new Set(['vendorname', 'vendorversion']);

/** One client's connection, with the real controller behind it. */
export class WindowsConnection {
  readonly #near: Duplex;
  readonly #far: Duplex;
  readonly #ways: WindowsWays;
  readonly #searches = new Map<number, Search>();
  readonly #resolving = new Map<number, { name: string; readonly then: (name: string) => void }>();
  #nextOwnId = FIRST_OWN_ID;

  constructor(near: Duplex, far: Duplex, ways: WindowsWays) {
    this.#near = near;
    this.#far = far;
    this.#ways = ways;
    const requests = new MessageCutter();
    const answers = new MessageCutter();
    near.on('data', (chunk: Buffer) => {
      for (const message of requests.push(chunk)) this.#request(message);
    });
    far.on('data', (chunk: Buffer) => {
      for (const message of answers.push(chunk)) this.#answer(message);
    });
  }

  #request(message: LdapMessage): void {
    switch (message.operation.tag) {
      case TAGS.searchRequest:
        this.#search(message);
        break;
      case TAGS.addRequest:
        this.#add(message);
        break;
      case TAGS.modifyRequest:
        this.#modify(message);
        break;
      default:
        this.#forward(message);
    }
  }

  #forward(message: LdapMessage): void {
    this.#far.write(encodeMessage(message));
  }

  #reply(message: LdapMessage): void {
    this.#near.write(encodeMessage(message));
  }

  #search(message: LdapMessage): void {
    const rest = this.#ways.parts.take(cookieOf(message));
    if (rest !== undefined) {
      for (const part of this.#ways.parts.next(message.id, rest)) this.#reply(part);
      return;
    }
    const fields = readAll(message.operation.value);
    const base = textOf(fields[0]);
    const { names, ranges } = splitRanges(readAll(fields[7]?.value ?? Buffer.alloc(0)).map(textOf));
    const has = (oid: string): boolean => message.controls.some((control) => control.oid === oid);
    this.#searches.set(message.id, {
      isRoot: base === '',
      isPaged: has(PAGED_RESULTS),
      isDirSync: has(DIR_SYNC),
      isForeign: /(^|,)DC=/i.test(base) && !base.toLowerCase().endsWith(this.#ways.baseDn.toLowerCase()),
      ranges,
      kept: [],
      sent: 0,
    });
    const operation = sequence([...fields.slice(0, 7), sequence(names.map(octets))], TAGS.searchRequest);
    this.#forward({ ...message, operation, controls: message.controls.map((control) => this.#smallPage(control)) });
  }

  /** A page is never larger than the policy says, whatever the client asked for. */
  #smallPage(control: LdapMessage['controls'][number]): LdapMessage['controls'][number] {
    if (control.oid !== PAGED_RESULTS || control.value === undefined) return control;
    const [size, cookie] = readAll(readAll(control.value)[0]?.value ?? Buffer.alloc(0));
    if (numberOf(size) <= this.#ways.pageSize || cookie === undefined) return control;
    this.#ways.played.page += 1;
    return { ...control, value: writeAll([sequence([integer(this.#ways.pageSize), cookie])]) };
  }

  #add(message: LdapMessage): void {
    const [dn, list] = readAll(message.operation.value);
    const values = valuesOf(readAll(list?.value ?? Buffer.alloc(0)));
    const hasPassword = values.has('unicodepwd');
    if (enables(values.get('useraccountcontrol')) && !hasPassword) {
      this.#refuseEnabling(message.id, TAGS.addResponse);
      return;
    }
    if (!hasPassword) this.#ways.withoutPassword.add(textOf(dn).toLowerCase());
    this.#forward(message);
  }

  #modify(message: LdapMessage): void {
    const [dn, list] = readAll(message.operation.value);
    const changes = readAll(list?.value ?? Buffer.alloc(0)).map(({ value }) => readAll(value)[1]);
    const values = valuesOf(changes.filter((change) => change !== undefined));
    const setsPassword = values.has('unicodepwd');
    if (!setsPassword && !enables(values.get('useraccountcontrol'))) {
      this.#forward(message);
      return;
    }
    this.#resolve(textOf(dn), (name) => {
      if (setsPassword) this.#ways.withoutPassword.delete(name);
      if (this.#ways.withoutPassword.has(name)) this.#refuseEnabling(message.id, TAGS.modifyResponse);
      else this.#forward(message);
    });
  }

  #refuseEnabling(id: number, tag: number): void {
    this.#ways.played['no-password'] += 1;
    this.#reply({ id, operation: result(tag, WILL_NOT_PERFORM, PASSWORD_RESTRICTION), controls: [] });
  }

  /** The plain name, in lower case, behind a name such as `<GUID=…>`. */
  #resolve(dn: string, then: (name: string) => void): void {
    const id = this.#nextOwnId;
    this.#nextOwnId += 1;
    this.#resolving.set(id, { name: dn.toLowerCase(), then });
    const [baseScope, neverAliases, noLimit] = [enumerated(0), enumerated(0), integer(0)];
    const withValues: Tlv = { tag: BOOLEAN, value: Buffer.of(0) };
    const fields = [octets(dn), baseScope, neverAliases, noLimit, noLimit, withValues, ANYTHING, sequence([])];
    this.#forward({ id, operation: sequence(fields, TAGS.searchRequest), controls: [] });
  }

  #answer(message: LdapMessage): void {
    const { id, operation } = message;
    const own = this.#resolving.get(id);
    if (own !== undefined) {
      if (operation.tag === TAGS.searchEntry) own.name = textOf(readAll(operation.value)[0]).toLowerCase();
      if (operation.tag === TAGS.searchDone) {
        this.#resolving.delete(id);
        own.then(own.name);
      }
      return;
    }
    const search = this.#searches.get(id);
    if (search !== undefined) this.#answerSearch(message, search);
    else this.#reply(this.#terse(message));
  }

  #answerSearch(message: LdapMessage, search: Search): void {
    const { tag } = message.operation;
    if (tag === TAGS.searchReference) this.#ways.played.referral += 1;
    if (tag === TAGS.searchEntry) this.#entry(message, search);
    else if (tag === TAGS.searchDone) this.#done(message, search);
    else this.#reply(message);
  }

  #entry(message: LdapMessage, search: Search): void {
    if (search.isDirSync) {
      search.kept.push(message.operation);
      return;
    }
    search.sent += 1;
    if (!search.isPaged && search.sent > this.#ways.pageSize) return;
    if (search.isRoot) {
      this.#reply({ ...message, operation: withoutSamba(message.operation) });
      return;
    }
    const { entry, cut } = cutValues(message.operation, this.#ways.valueRange, search.ranges);
    if (cut) this.#ways.played['value-range'] += 1;
    this.#reply({ ...message, operation: entry });
  }

  #done(message: LdapMessage, search: Search): void {
    this.#searches.delete(message.id);
    const code = numberOf(readAll(message.operation.value)[0]);
    if (search.isDirSync && code === SUCCESS) {
      for (const part of this.#ways.parts.next(message.id, { entries: search.kept, done: message })) this.#reply(part);
    } else if (search.isForeign && code === NO_SUCH_OBJECT) {
      this.#ways.played.referral += 1;
      this.#reply({ ...message, operation: referral(TAGS.searchDone) });
    } else if (!search.isPaged && search.sent > this.#ways.pageSize) {
      this.#ways.played['size-limit'] += 1;
      this.#reply({ ...message, operation: result(TAGS.searchDone, SIZE_LIMIT_EXCEEDED, '') });
    } else {
      this.#reply(message);
    }
  }

  /** Windows does not say which rule a password broke. */
  #terse(message: LdapMessage): LdapMessage {
    const { tag } = message.operation;
    if (tag !== TAGS.modifyResponse && tag !== TAGS.addResponse) return message;
    if (!isPasswordRefusal(message.operation)) return message;
    this.#ways.played.password += 1;
    return { ...message, operation: result(tag, WILL_NOT_PERFORM, PASSWORD_RESTRICTION) };
  }
}

/** First value of each attribute, by its name in lower case. */
function valuesOf(attributes: readonly Tlv[]): ReadonlyMap<string, string> {
  return new Map(
    attributes.map(({ value }) => {
      const [type, set] = readAll(value);
      return [textOf(type).toLowerCase(), textOf(readAll(set?.value ?? Buffer.alloc(0))[0])];
    }),
  );
}

function enables(control: string | undefined): boolean {
  return control !== undefined && (Number(control) & (DISABLED | PASSWORD_NOT_REQUIRED)) === 0;
}

function withoutSamba(entry: Tlv): Tlv {
  const [dn, list] = readAll(entry.value);
  const attributes = readAll(list?.value ?? Buffer.alloc(0)).filter(
    ({ value }) => !NOT_ON_WINDOWS.has(textOf(readAll(value)[0]).toLowerCase()),
  );
  return sequence([dn ?? { tag: OCTETS, value: Buffer.alloc(0) }, sequence(attributes)], entry.tag);
}
