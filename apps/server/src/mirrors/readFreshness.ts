import type { Freshness } from '@isthmus/contracts';
import type { Platform } from '../composition/Platform.ts';

/** Ages of the two mirrors that the list was read from. */
export async function readFreshness(
  platform: Platform,
): Promise<{ readonly directory: Freshness; readonly online: Freshness }> {
  const rows = await platform.database
    .selectFrom('feed')
    .select(['name', 'contacted_at', 'updated_at', 'problem'])
    .execute();
  const freshness = (name: 'directory' | 'tenant', connected: boolean): Freshness => {
    const row = rows.find((feed) => feed.name === name);
    const heardAt = row?.contacted_at ?? row?.updated_at ?? null;
    return {
      updatedAt: heardAt?.toISOString() ?? null,
      reachable: connected && heardAt !== null && (row?.problem ?? null) === null,
      problem: row?.problem ?? null,
    };
  };
  return {
    directory: freshness('directory', platform.connections.findDirectory() !== undefined),
    online: freshness('tenant', platform.connections.findMicrosoft365() !== undefined),
  };
}
