import type { CmdletInput } from './CmdletInput.ts';

type Allowed = readonly string[] | 'all';

// Microsoft documentation: "Exchange Online Admin API endpoints reference": each endpoint runs its own cmdlets, and
// some with few of their parameters only.
const endpoints: Readonly<Record<string, Readonly<Record<string, Allowed>>>> = {
  AcceptedDomain: { 'Get-AcceptedDomain': ['Identity', 'ResultSize'] },
  DistributionGroupMember: { 'Get-DistributionGroupMember': ['Identity', 'ResultSize'] },
  DynamicDistributionGroupMember: { 'Get-DynamicDistributionGroupMember': ['Identity', 'ResultSize'] },
  Mailbox: {
    'Get-Mailbox': ['Identity', 'ResultSize', 'IncludeGrantSendOnBehalfToWithDisplayNames'],
    'Set-Mailbox': ['Identity', 'GrantSendOnBehalfTo'],
  },
  MailboxFolderPermission: {
    'Get-MailboxFolderPermission': 'all',
    'Add-MailboxFolderPermission': 'all',
    'Set-MailboxFolderPermission': 'all',
    'Remove-MailboxFolderPermission': 'all',
  },
  OrganizationConfig: { 'Get-OrganizationConfig': [] },
};

export const v2EndpointNames: readonly string[] = Object.keys(endpoints);

/** Whether an endpoint of v2.0 runs this cmdlet with these parameters. */
export function isInEndpoint(endpoint: string, { CmdletName, Parameters }: CmdletInput): boolean {
  const allowed = endpoints[endpoint]?.[CmdletName];
  if (allowed === undefined) return false;
  return allowed === 'all' || Object.keys(Parameters).every((name) => allowed.includes(name.replace(/@.*/, '')));
}
