/** Where the real service is known to differ from Microsoft's description of it; each with its source. */
const known: readonly RegExp[] = [
  // Microsoft documentation, "Download driveItem content" and "Get driveItem": `If-None-Match`.
  / answered 304, which is not described$/,
  // The metadata of Graph calls fieldValueSet an open type; its properties are the columns of the list.
  /: additionalProperties at (\/value\/\*)?\/fields \(/,
];

export function isKnownDifference(violation: string): boolean {
  return known.some((pattern) => pattern.test(violation));
}
