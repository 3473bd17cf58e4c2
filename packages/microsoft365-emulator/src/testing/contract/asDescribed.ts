import { withRootAsItem } from '../../graph/drives/drivePaths.ts';
import { withSitePath } from '../../graph/sites/operations.ts';

/**
 * The form in which the description has a path of sites or files: items by id instead of by path, and drives by id
 * instead of as that of a user, group or site.
 */
export function asDescribed(segments: readonly string[]): readonly string[] {
  const known = withRootAsItem(withSitePath(segments));
  const drive = known.indexOf('drive');
  const isBelowDrive = drive > 0 && known[drive + 1] === 'items';
  const below = isBelowDrive ? ['drives', 'id', ...known.slice(drive + 1)] : known;
  return below[0] === 'me' ? ['users', 'me', ...below.slice(1)] : below;
}
