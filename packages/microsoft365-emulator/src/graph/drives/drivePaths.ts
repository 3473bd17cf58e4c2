/** Where a drive can be found; everything below it is the same in all places. */
export const drivePaths = [
  '/drives/{drive}',
  '/users/{user}/drive',
  '/users/{user}/drives/{drive}',
  '/groups/{group}/drive',
  '/groups/{group}/drives/{drive}',
  '/sites/{site}/drive',
  '/sites/{site}/drives/{drive}',
  '/sites/{site}/lists/{list}/drive',
] as const;

/** `root` and `root:/a/b` below a drive are items like any other: `items`, `root:/a/b`. */
export function withRootAsItem(segments: readonly string[]): readonly string[] {
  const drive = segments.findIndex(
    (segment, index) => (segment === 'drive' && index > 0) || (segment === 'drives' && index + 1 < segments.length),
  );
  if (drive < 0) return segments;
  const next = segments[drive] === 'drive' ? drive + 1 : drive + 2;
  const root = segments[next];
  if (root !== 'root' && root?.startsWith('root:/') !== true) return segments;
  return [...segments.slice(0, next), 'items', ...segments.slice(next)];
}
