/** Who calls Exchange, from the access token. */
export interface ExchangeCaller {
  readonly kind: 'application' | 'user';
  readonly appId: string;
  /** Object id of the service principal or of the user. */
  readonly objectId: string;
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
  /** Template ids of directory roles. */
  readonly roleIds: readonly string[];
}
