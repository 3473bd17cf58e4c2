import { Attribute, Change, type Client } from 'ldapts';

const replace = (type: string, values: string[] | Buffer[]): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) });

/** `userAccountControl` of an ordinary account (MS-ADTS 2.2.16): 512, with 2 when it is disabled. */
const ENABLED = '512';
const DISABLED = '514';

/** Changes by other tools: as the domain's administrator, past Isthmus. */
export const disable = (ldap: Client, dn: string): Promise<void> =>
  ldap.modify(dn, [replace('userAccountControl', [DISABLED])]);
export const enable = (ldap: Client, dn: string): Promise<void> =>
  ldap.modify(dn, [replace('userAccountControl', [ENABLED])]);
export const setPassword = (ldap: Client, dn: string, password: string): Promise<void> =>
  ldap.modify(dn, [replace('unicodePwd', [Buffer.from(`"${password}"`, 'utf16le')])]);
