import type { ServiceHealthView } from '@isthmus/contracts';
import { isDomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';

/** Services that something here depends on, by Microsoft's names (Microsoft documentation: "serviceHealth"). */
const OURS = [
  'Exchange Online',
  'Microsoft Entra',
  'Identity Service',
  'Microsoft 365 suite',
  'SharePoint Online',
  'OneDrive for Business',
  'Microsoft Teams',
  'Microsoft Intune',
  'Mobile Device Management for Office 365',
];
const MOST_MESSAGES = 10;
const options = { lane: 'interactive' as const };

const isOurs = (service: string): boolean => OURS.some((name) => name.toLowerCase() === service.toLowerCase());

/** An integration of before lacks the permission; what it would tell is left out, and the permission named. */
async function orMissing<T>(permission: string, missing: string[], read: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read;
  } catch (error) {
    if (!isDomainError(error, 'online.not-permitted')) throw error;
    missing.push(permission);
    return [];
  }
}

/**
 * Troubles of Microsoft's services that we use, and announcements that ask for something, read now.
 * @throws DomainError `integration.not-integrated`, `online.unreachable`, …
 */
export async function getServiceHealth({ connections, clock }: Platform): Promise<ServiceHealthView> {
  const { tenant } = connections.getMicrosoft365();
  const missing: string[] = [];
  const [issues, messages] = await Promise.all([
    orMissing('ServiceHealth.Read.All', missing, tenant.serviceIssues(options)),
    orMissing('ServiceMessage.Read.All', missing, tenant.serviceMessages(options)),
  ]);
  const now = clock.now();
  const asking = messages.filter(
    ({ services, isMajorChange, actionBy }) =>
      services.some(isOurs) && (isMajorChange || (actionBy !== undefined && actionBy > now)),
  );
  return {
    issues: issues
      .filter(({ service }) => isOurs(service))
      .map(({ startedAt, ...issue }) => ({ ...issue, startedAt: startedAt?.toISOString() ?? null })),
    messages: asking.slice(0, MOST_MESSAGES).map(({ services, actionBy, updatedAt, ...message }) => ({
      ...message,
      services: [...services],
      actionBy: actionBy?.toISOString() ?? null,
      updatedAt: updatedAt?.toISOString() ?? null,
    })),
    missingPermissions: missing.toSorted(),
  };
}
