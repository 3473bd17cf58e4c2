/** A group of the tenant. */
export interface OnlineGroup {
  /** Entra object id as lower-case GUID text. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly kind: 'security' | 'microsoft-365' | 'mail-security' | 'distribution';
  /** The tenant computes the members from a rule. */
  readonly isDynamic: boolean;
  /** Gives roles of the tenant; only privileged administrators may change its members. */
  readonly isRoleAssignable: boolean;
  /** Kept by Entra Connect or Cloud Sync: not ours to change. */
  readonly synchronizedByOthers: boolean;
}
