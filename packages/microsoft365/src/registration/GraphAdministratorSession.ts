import { readTenantFacts } from '../graph/GraphTenant.ts';
import type { GraphTransport } from '../graph/GraphTransport.ts';
import type { CallOptions, TenantFacts } from '../ports.ts';
import type { AdministratorSession } from '../setUp.ts';
import { readClaims } from '../sign-in/claims.ts';
import type { SignedInAdministrator } from '../sign-in/signInByDeviceCode.ts';
import { missingAdministratorRoles } from './permissionNeeds.ts';

const OPTIONS: CallOptions = { lane: 'interactive' };

/** The administrator at Microsoft Graph, as long as the set-up lasts. */
export class GraphAdministratorSession implements AdministratorSession {
  readonly username: string;
  readonly tenantId: string;
  /** Calls in the administrator's name. */
  readonly transport: GraphTransport;
  readonly #administrator: SignedInAdministrator;

  constructor(administrator: SignedInAdministrator, transport: GraphTransport) {
    this.username = administrator.username;
    this.tenantId = administrator.tenantId;
    this.transport = transport;
    this.#administrator = administrator;
  }

  tenantFacts(): Promise<TenantFacts> {
    return readTenantFacts(this.transport, OPTIONS);
  }

  /** By the token, which counts roles that come from a group or are active for a while only. */
  async missingRoles(): Promise<readonly string[]> {
    return missingAdministratorRoles(readClaims(await this.#administrator.tokens.token()).wids);
  }
}
