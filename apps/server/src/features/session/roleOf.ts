import type { Role } from '@isthmus/contracts';
import type { DirectorySettings } from '../../connections/Connections.ts';

/** DNs are compared without regard to case and to spaces after commas, as directories do. */
const normalized = (dn: string): string => dn.toLowerCase().replaceAll(/\s*([,=+])\s*/g, '$1');

/** The strongest role that a member of these groups has; undefined for somebody who may not use the dashboard. */
export function roleOf(groupDns: readonly string[], settings: DirectorySettings): Role | undefined {
  const held = new Set(groupDns.map(normalized));
  const isIn = (group: string | undefined): boolean => group !== undefined && held.has(normalized(group));
  if (isIn(settings.administratorsGroup)) return 'administrator';
  if (isIn(settings.helpDeskGroup)) return 'help-desk';
  return isIn(settings.readersGroup) ? 'reader' : undefined;
}
