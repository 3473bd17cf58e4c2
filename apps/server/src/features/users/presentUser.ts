import type { OnlineAccountSummary, PasswordState, User } from '@isthmus/contracts';
import type { Actor } from '../../http/Actor.ts';
import { onlineStateOf, userStateOf } from '../people/index.ts';
import { commandsFor, passwordStateOf } from './userAccount.ts';
import type { UserRow } from './userRows.ts';

export interface PresentContext {
  readonly actor: Pick<Actor, 'userId' | 'role' | 'permissions'>;
  readonly integrated: boolean;
  readonly now: Date;
  readonly licenseName: (skuId: string) => string;
}

export function instant(date: Date | null | undefined): string | null {
  return date?.toISOString() ?? null;
}

function presentOnline(row: UserRow, context: PresentContext): OnlineAccountSummary | null {
  if (row.linked_account_id === null) return null;
  const skuIds = row.account_sku_ids ?? [];
  const known = row.account_id !== null;
  return {
    id: row.linked_account_id,
    address: row.account_upn ?? '',
    state: onlineStateOf(
      known
        ? {
            deleted: row.account_deleted_at !== null,
            signInAllowed: row.account_sign_in_allowed === true,
            licenses: skuIds.length,
          }
        : undefined,
    ),
    signInAllowed: row.account_sign_in_allowed === true,
    hold: row.hold,
    licenses: skuIds.map((skuId) => ({
      skuId,
      name: context.licenseName(skuId),
      inherited: row.account_inherited_sku_ids?.includes(skuId) ?? false,
      disabledPlans: row.account_disabled_plans?.[skuId] ?? [],
    })),
    usageLocation: row.account_usage_location,
    mail: row.account_mail,
    deletedAt: instant(row.account_deleted_at),
    sessionsValidFrom: instant(row.account_sessions_valid_from),
  };
}

function presentPassword(row: UserRow): PasswordState {
  const state = passwordStateOf({
    linked: row.linked_account_id !== null,
    stored: row.password_state,
    setInDirectory: row.password_set_at !== null,
  });
  const known = state !== 'not-linked';
  return {
    state,
    since: known ? instant(state === 'in-step' ? row.password_delivered_at : row.password_changed_at) : null,
    reason: known ? row.password_reason : null,
    delayMs: known ? row.password_delay_ms : null,
  };
}

/** Row of the database -> row of the list. */
export function presentUser(row: UserRow, context: PresentContext): User {
  const state = userStateOf({
    removed: row.removed_at !== null,
    enabled: row.enabled,
    expiresAt: row.expires_at,
    upn: row.upn,
    protectedAdministrator: row.protected_administrator,
    now: context.now,
  });
  return {
    id: row.id,
    userName: row.user_name,
    upn: row.upn,
    displayName: row.display_name || row.user_name,
    givenName: row.given_name,
    surname: row.surname,
    mail: row.mail,
    department: row.department,
    title: row.title,
    state,
    locked: row.locked,
    accessLevel: row.access_level,
    lastSignInAt: instant(row.last_sign_in_at),
    online: presentOnline(row, context),
    password: presentPassword(row),
    lastSynchronizedAt: instant(row.account_seen_at),
    may: commandsFor(
      {
        userId: row.id,
        state,
        locked: row.locked,
        accessLevel: row.access_level,
        protectedAdministrator: row.protected_administrator,
        linked: row.linked_account_id !== null,
        online:
          row.account_id === null || row.account_deleted_at !== null
            ? undefined
            : { signInAllowed: row.account_sign_in_allowed === true, hold: row.hold },
        restorable: row.restorable,
      },
      context.actor,
      context.integrated,
    ),
  };
}
