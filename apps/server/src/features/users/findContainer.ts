import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';

/**
 * The unit in which a new account is made; the managed one when none is wanted.
 * @throws DomainError `directory.container-not-found` when the directory has no such unit
 */
export async function findContainer({ connections }: Platform, wanted: string | undefined): Promise<string> {
  if (wanted === undefined) return connections.getDirectorySettings().managedOu;
  const units = await connections.getDirectory().listOrganizationalUnits();
  const found = units.find((unit) => unit.dn.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found.dn;
  throw new DomainError({
    code: 'directory.container-not-found',
    message: `The directory has no unit ${wanted}.`,
    remedy: 'Choose one of the list, or make it on the domain controller first.',
    field: 'containerDn',
  });
}
