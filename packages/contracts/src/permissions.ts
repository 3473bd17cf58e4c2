import { z } from 'zod';

/** Roles map to groups of the directory; a person may hold several, the strongest counts. */
export const roleSchema = z.enum(['administrator', 'help-desk', 'reader']);
export type Role = z.infer<typeof roleSchema>;

export const permissionSchema = z.enum([
  'users.read',
  'users.write',
  'users.remove',
  'users.lock',
  'passwords.reset',
  'online-accounts.write',
  'integration.read',
  'integration.write',
  'sync.read',
  'sync.write',
  'jobs.read',
  'jobs.write',
  'audit.read',
  'alerts.write',
  'settings.write',
]);
export type Permission = z.infer<typeof permissionSchema>;

const reader: readonly Permission[] = ['users.read', 'integration.read', 'sync.read', 'jobs.read', 'audit.read'];

/** What each role may do; the only place where this is decided. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: permissionSchema.options,
  'help-desk': [...reader, 'passwords.reset', 'users.lock'],
  reader,
};
