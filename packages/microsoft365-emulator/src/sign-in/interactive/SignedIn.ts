import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';

/** Who has signed in, and under which origin the browser came. */
export interface SignedIn {
  readonly tenant: Tenant;
  readonly user: UserRecord;
  readonly origin: string;
}
