import type { RightCheck } from '../Directory.ts';
import { TEXT_ATTRIBUTES } from '../ldap/userEntry.ts';
import type { SchemaGuids } from './schemaGuids.ts';

type Right = RightCheck['right'];

/** Who gets the rights and where. */
export interface GrantPlace {
  readonly managedOu: string;
  readonly baseDn: string;
  readonly sid: string;
  /** `DOMAIN\name` of the service account. */
  readonly account: string;
  readonly guids: SchemaGuids;
}

/** One permission: what may be done, limited to an attribute, class or extended right, on objects of a class. */
interface Permission {
  /** SDDL and dsacls share these letters, except that dsacls writes CA for the extended right CR. */
  readonly access: 'CC' | 'DC' | 'RPWP' | 'CR' | 'RPLCLORC';
  readonly schema?: string;
  readonly extendedRight?: { readonly name: string; readonly label: string };
  /** Applies to objects of this class below the container; otherwise to the container and all below. */
  readonly onClass?: 'user' | 'group';
  /** On the container alone. */
  readonly notInherited?: boolean;
}

/** Everything that creating, changing, renaming and disabling an account writes. */
export const WRITTEN_USER_ATTRIBUTES: readonly string[] = [
  'cn',
  'name',
  'sAMAccountName',
  'userPrincipalName',
  'displayName',
  ...Object.values(TEXT_ATTRIBUTES),
  'userAccountControl',
  'accountExpires',
];

/** Everything that adding, renaming and describing a group writes. */
const WRITTEN_GROUP_ATTRIBUTES: readonly string[] = ['cn', 'name', 'sAMAccountName', 'description'];

const GET_CHANGES = { name: 'DS-Replication-Get-Changes', label: 'Replicating Directory Changes' };
const RESET_PASSWORD = { name: 'User-Force-Change-Password', label: 'Reset Password' };

/** Every name that {@link grantCommands} and the checks look up in the schema. */
export const SCHEMA_NAMES: readonly string[] = [
  ...WRITTEN_USER_ATTRIBUTES,
  ...WRITTEN_GROUP_ATTRIBUTES,
  'pwdLastSet',
  'lockoutTime',
  'member',
  'user',
  'group',
];
export const EXTENDED_RIGHTS: readonly string[] = [GET_CHANGES.name, RESET_PASSWORD.name];

const write = (schema: string, onClass: 'user' | 'group'): Permission => ({ access: 'RPWP', schema, onClass });

const PERMISSIONS: Readonly<Record<Exclude<Right, 'read-deleted'>, readonly Permission[]>> = {
  'read-users': [{ access: 'RPLCLORC' }],
  'replicate-changes': [{ access: 'CR', extendedRight: GET_CHANGES, notInherited: true }],
  'create-users': [{ access: 'CC', schema: 'user' }],
  'delete-users': [{ access: 'DC', schema: 'user' }],
  'write-properties': WRITTEN_USER_ATTRIBUTES.map((name) => write(name, 'user')),
  'reset-passwords': [{ access: 'CR', extendedRight: RESET_PASSWORD, onClass: 'user' }, write('pwdLastSet', 'user')],
  unlock: [write('lockoutTime', 'user')],
  'write-members': [write('member', 'group')],
  'manage-groups': [
    { access: 'CC', schema: 'group' },
    { access: 'DC', schema: 'group' },
    ...WRITTEN_GROUP_ATTRIBUTES.map((name) => write(name, 'group')),
  ],
};

/** Domain-wide rights; all others are for the managed unit only. */
const ON_DOMAIN: readonly Right[] = ['read-users', 'replicate-changes'];

const forShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const forPowerShell = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function aceOf(permission: Permission, place: GrantPlace): string {
  const { schema, extendedRight, onClass } = permission;
  const inherited = onClass === undefined ? 'CI' : 'CIIO';
  const flags = permission.notInherited === true ? '' : inherited;
  const object =
    schema === undefined ? extendedRight && place.guids.ofRight(extendedRight.name) : place.guids.ofSchema(schema);
  const target = onClass === undefined ? '' : place.guids.ofSchema(onClass);
  const type = object === undefined && target === '' ? 'A' : 'OA';
  return `(${type};${flags};${permission.access};${object ?? ''};${target};${place.sid})`;
}

function dsaclsOf(permission: Permission, place: GrantPlace, dn: string): string {
  const { schema, extendedRight, onClass } = permission;
  const access = { CR: 'CA', RPLCLORC: 'GR', CC: 'CC', DC: 'DC', RPWP: 'RPWP' }[permission.access];
  const below = onClass === undefined ? '/I:T ' : '/I:S ';
  const inherit = permission.notInherited === true ? '' : below;
  const grant = [access, schema ?? extendedRight?.label, onClass].filter((part) => part !== undefined).join(';');
  return `dsacls ${forPowerShell(dn)} ${inherit}/G ${forPowerShell(`${place.account}:${grant}`)}`;
}

/** samba-tool cannot address the container of removed objects, so Samba's own library has to. */
function sambaReadDeleted(place: GrantPlace): string {
  return [
    "/usr/bin/python3 - <<'EOF'",
    'import ldb',
    'from samba.auth import system_session',
    'from samba.dcerpc import security',
    'from samba.ndr import ndr_pack, ndr_unpack',
    'from samba.param import LoadParm',
    'from samba.samdb import SamDB',
    'lp = LoadParm(); lp.load_default()',
    'db = SamDB(session_info=system_session(), lp=lp)',
    "controls = ['show_deleted:1', 'sd_flags:1:4']",
    "name = 'nTSecurityDescriptor'",
    "entry = db.search('CN=Deleted Objects,' + db.domain_dn(), ldb.SCOPE_BASE, attrs=[name], controls=controls)[0]",
    'acl = ndr_unpack(security.descriptor, entry[name][0])',
    `for ace in security.descriptor.from_sddl('D:(A;;LCRP;;;${place.sid})', security.dom_sid(db.get_domain_sid())).dacl.aces:`,
    '    acl.dacl_add(ace)',
    'change = ldb.Message(entry.dn)',
    'change[name] = ldb.MessageElement(ndr_pack(acl), ldb.FLAG_MOD_REPLACE, name)',
    'db.modify(change, controls=controls)',
    'EOF',
  ].join('\n');
}

/** What an administrator runs to grant one right: on a Samba DC as root, or in PowerShell on a Windows DC. */
export function grantCommands(right: Right, place: GrantPlace): RightCheck['commands'] {
  if (right === 'read-deleted') {
    const container = forPowerShell(`CN=Deleted Objects,${place.baseDn}`);
    return {
      samba: [sambaReadDeleted(place)],
      windows: [
        `dsacls ${container} /takeownership`,
        `dsacls ${container} /G ${forPowerShell(`${place.account}:LCRP`)}`,
      ],
    };
  }
  const permissions = PERMISSIONS[right];
  const dn = ON_DOMAIN.includes(right) ? place.baseDn : place.managedOu;
  const sddl = permissions.map((permission) => aceOf(permission, place)).join('');
  return {
    samba: [`samba-tool dsacl set --objectdn=${forShell(dn)} --sddl=${forShell(sddl)}`],
    windows: permissions.map((permission) => dsaclsOf(permission, place, dn)),
  };
}
