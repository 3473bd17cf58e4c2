/** Where the real service is known to differ from Microsoft's description of it; each with its source. */
const known: readonly RegExp[] = [
  // Scripts in the field number the items of their batches, and the service takes that.
  /^POST \/\$batch request: type at \/requests\/\*\/(id|dependsOn\/\*) /,
  // PnP's CLI for Microsoft 365 writes the name like this, and Graph takes it.
  /^POST \/(users|groups) request: additionalProperties at \/mailNickName /,
  // Recorded answers of groups hold it, the published metadata of v1.0 does not.
  /\/creationOptions /,
  // Microsoft documentation, "application: addKey": the parameter is null for certificates.
  /^POST \/applications\/\{application-id\}\/addKey request: type at \/passwordCredential /,
  // Microsoft documentation, "Update group": 200 for the properties that Exchange keeps.
  /^PATCH \/groups\/\{group-id\} answered 200/,
  // Microsoft documentation, "Download driveItem content", "Get driveItem" and the
  // usage reports: `If-None-Match`.
  / answered 304, which is not described$/,
  // The metadata of Graph calls fieldValueSet an open type; its properties are the columns of the list.
  /: additionalProperties at (\/value\/\*)?\/fields \(/,
];

export function isKnownDifference(violation: string): boolean {
  return known.some((pattern) => pattern.test(violation));
}
