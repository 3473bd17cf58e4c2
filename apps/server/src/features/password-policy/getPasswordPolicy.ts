import type { PasswordPolicyView } from '@isthmus/contracts';
import type { FineGrainedPolicy } from '@isthmus/directory';
import type { Platform } from '../../composition/Platform.ts';
import { readBannedWords } from './bannedWords.ts';
import { policyProblems, strengthOf } from './judgePolicy.ts';

/** `CN=Inner,OU=People,…` -> `Inner`. */
function commonNameOf(dn: string): string {
  return /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1]?.replace(/\\(.)/g, '$1') ?? dn;
}

function presentFineGrained({ name, precedence, appliesTo, ...policy }: FineGrainedPolicy) {
  return { name, precedence, appliesTo: appliesTo.map(commonNameOf), policy };
}

/** The policies as the directory has them now. */
export async function getPasswordPolicy(platform: Platform): Promise<PasswordPolicyView> {
  const directory = platform.connections.getDirectory();
  const [{ passwordPolicy }, fineGrained, banned] = await Promise.all([
    directory.info(),
    directory.listFineGrainedPolicies(),
    readBannedWords(platform.settings),
  ]);
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  return {
    policy: { ...passwordPolicy },
    strength: strengthOf(passwordPolicy),
    problems: [...policyProblems(passwordPolicy, integrated)],
    fineGrained: fineGrained.map(presentFineGrained),
    banned: [...banned],
  };
}
