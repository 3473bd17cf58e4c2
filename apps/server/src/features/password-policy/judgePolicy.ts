import type { FieldChange, Notice, PasswordPolicy, PasswordStrength } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';

/** Characters that Microsoft 365 demands (Microsoft Entra password policies). */
const ONLINE_MINIMUM = 8;
const MINUTES_A_DAY = 1440;

/** The strength as the original called it: by length and complexity. */
export function strengthOf({ minimumLength, complexity }: PasswordPolicy): PasswordStrength {
  if (complexity && minimumLength >= 7) return 'strong';
  if (complexity && minimumLength >= 5) return 'medium-strong';
  return minimumLength >= 5 ? 'medium' : 'weak';
}

/** Pure: where the policy lets passwords through that Microsoft 365 refuses, or keeps people from changing theirs. */
export function policyProblems(policy: PasswordPolicy, integrated: boolean): readonly Notice[] {
  const problems: Notice[] = [];
  if (integrated && policy.minimumLength < ONLINE_MINIMUM) {
    problems.push({
      code: 'passwords.policy-too-short',
      message: `The domain takes passwords of ${policy.minimumLength} characters, Microsoft 365 only from ${ONLINE_MINIMUM} on: shorter ones will not arrive there.`,
      remedy: `Set the least length to ${ONLINE_MINIMUM} or more.`,
      field: 'minimumLength',
    });
  }
  if (integrated && !policy.complexity) {
    problems.push({
      code: 'passwords.policy-too-simple',
      message: 'The domain takes simple passwords, which Microsoft 365 refuses: they will not arrive there.',
      remedy: 'Demand complex passwords.',
      field: 'complexity',
    });
  }
  if (policy.lockoutThreshold > 0 && policy.lockoutThreshold < 5) {
    problems.push({
      code: 'passwords.lockout-strict',
      message: `Accounts are locked after ${policy.lockoutThreshold} wrong passwords: a telephone with an old password locks its owner out.`,
      remedy: 'Set it to 10 or more.',
      field: 'lockoutThreshold',
    });
  }
  return problems;
}

function invalid(field: keyof PasswordPolicy, message: string, remedy: string): DomainError {
  return new DomainError({ code: 'passwords.policy-invalid', message, remedy, field });
}

/** Changes as they come from outside: what is not given stays. */
export type PolicyChanges = { readonly [Field in keyof PasswordPolicy]?: PasswordPolicy[Field] | undefined };

/**
 * Pure: what becomes another.
 * @throws DomainError `passwords.policy-invalid` for combinations that the directory refuses (MS-SAMR 3.1.1.7, 3.1.1.8.3)
 */
export function planPolicyChange(before: PasswordPolicy, changes: PolicyChanges) {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after: PasswordPolicy = { ...before, ...given };
  if (after.maximumAgeDays > 0 && after.minimumAgeDays >= after.maximumAgeDays) {
    const message = 'People would have to change their password before they may.';
    throw invalid('minimumAgeDays', message, 'Let the least age be shorter than the greatest.');
  }
  if (after.lockoutThreshold > 0 && after.lockoutMinutes > 0 && after.lockoutMinutes < after.lockoutWindowMinutes) {
    const message = 'The lockout would end before the wrong passwords are forgotten.';
    throw invalid('lockoutMinutes', message, 'Let it last at least as long as wrong passwords are counted together.');
  }
  if (after.lockoutThreshold > 0 && after.lockoutWindowMinutes === 0) {
    const message = 'Wrong passwords would be counted together for ever.';
    throw invalid('lockoutWindowMinutes', message, `Set a time, such as 30 minutes; a day has ${MINUTES_A_DAY}.`);
  }
  const fields = Object.keys(before) as (keyof PasswordPolicy)[];
  const differing = fields.filter((field) => after[field] !== before[field]);
  const changed: FieldChange[] = differing.map((field) => ({
    field,
    before: String(before[field]),
    after: String(after[field]),
  }));
  const write: Partial<PasswordPolicy> = Object.fromEntries(differing.map((field) => [field, after[field]]));
  return { after, changed, write };
}
