import { guidFromBytes } from '@isthmus/kernel';
import { EqualityFilter, OrFilter } from 'ldapts';
import { directoryError } from '../ldap/directoryError.ts';
import type { LdapSession } from '../ldap/LdapSession.ts';

/** GUIDs by which access lists name attributes, classes and extended rights. */
export interface SchemaGuids {
  /** Of an attribute or class, by its LDAP name. */
  readonly ofSchema: (name: string) => string;
  /** Of an extended right, by its common name. */
  readonly ofRight: (name: string) => string;
}

const READING = { action: 'to read the schema' } as const;

function lookUp(guids: ReadonlyMap<string, string>, name: string): string {
  const guid = guids.get(name.toLowerCase());
  if (guid !== undefined) return guid;
  throw directoryError(new Error(`${name} is not in the schema`), READING);
}

/** Read from the directory itself, so that they are right for its schema. */
export async function readSchemaGuids(
  session: LdapSession,
  schemaNames: readonly string[],
  rightNames: readonly string[],
): Promise<SchemaGuids> {
  const any = (attribute: string, values: readonly string[]): OrFilter =>
    new OrFilter({ filters: values.map((value) => new EqualityFilter({ attribute, value })) });
  const schema = await session.search({
    ...READING,
    base: session.names.schemaDn,
    scope: 'one',
    filter: any('lDAPDisplayName', schemaNames),
    attributes: ['lDAPDisplayName', 'schemaIDGUID'],
  });
  const rights = await session.search({
    ...READING,
    base: `CN=Extended-Rights,${session.names.configurationDn}`,
    scope: 'one',
    filter: any('cn', rightNames),
    attributes: ['cn', 'rightsGuid'],
  });
  const schemaGuids = new Map(
    schema.map((entry) => [
      (entry.text('lDAPDisplayName') ?? '').toLowerCase(),
      guidFromBytes(entry.bytes('schemaIDGUID') ?? Buffer.alloc(16)),
    ]),
  );
  const rightGuids = new Map(
    rights.map((entry) => [(entry.text('cn') ?? '').toLowerCase(), (entry.text('rightsGuid') ?? '').toLowerCase()]),
  );
  return { ofSchema: (name) => lookUp(schemaGuids, name), ofRight: (name) => lookUp(rightGuids, name) };
}
