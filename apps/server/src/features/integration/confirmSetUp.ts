import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { errorOf } from '../commands/index.ts';
import { SET_UP_STEPS, type SetUpAttempt } from './SetUpAttempt.ts';

/** Input of the job; the administrator's session stays in memory with the attempt. */
export interface SetUpJobInput {
  readonly attemptId: string;
  readonly usageLocation: string;
  readonly tenantName: string;
  readonly address: string;
  readonly requestId: string;
}

function demandConfirmable(attempt: SetUpAttempt, tenantId: string): void {
  if (attempt.state === 'registering') {
    throw new DomainError({
      code: 'integration.attempt-running',
      message: 'This set-up is registering already.',
      remedy: 'Wait for its end.',
    });
  }
  const mayTryAgain = attempt.state === 'failed' && attempt.session !== undefined;
  if (attempt.tenant === undefined || !(attempt.state === 'signed-in' || mayTryAgain)) {
    throw new DomainError({
      code: 'integration.not-signed-in',
      message: 'Nobody has signed in for this set-up, or it has ended.',
      remedy: 'Start the set-up and sign in with the code shown.',
    });
  }
  if (attempt.obstacle !== undefined) throw errorOf(attempt.obstacle);
  if (attempt.tenant.tenantId.toLowerCase() !== tenantId.toLowerCase()) {
    throw new DomainError({
      code: 'integration.tenant-mismatch',
      message: `You reviewed another tenant than the one signed in to, ${attempt.tenant.displayName}.`,
      remedy: 'Review the set-up again.',
      field: 'tenantId',
    });
  }
}

/** After the Review: starts the job that registers, connects and reads back. */
export async function confirmSetUp(
  platform: Platform,
  attempt: SetUpAttempt,
  request: { readonly tenantId: string; readonly usageLocation: string },
  caller: { readonly actor: Actor; readonly requestId: string },
): Promise<void> {
  demandConfirmable(attempt, request.tenantId);
  const tenantName = attempt.tenant?.displayName ?? '';
  attempt.registering(attempt.progress);
  const input: SetUpJobInput = {
    attemptId: attempt.id,
    usageLocation: request.usageLocation,
    tenantName,
    address: caller.actor.address,
    requestId: caller.requestId,
  };
  try {
    await platform.audit.record({
      actor: caller.actor.userName,
      address: caller.actor.address,
      action: 'integration.set-up',
      sentence: `Started to integrate ${tenantName}`,
      result: 'started',
      requestId: caller.requestId,
    });
    const job = await platform.jobs.start({
      kind: 'set-up-integration',
      title: `Integrate ${tenantName}`,
      startedBy: caller.actor.userName,
      input,
      items: SET_UP_STEPS.map((step) => ({ name: step, payload: { step } })),
    });
    attempt.startedJob(job.id);
  } catch (error) {
    attempt.backToReview();
    throw error;
  }
}
