import type { LdapEntry } from './LdapEntry.ts';
import type { LdapSession } from './LdapSession.ts';

/**
 * All values of an attribute of an entry that was read, also where Windows hands out only a portion of them and names it
 * (`member;range=0-1499`; MS-ADTS 3.1.1.3.1.3.3): then the rest is read.
 */
export async function readValues(
  session: LdapSession,
  entry: LdapEntry,
  attribute: string,
): Promise<readonly string[]> {
  const prefix = `${attribute};range=`.toLowerCase();
  const portion = (from: LdapEntry): string | undefined => from.names.find((name) => name.startsWith(prefix));
  const values = [...entry.texts(attribute)];
  let current: LdapEntry | undefined = entry;
  for (let name = portion(entry); current !== undefined && name !== undefined; name = current && portion(current)) {
    const received = current.texts(name);
    values.push(...received);
    if (name.endsWith('-*') || received.length === 0) break;
    current = await session.read(entry.dn, [`${attribute};range=${values.length}-*`]);
  }
  return values;
}
