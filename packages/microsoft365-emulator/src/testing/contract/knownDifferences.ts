/** Where the real service is known to differ from Microsoft's description of it; each with its source. */
const known: readonly RegExp[] = [];

export function isKnownDifference(violation: string): boolean {
  return known.some((pattern) => pattern.test(violation));
}
