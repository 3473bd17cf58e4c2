import { randomBytes } from 'node:crypto';
import { guidFromBytes, parseUserId, Secret, type UserId } from '@isthmus/kernel';
import type { Change } from 'ldapts';
import { directoryError, resultCodeOf } from '../ldap/directoryError.ts';
import { domainNameOf } from '../ldap/distinguishedName.ts';
import type { LdapSession } from '../ldap/LdapSession.ts';
import { TEXT_ATTRIBUTES } from '../ldap/userEntry.ts';
import { equals, guidDn } from '../ldap/users.ts';
import { attribute, replace, unicodePwd } from '../ldap/writing.ts';
import { WRITTEN_USER_ATTRIBUTES } from './grantCommands.ts';

/** The reading of accounts knows names that start like this as no person's. */
const NAME_PREFIX = 'isthmus-check-';
const DISABLED_ACCOUNT = '514';
const INSUFFICIENT_RIGHTS = 50;
const TRYING = { action: 'to do this' } as const;
const NOT_TRIED = 'It could not be tried, because the service account may not create the account to try it on.';

/**
 * A disabled account that lives only while the rights are tried on it; what a former check could not remove is removed
 * first. Methods say why not, or nothing.
 */
export class TestAccount {
  readonly #session: LdapSession;
  readonly #container: string;
  readonly #name = `${NAME_PREFIX}${randomBytes(3).toString('hex')}`;
  #id: UserId | undefined;

  constructor(session: LdapSession, container: string) {
    this.#session = session;
    this.#container = container;
  }

  /** Known once the account was made. */
  get id(): UserId | undefined {
    return this.#id;
  }

  async create(): Promise<string> {
    await this.#removeLeftovers();
    const attributes = [
      attribute('objectClass', 'top', 'person', 'organizationalPerson', 'user'),
      attribute('sAMAccountName', this.#name),
      attribute('userAccountControl', DISABLED_ACCOUNT),
      attribute('description', 'Tries the rights of the Isthmus service account. It may be removed at any time.'),
    ];
    await this.#session.connections.use((client) => client.add(`CN=${this.#name},${this.#container}`, attributes));
    const [entry] = await this.#session.search({
      ...TRYING,
      base: this.#session.names.baseDn,
      filter: equals('sAMAccountName', this.#name),
      attributes: ['objectGUID'],
    });
    const guid = entry?.bytes('objectGUID');
    if (guid === undefined) return 'The account that was made for the check cannot be seen.';
    this.#id = parseUserId(guidFromBytes(guid));
    return '';
  }

  /** Writes every attribute that changing an account may write, and renames the entry. */
  async writeProperties(): Promise<string> {
    if (this.#id === undefined) return NOT_TRIED;
    const values: Record<string, string> = {
      sAMAccountName: this.#name,
      userPrincipalName: `${this.#name}@${domainNameOf(this.#session.names.baseDn)}`,
      displayName: this.#name,
      userAccountControl: DISABLED_ACCOUNT,
      accountExpires: '0',
      ...Object.fromEntries(Object.values(TEXT_ATTRIBUTES).map((name) => [name, 'check'])),
    };
    const changes = Object.entries(values).map(([name, value]) => replace(name, value));
    const refused = await this.#refusal(this.#id, changes);
    if (refused) {
      const missing = await this.#notWritable(this.#id);
      return `The service account may not write: ${missing.join(', ')}.`;
    }
    await this.#session.connections.use((client) =>
      client.modifyDN(`CN=${this.#name},${this.#container}`, `CN=${this.#name} renamed`),
    );
    return '';
  }

  async resetPassword(): Promise<string> {
    if (this.#id === undefined) return NOT_TRIED;
    const password = new Secret(`aA1!${randomBytes(24).toString('base64')}`);
    await this.#modify(this.#id, [replace('unicodePwd', unicodePwd(password)), replace('pwdLastSet', '0')]);
    return '';
  }

  async unlock(): Promise<string> {
    if (this.#id === undefined) return NOT_TRIED;
    await this.#modify(this.#id, [replace('lockoutTime', '0')]);
    return '';
  }

  async remove(): Promise<string> {
    const id = this.#id;
    if (id === undefined) return NOT_TRIED;
    try {
      await this.#session.connections.use((client) => client.del(guidDn(id)));
      return '';
    } catch (error) {
      const { message } = directoryError(error, { action: 'to remove accounts' });
      return `${message} The disabled account ${this.#name} was left behind; the next check removes it.`;
    }
  }

  async #modify(id: UserId, changes: Change[]): Promise<void> {
    await this.#session.connections.use((client) => client.modify(guidDn(id), changes));
  }

  async #refusal(id: UserId, changes: Change[]): Promise<boolean> {
    try {
      await this.#modify(id, changes);
      return false;
    } catch (error) {
      if (resultCodeOf(error) !== INSUFFICIENT_RIGHTS) throw error;
      return true;
    }
  }

  async #notWritable(id: UserId): Promise<readonly string[]> {
    const entry = await this.#session.read(guidDn(id), ['allowedAttributesEffective']);
    const writable = new Set(entry?.texts('allowedAttributesEffective').map((name) => name.toLowerCase()));
    return WRITTEN_USER_ATTRIBUTES.filter((name) => !writable.has(name.toLowerCase()));
  }

  async #removeLeftovers(): Promise<void> {
    const leftovers = await this.#session.search({
      ...TRYING,
      base: this.#container,
      filter: `(&(objectClass=user)(sAMAccountName=${NAME_PREFIX}*))`,
      attributes: ['cn'],
    });
    for (const { dn } of leftovers) {
      await this.#session.connections
        .use((client) => client.del(dn))
        .catch((error: unknown) => this.#session.logger.warn({ dn, reason: String(error) }, 'leftover not removed'));
    }
  }
}
