import type { CommandResult, Plan } from '@isthmus/contracts';
import { api } from '../../../shell/api.ts';
import { accountSelectionOf, type OwnDialogKind, type UserDialogTarget } from './userDialogKinds.ts';

interface How {
  readonly dryRun: boolean;
  readonly confirmation?: string | undefined;
}

/** Long enough for one person on both sides; bulk work goes on as a job. */
const WAIT_SECONDS = 5;

type PlainKind = Exclude<UserDialogTarget['kind'], OwnDialogKind>;

async function call(target: UserDialogTarget & { kind: PlainKind }, how: How): Promise<CommandResult> {
  const query = how.dryRun ? { dryRun: 'true' } : { wait: WAIT_SECONDS };
  const settings = how.dryRun ? {} : { idempotencyKey: crypto.randomUUID() };
  const body = { selection: target.selection };
  const accounts = { selection: accountSelectionOf(target) };
  const params = { id: target.user?.id ?? '' };
  switch (target.kind) {
    case 'deactivate':
      return api.call('deactivateUsers', { query, body }, settings);
    case 'activate':
      return api.call('activateUsers', { query, body }, settings);
    case 'lock':
      return api.call('lockUsers', { query, body }, settings);
    case 'unassign':
      return api.call('unassignOnlineAccounts', { query, body }, settings);
    case 'unlink':
      return api.call('unlinkOnlineAccounts', { query, body }, settings);
    case 'blockOnline':
      return api.call('blockOnlineAccounts', { query, body: accounts }, settings);
    case 'allowOnline':
      return api.call('allowOnlineAccounts', { query, body: accounts }, settings);
    case 'removeOnline':
      return api.call('removeOnlineAccounts', { query, body }, settings);
    case 'remove': {
      const confirmed = how.confirmation === undefined ? body : { ...body, confirmation: how.confirmation };
      return api.call('removeUsers', { query, body: confirmed }, settings);
    }
    case 'unlock':
      return api.call('unlockUser', { query, params }, settings);
    case 'restore':
      return target.user === undefined
        ? api.call('restoreOnlineAccounts', { query, body: { accountIds: [...(target.accountIds ?? [])] } }, settings)
        : api.call('restoreUser', { query, params }, settings);
  }
}

export async function planUserCommand(target: UserDialogTarget & { kind: PlainKind }): Promise<Plan> {
  const result = await call(target, { dryRun: true });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

export function runUserCommand(
  target: UserDialogTarget & { kind: PlainKind },
  confirmation: string | undefined,
): Promise<CommandResult> {
  return call(target, { dryRun: false, confirmation });
}
