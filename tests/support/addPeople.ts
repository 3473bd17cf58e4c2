import { Attribute, type Client } from 'ldapts';

const attribute = (type: string, ...values: string[]): Attribute => new Attribute({ type, values });

/** Adds enabled accounts without a password below the OU; the other tool of the test. */
export async function addPeople(
  ldap: Client,
  request: { readonly ou: string; readonly realm: string; readonly prefix: string; readonly count: number },
): Promise<readonly string[]> {
  const names = Array.from(
    { length: request.count },
    (_, index) => `${request.prefix}${String(index).padStart(4, '0')}`,
  );
  for (const name of names) {
    await ldap.add(`CN=${name},${request.ou}`, [
      attribute('objectClass', 'top', 'person', 'organizationalPerson', 'user'),
      attribute('sAMAccountName', name),
      attribute('userPrincipalName', `${name}@${request.realm.toLowerCase()}`),
      attribute('displayName', `Person ${name}`),
      attribute('givenName', 'Person'),
      attribute('sn', name),
      attribute('userAccountControl', '512'),
    ]);
  }
  return names;
}
