import { refusal } from '../errors.ts';
import { linkWith } from '../odata/linkWith.ts';
import type { DeltaDialect } from './DeltaSource.ts';

/**
 * Delta queries on directory objects.
 * Source: Microsoft documentation, "Use delta query to track changes in Microsoft Graph data"; the text about an old
 * token is the one seen in the field.
 */
export const directoryDialect: DeltaDialect = {
  pageOption: '$skiptoken',
  roundOption: '$deltatoken',
  refusedOptions: ['$orderby', '$expand', '$search'],
  hasTop: false,
  removed: (id, isRestorable) => ({ id, '@removed': { reason: isRestorable ? 'changed' : 'deleted' } }),
  outdated: (call) => {
    if (call.settings.expiredDeltaAnswer === 'gone') {
      const headers = { location: linkWith(call, '$deltatoken', '') };
      return refusal('deltaTokenGone', {}, { headers });
    }
    return refusal('deltaTokenOld');
  },
};
