import type { userOperations } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';

type UserOptions = z.input<NonNullable<typeof userOperations.getUserOptions.response>>;

/** What the form for a new person offers, read from the directory now. */
export async function getUserOptions(platform: Platform): Promise<UserOptions> {
  const directory = platform.connections.getDirectory();
  const [info, groups, units] = await Promise.all([
    directory.info(),
    directory.listGroups(),
    directory.listOrganizationalUnits(),
  ]);
  const { minimumLength, complexity, historyLength } = info.passwordPolicy;
  return {
    upnSuffixes: [...info.upnSuffixes],
    groups: groups
      .map(({ dn, name, description }) => ({ dn, name, description }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    containers: units.map(({ dn, name }) => ({ dn, name })).toSorted((one, other) => one.dn.localeCompare(other.dn)),
    managedOu: platform.connections.getDirectorySettings().managedOu,
    passwordPolicy: { minimumLength, complexity, historyLength },
  };
}
