import { passwordPolicyOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { readBannedWords, writeBannedWords } from './bannedWords.ts';
import { changePasswordPolicy } from './changePasswordPolicy.ts';
import { getPasswordPolicy } from './getPasswordPolicy.ts';
import { passwordProblems } from './passwordProblems.ts';
import { watchPolicy } from './watchPolicy.ts';

/** Registers the operations of `contracts/passwordPolicy.ts`. */
export function registerPasswordPolicy(router: Router, platform: Platform): void {
  router.handle(passwordPolicyOperations.getPasswordPolicy, () => getPasswordPolicy(platform));
  router.handle(passwordPolicyOperations.changePasswordPolicy, async (call) => {
    const answer = await changePasswordPolicy(platform, call, { ...call.body, dryRun: call.query.dryRun });
    await watchPolicy(platform);
    return answer;
  });
  router.handle(passwordPolicyOperations.setBannedWords, async ({ body, actor, requestId }) => {
    const words = await writeBannedWords(platform.settings, body.words);
    await platform.audit.record({
      actor: actor.displayName,
      address: actor.address,
      action: 'password-policy.set-banned',
      sentence: `Set ${words.length} words that no password may be built on`,
      result: 'done',
      requestId,
    });
    return { words: [...words] };
  });
  router.handle(passwordPolicyOperations.checkPassword, async ({ body }) => {
    const [{ passwordPolicy }, banned] = await Promise.all([
      platform.connections.getDirectory().info(),
      readBannedWords(platform.settings),
    ]);
    const integrated = platform.connections.findMicrosoft365() !== undefined;
    return {
      problems: passwordProblems(body.password, { policy: passwordPolicy, banned, owner: body, online: integrated }),
    };
  });
}
