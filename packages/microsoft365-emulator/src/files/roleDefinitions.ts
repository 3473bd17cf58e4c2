/** What somebody may do somewhere in a site; a higher level contains the lower ones. */
export const levels = { none: 0, read: 1, write: 2, manage: 3, full: 4 } as const;
export type Level = (typeof levels)[keyof typeof levels];

export interface RoleDefinition {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly kind: number;
  readonly order: number;
  readonly isHidden: boolean;
  /** The two halves of the mask of rights. */
  readonly high: string;
  readonly low: string;
  readonly level: Level;
}

/**
 * The role definitions of every site. Microsoft documentation: "Working with users, groups, and roles" for ids, masks and
 * order; captures of PnP for most of them. The mask of Limited Access and all descriptions are from general knowledge.
 */
export const roleDefinitions: readonly RoleDefinition[] = [
  role(1073741829, 'Full Control', 5, 1, '2147483647', '4294967295', levels.full, 'Has full control.'),
  role(
    1073741828,
    'Design',
    4,
    32,
    '432',
    '1012866047',
    levels.manage,
    'Can view, add, update, delete, approve, and customize.',
  ),
  role(
    1073741830,
    'Edit',
    6,
    48,
    '432',
    '1011030767',
    levels.manage,
    'Can add, edit and delete lists; can view, add, update and delete list items and documents.',
  ),
  role(
    1073741827,
    'Contribute',
    3,
    64,
    '432',
    '1011028719',
    levels.write,
    'Can view, add, update, and delete list items and documents.',
  ),
  role(
    1073741826,
    'Read',
    2,
    128,
    '176',
    '138612833',
    levels.read,
    'Can view pages and list items and download documents.',
  ),
  role(
    1073741825,
    'Limited Access',
    1,
    160,
    '48',
    '134287360',
    levels.none,
    'Can view specific lists, document libraries, list items, folders, or documents when given permissions.',
  ),
];

export const roleIds = {
  fullControl: 1073741829,
  edit: 1073741830,
  contribute: 1073741827,
  read: 1073741826,
} as const;

export function findRoleDefinition(id: number): RoleDefinition | undefined {
  return roleDefinitions.find((definition) => definition.id === id);
}

function role(
  id: number,
  name: string,
  kind: number,
  order: number,
  high: string,
  low: string,
  level: Level,
  description: string,
): RoleDefinition {
  return { id, name, description, kind, order, isHidden: name === 'Limited Access', high, low, level };
}
