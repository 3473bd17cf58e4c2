import { roles } from '../../graph/authorization/roleCatalog.ts';
import type { Cmdlet } from '../Cmdlet.ts';
import type { ExchangeCaller } from '../ExchangeCaller.ts';
import { Forbidden } from './Forbidden.ts';
import { Unauthorized } from './Unauthorized.ts';

export type ApiVersion = 'beta' | 'v2.0';

// Microsoft documentation: "App-only authentication in Exchange Online PowerShell" and "Exchange Online Admin API":
// each of the two has permissions of its own, and neither takes those of the other.
const permissions = {
  beta: { application: 'Exchange.ManageAsApp', user: 'Exchange.Manage' },
  'v2.0': { application: 'Exchange.ManageAsAppV2', user: 'Exchange.ManageV2' },
} as const;

// Microsoft documentation: "Permissions in Exchange Online", which role groups the directory roles belong to.
const everything: readonly string[] = [roles.globalAdministrator, roles.exchangeAdministrator];
const recipientsOnly: readonly string[] = [roles.exchangeRecipientAdministrator];
const readOnly: readonly string[] = [roles.globalReader, roles.exchangeRecipientAdministrator];

/** Refuses a token that does not carry the permission for this API. */
export function authorizeApi(caller: ExchangeCaller, version: ApiVersion): void {
  const needed = permissions[version][caller.kind];
  if (!caller.permissions.has(needed)) throw new Unauthorized('2000011', `The token lacks the permission ${needed}.`);
}

/** Whether the caller's directory roles show a cmdlet. */
export function mayRun(caller: ExchangeCaller, cmdlet: Cmdlet): boolean {
  const holds = (wanted: readonly string[]): boolean => caller.roleIds.some((id) => wanted.includes(id));
  if (holds(everything)) return true;
  if (cmdlet.name.startsWith('Get-')) return holds(readOnly);
  return cmdlet.area === 'recipients' && holds(recipientsOnly);
}

export function authorizeCmdlet(caller: ExchangeCaller, cmdlet: Cmdlet | undefined): Cmdlet {
  if (cmdlet === undefined || !mayRun(caller, cmdlet)) throw new Forbidden();
  return cmdlet;
}

/**
 * Parameters that the caller's roles do not show. Microsoft documentation: Set-DistributionGroup,
 * `BypassSecurityGroupManagerCheck` takes Organization Management or Security Group Creation and Membership.
 */
export function hiddenParameters(caller: ExchangeCaller): readonly string[] {
  return caller.roleIds.some((id) => everything.includes(id)) ? [] : ['BypassSecurityGroupManagerCheck'];
}
