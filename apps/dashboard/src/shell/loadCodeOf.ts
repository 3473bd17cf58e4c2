import type { AnyRouter } from '@tanstack/react-router';

/** Loads the code of a screen before it may be shown, because it is not yet known who is there. */
export function loadCodeOf(router: AnyRouter, path: string): void {
  const [matchedRoutes] = router.getMatchedRoutes(path);
  for (const route of matchedRoutes) void router.loadRouteChunk(route);
}
