import type { PasswordPolicy } from '@isthmus/contracts';
import { DomainError, Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { type PolicyChanges, planPolicyChange, policyProblems } from './judgePolicy.ts';

export interface PolicyRequest {
  readonly changes: PolicyChanges;
  readonly password?: string | undefined;
  readonly dryRun: boolean;
}

/** Changes the policy of the domain with the rights of whoever asks; `dryRun` only tells what would become another. */
export async function changePasswordPolicy(
  platform: Platform,
  call: { readonly actor: Actor; readonly requestId: string },
  request: PolicyRequest,
) {
  const directory = platform.connections.getDirectory();
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  const before = (await directory.info()).passwordPolicy;
  const { after, changed, write } = planPolicyChange(before, request.changes);
  const answer = (policy: PasswordPolicy) => ({
    changes: changed,
    problems: [...policyProblems(policy, integrated)],
    policy: { ...policy },
  });
  if (request.dryRun || changed.length === 0) return answer(after);
  if (request.password === undefined || request.password === '') {
    throw new DomainError({
      code: 'passwords.confirmation-needed',
      message: 'The policy is changed with your own rights, so the directory has to see your password.',
      remedy: 'Enter the password of your own account.',
      field: 'password',
    });
  }
  const { actor, requestId } = call;
  const record = (result: 'done' | 'failed', sentence: string) =>
    platform.audit.record({
      actor: actor.displayName,
      address: actor.address,
      action: 'password-policy.change',
      sentence,
      result,
      changes: changed,
      requestId,
    });
  try {
    const administrator = { name: actor.userName, password: new Secret(request.password) };
    const written = await directory.changePasswordPolicy(write, administrator);
    await record('done', 'Changed the password policy of the domain');
    return answer(written);
  } catch (error) {
    await record('failed', 'Tried to change the password policy of the domain');
    throw error;
  }
}
