/** Who is calling Graph, from the access token. */
export interface Caller {
  readonly tenantId: string;
  readonly appId: string;
  readonly kind: 'application' | 'user';
  /** Object id of the service principal or of the user. */
  readonly objectId: string;
  /** Application permissions, or delegated ones. */
  readonly permissions: ReadonlySet<string>;
}

export function has(caller: Caller, ...names: readonly string[]): boolean {
  return names.some((name) => caller.permissions.has(name));
}
