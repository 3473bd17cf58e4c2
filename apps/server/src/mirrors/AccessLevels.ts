import type { Directory, DirectoryUser } from '@isthmus/directory';
import { type Kysely, sql } from 'kysely';
import type { DirectorySettings } from '../connections/Connections.ts';
import type { Database } from '../storage/schema.ts';

type Level = 'standard' | 'help-desk' | 'administrator';

/** Groups may be nested, which no change of a person shows; so what was found is asked again after a while. */
const REMEMBER_MS = 5 * 60_000;

function levelOf(groupDns: readonly string[], settings: DirectorySettings): Level {
  const groups = new Set(groupDns.map((dn) => dn.toLowerCase()));
  if (groups.has(settings.administratorsGroup.toLowerCase())) return 'administrator';
  return settings.helpDeskGroup !== undefined && groups.has(settings.helpDeskGroup.toLowerCase())
    ? 'help-desk'
    : 'standard';
}

/**
 * Works out who administers. People with the same groups have the same level, so the directory is asked about nested
 * groups once for each set of groups and not once for each person. For display and caution only: what a signed-in
 * person may do is read from the directory at the sign-in.
 */
export class AccessLevels {
  readonly #known = new Map<string, { readonly level: Level; readonly until: number }>();

  async update(
    database: Kysely<Database>,
    directory: Directory,
    settings: DirectorySettings,
    choice: { readonly users: readonly DirectoryUser[]; readonly now: Date },
  ): Promise<readonly string[]> {
    const levels: { id: string; level: Level }[] = [];
    for (const user of choice.users) {
      levels.push({ id: user.id, level: await this.#levelOf(directory, settings, user, choice.now) });
    }
    const result = await sql<{ id: string }>`
      update directory_user u set access_level = n.level
      from jsonb_to_recordset(${JSON.stringify(levels)}::jsonb) as n (id uuid, level text)
      where u.id = n.id and u.access_level <> n.level
      returning u.id`.execute(database);
    return result.rows.map((row) => row.id);
  }

  async #levelOf(directory: Directory, settings: DirectorySettings, user: DirectoryUser, now: Date): Promise<Level> {
    const direct = levelOf(user.groupDns, settings);
    if (direct === 'administrator' || user.groupDns.length === 0) return direct;
    const key = [settings.administratorsGroup, settings.helpDeskGroup ?? '', ...user.groupDns].sort().join('\n');
    const known = this.#known.get(key);
    if (known !== undefined && known.until > now.getTime()) return known.level;
    const level = levelOf([...user.groupDns, ...(await directory.listGroupDnsOf(user.id))], settings);
    this.#known.set(key, { level, until: now.getTime() + REMEMBER_MS });
    return level;
  }
}
