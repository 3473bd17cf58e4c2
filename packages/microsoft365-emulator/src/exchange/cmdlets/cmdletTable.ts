import type { Cmdlet } from '../Cmdlet.ts';
import { getDistributionGroup } from './distribution-groups/getDistributionGroup.ts';
import {
  addDistributionGroupMember,
  getDistributionGroupMember,
  getDynamicDistributionGroupMember,
  removeDistributionGroupMember,
  updateDistributionGroupMember,
} from './distribution-groups/groupMembers.ts';
import { newDistributionGroup } from './distribution-groups/newDistributionGroup.ts';
import { removeDistributionGroup } from './distribution-groups/removeDistributionGroup.ts';
import { setDistributionGroup } from './distribution-groups/setDistributionGroup.ts';
import {
  getDkimSigningConfig,
  newDkimSigningConfig,
  rotateDkimSigningConfig,
  setDkimSigningConfig,
} from './dkim/dkimCmdlets.ts';
import { getCasMailbox, setCasMailbox } from './mailboxes/casMailbox.ts';
import {
  addMailboxFolderPermission,
  getMailboxFolderPermission,
  removeMailboxFolderPermission,
  setMailboxFolderPermission,
} from './mailboxes/folderPermissions.ts';
import { getExoMailbox, getMailbox } from './mailboxes/getMailbox.ts';
import { getInboxRule } from './mailboxes/inboxRules.ts';
import { getMailboxStatistics } from './mailboxes/mailboxStatistics.ts';
import { setMailbox } from './mailboxes/setMailbox.ts';
import {
  getActiveSyncDeviceAccessRule,
  newActiveSyncDeviceAccessRule,
  removeActiveSyncDeviceAccessRule,
  setActiveSyncDeviceAccessRule,
} from './mobile-devices/accessRules.ts';
import {
  clearMobileDevice,
  getMobileDevice,
  getMobileDeviceStatistics,
  removeMobileDevice,
} from './mobile-devices/deviceCmdlets.ts';
import {
  getActiveSyncOrganizationSettings,
  setActiveSyncOrganizationSettings,
} from './mobile-devices/organizationSettings.ts';
import {
  getMobileDeviceMailboxPolicy,
  newMobileDeviceMailboxPolicy,
  removeMobileDeviceMailboxPolicy,
  setMobileDeviceMailboxPolicy,
} from './mobile-devices/policyCmdlets.ts';
import { getAcceptedDomain, setAcceptedDomain } from './organization/acceptedDomains.ts';
import { getOrganizationConfig, getTransportConfig } from './organization/organizationCmdlets.ts';
import { getRecipient } from './recipients/getRecipient.ts';

/** Every cmdlet there is. */
export const cmdlets: readonly Cmdlet[] = [
  getDistributionGroup,
  newDistributionGroup,
  setDistributionGroup,
  removeDistributionGroup,
  getDistributionGroupMember,
  addDistributionGroupMember,
  removeDistributionGroupMember,
  updateDistributionGroupMember,
  getDynamicDistributionGroupMember,
  getRecipient,
  getMailbox,
  getExoMailbox,
  setMailbox,
  getMailboxStatistics,
  getInboxRule,
  getCasMailbox,
  setCasMailbox,
  getMailboxFolderPermission,
  addMailboxFolderPermission,
  setMailboxFolderPermission,
  removeMailboxFolderPermission,
  getMobileDevice,
  getMobileDeviceStatistics,
  clearMobileDevice,
  removeMobileDevice,
  getActiveSyncDeviceAccessRule,
  newActiveSyncDeviceAccessRule,
  setActiveSyncDeviceAccessRule,
  removeActiveSyncDeviceAccessRule,
  getActiveSyncOrganizationSettings,
  setActiveSyncOrganizationSettings,
  getMobileDeviceMailboxPolicy,
  newMobileDeviceMailboxPolicy,
  setMobileDeviceMailboxPolicy,
  removeMobileDeviceMailboxPolicy,
  getAcceptedDomain,
  setAcceptedDomain,
  getOrganizationConfig,
  getTransportConfig,
  getDkimSigningConfig,
  newDkimSigningConfig,
  setDkimSigningConfig,
  rotateDkimSigningConfig,
];

const byName: ReadonlyMap<string, Cmdlet> = new Map(cmdlets.map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]));

/** A cmdlet by its name, in any case. */
export function findCmdlet(name: string): Cmdlet | undefined {
  return byName.get(name.toLowerCase());
}
