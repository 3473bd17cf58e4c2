import type { CmdletInput } from './CmdletInput.ts';

// Sets that can be read by `GET`, and the cmdlet that reads them.
const sets: Readonly<Record<string, string>> = {
  mailbox: 'Get-Mailbox',
  casmailbox: 'Get-CASMailbox',
  recipient: 'Get-Recipient',
  activesyncdeviceaccessrule: 'Get-ActiveSyncDeviceAccessRule',
  activesyncorganizationsettings: 'Get-ActiveSyncOrganizationSettings',
  mobiledevice: 'Get-MobileDevice',
};

/** The cmdlet behind `Mailbox` or `Mailbox('ada@contoso.com')`. */
export function readingCmdlet(endpoint: string): CmdletInput | undefined {
  const match = /^(\w+)(?:\('((?:[^']|'')+)'\))?$/.exec(endpoint);
  const cmdlet = sets[match?.[1]?.toLowerCase() ?? ''];
  if (cmdlet === undefined) return undefined;
  const identity = match?.[2]?.replaceAll("''", "'");
  return { CmdletName: cmdlet, Parameters: identity === undefined ? {} : { Identity: identity } };
}
