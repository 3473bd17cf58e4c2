import { type PasswordPolicy, type PasswordStrength, passwordPolicySchema } from '@isthmus/contracts';

export const numberFields = [
  'minimumLength',
  'historyLength',
  'minimumAgeDays',
  'maximumAgeDays',
  'lockoutThreshold',
  'lockoutMinutes',
  'lockoutWindowMinutes',
] as const satisfies readonly (keyof PasswordPolicy)[];
export type NumberField = (typeof numberFields)[number];

/** Numbers as they are typed. */
export type PolicyForm = Readonly<Record<NumberField, string>> & { readonly complexity: boolean };

export const strengths: Readonly<Record<PasswordStrength, Pick<PasswordPolicy, 'minimumLength' | 'complexity'>>> = {
  weak: { minimumLength: 1, complexity: false },
  medium: { minimumLength: 5, complexity: false },
  'medium-strong': { minimumLength: 5, complexity: true },
  strong: { minimumLength: 8, complexity: true },
};

export function formOf(policy: PasswordPolicy): PolicyForm {
  const numbers = numberFields.map((field) => [field, String(policy[field])] as const);
  return { ...(Object.fromEntries(numbers) as Record<NumberField, string>), complexity: policy.complexity };
}

/** The strength that the form is exactly; undefined = rules of one's own. */
export function strengthOf({ minimumLength, complexity }: PolicyForm): PasswordStrength | undefined {
  const names = Object.keys(strengths) as PasswordStrength[];
  return names.find(
    (name) => strengths[name].complexity === complexity && String(strengths[name].minimumLength) === minimumLength,
  );
}

/** What differs from the policy, or the fields whose text is no number that the directory takes. */
export function changesOf(
  form: PolicyForm,
  policy: PasswordPolicy,
): { readonly changes: Partial<PasswordPolicy>; readonly wrong: readonly NumberField[] } {
  const typed = numberFields.map(
    (field) => [field, form[field].trim() === '' ? Number.NaN : Number(form[field])] as const,
  );
  const differing = typed.filter(([field, value]) => value !== policy[field]);
  const wrong = differing
    .filter(([field, value]) => !passwordPolicySchema.shape[field].safeParse(value).success)
    .map(([field]) => field);
  const complexity = form.complexity === policy.complexity ? {} : { complexity: form.complexity };
  return { changes: { ...Object.fromEntries(differing), ...complexity }, wrong };
}
