import type { Platform } from '../../composition/Platform.ts';
import type { NameHolder } from './planAddUser.ts';

interface Names {
  readonly userName?: string | undefined;
  readonly upn?: string | undefined;
  readonly displayName?: string | undefined;
}

export interface NameHolders {
  readonly sameUserName: NameHolder | undefined;
  readonly sameUpn: NameHolder | undefined;
  readonly sameDisplayName: NameHolder | undefined;
}

async function findInMirror(
  platform: Platform,
  column: 'user_name' | 'upn' | 'display_name',
  value: string | undefined,
  exceptId: string | undefined,
): Promise<NameHolder | undefined> {
  if (value === undefined) return undefined;
  let query = platform.database
    .selectFrom('directory_user')
    .select(['display_name', 'user_name'])
    .where(({ eb, fn }) => eb(fn('lower', [column]), '=', value.toLowerCase()))
    .where('removed_at', 'is', null);
  if (exceptId !== undefined) query = query.where('id', '<>', exceptId);
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : { name: row.display_name || row.user_name };
}

/** The directory itself knows names that the mirror has not seen yet, or does not show, such as those of machines. */
async function findInDirectory(
  platform: Platform,
  name: string | undefined,
  exceptId: string | undefined,
): Promise<NameHolder | undefined> {
  if (name === undefined) return undefined;
  const user = await platform.connections.getDirectory().findUserByName(name);
  if (user === undefined || user.id === exceptId) return undefined;
  return { name: user.displayName || user.userName };
}

/** Who has these names already, in the mirror or in the directory. */
export async function findNameHolders(platform: Platform, names: Names, exceptId?: string): Promise<NameHolders> {
  const [userName, upn, displayName, userNameThere, upnThere] = await Promise.all([
    findInMirror(platform, 'user_name', names.userName, exceptId),
    findInMirror(platform, 'upn', names.upn, exceptId),
    findInMirror(platform, 'display_name', names.displayName, exceptId),
    findInDirectory(platform, names.userName, exceptId),
    findInDirectory(platform, names.upn, exceptId),
  ]);
  return { sameUserName: userName ?? userNameThere, sameUpn: upn ?? upnThere, sameDisplayName: displayName };
}
