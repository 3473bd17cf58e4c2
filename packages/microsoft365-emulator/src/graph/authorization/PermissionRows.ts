/**
 * Permissions that let a caller use an operation, any one of them.
 * Source: Microsoft's permission data (microsoft-graph-devx-content, `permissions/new/permissions.json`), left out what
 * the emulated Graph does not offer. Rows that are not in that data are marked; they follow the object concerned.
 */
export interface PermissionRows {
  /** By method and path: delegated permissions, then application ones behind a bar when they are others. */
  readonly rows: Readonly<Record<string, string>>;
  /** Operations that need the same as another one, of any area. */
  readonly like?: Readonly<Record<string, string>>;
}
