import type { Platform } from '../../composition/Platform.ts';

const CODE = 'integration.no-emergency-access';

/**
 * Raises an alert while every Global Administrator hangs on the directory: one account that exists only online, outside
 * all rules, gets people in when the directory, or Isthmus, is what is broken. Nothing is said while roles could not be
 * read. Source: Microsoft documentation, "Manage emergency access accounts".
 */
export async function watchEmergencyAccess({ database, connections, alerts }: Platform): Promise<void> {
  if (connections.findMicrosoft365() === undefined) return alerts.resolve(CODE);
  const holders = await database
    .selectFrom('tenant_role')
    .leftJoin('online_account', 'online_account.id', 'tenant_role.holder_id')
    .leftJoin('link', 'link.online_account_id', 'tenant_role.holder_id')
    .select(['is_global_administrator', 'sign_in_allowed', 'deleted_at', 'synchronized_by_others', 'link.user_id'])
    .execute();
  const isSafe = holders.some(
    (holder) =>
      holder.is_global_administrator &&
      holder.user_id === null &&
      holder.sign_in_allowed === true &&
      holder.deleted_at === null &&
      holder.synchronized_by_others === false,
  );
  if (isSafe || holders.length === 0) return alerts.resolve(CODE);
  return alerts.raise({
    code: CODE,
    severity: 'warning',
    title: 'No Global Administrator exists only online',
    detail:
      'Every Global Administrator of the tenant is linked to a user account, blocked, or kept by another tool. If the directory fails, or a mistake is synchronized, nobody may be able to sign in and mend it.',
    remedy:
      'Make an account in the Microsoft 365 admin center that is linked to nobody, give it the role Global Administrator and a long password, and keep that in a safe place.',
  });
}
