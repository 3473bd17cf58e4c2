import { useSyncExternalStore } from 'react';

function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Navigation becomes a drawer, the details panel covers the screen. */
export const useIsNarrow = (): boolean => useMediaQuery('(max-width: 899px)');

/** Lists become cards. */
export const useIsPhone = (): boolean => useMediaQuery('(max-width: 599px)');
