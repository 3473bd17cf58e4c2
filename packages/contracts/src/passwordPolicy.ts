import { z } from 'zod';
import { noticeSchema } from './common.ts';
import { defineOperation } from './operation.ts';
import { fieldChangeSchema } from './plans.ts';

/** The four strengths of the original; `strong` is what Microsoft 365 demands too. */
export const passwordStrengths = ['weak', 'medium', 'medium-strong', 'strong'] as const;
export type PasswordStrength = (typeof passwordStrengths)[number];

/** Limits of the directory: MS-SAMR 3.1.1.7 and the schema of the attributes. */
export const passwordPolicySchema = z.object({
  minimumLength: z.number().int().min(0).max(14).describe('Characters'),
  complexity: z.boolean().describe('Three kinds of characters, and not the person’s name'),
  historyLength: z.number().int().min(0).max(24).describe('Earlier passwords that are refused'),
  minimumAgeDays: z.number().min(0).max(998).describe('Days before the next change; 0 = none'),
  maximumAgeDays: z.number().min(0).max(999).describe('Days after which a new one is due; 0 = never'),
  lockoutThreshold: z.number().int().min(0).max(999).describe('Wrong passwords before a lockout; 0 = never'),
  lockoutMinutes: z.number().int().min(0).max(99_999).describe('0 = until somebody unlocks the account'),
  lockoutWindowMinutes: z.number().int().min(0).max(99_999).describe('In which wrong passwords are counted together'),
});
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;

/** As read: what other tools set may be beyond what we would set. */
const knownPolicySchema = z.object(
  Object.fromEntries(
    Object.keys(passwordPolicySchema.shape).map((name) => [name, name === 'complexity' ? z.boolean() : z.number()]),
  ) as Record<Exclude<keyof PasswordPolicy, 'complexity'>, z.ZodNumber> & { complexity: z.ZodBoolean },
);

export const fineGrainedPolicySchema = z.object({
  name: z.string(),
  precedence: z.number(),
  appliesTo: z.array(z.string()).describe('Names of people and groups'),
  policy: knownPolicySchema,
});

export const passwordPolicyViewSchema = z.object({
  policy: knownPolicySchema,
  strength: z.enum(passwordStrengths),
  problems: z.array(noticeSchema).describe('Where it is weaker than Microsoft 365 demands, or hinders people'),
  fineGrained: z.array(fineGrainedPolicySchema).describe('Only those that the service account may read'),
  banned: z.array(z.string()).describe('Words that no password may be built on'),
});
export type PasswordPolicyView = z.infer<typeof passwordPolicyViewSchema>;

/** Limits of the custom list of Microsoft Entra Password Protection, so that one list fits both sides. */
export const bannedWordSchema = z.string().trim().toLowerCase().min(4).max(16);
const MOST_WORDS = 1000;

const feature = 'passwords';

export const passwordPolicyOperations = {
  getPasswordPolicy: defineOperation({
    id: 'getPasswordPolicy',
    method: 'GET',
    path: '/password-policy',
    feature,
    summary: 'The password policy of the domain, judged; fine-grained policies; banned words.',
    permission: 'users.read',
    response: passwordPolicyViewSchema,
  }),
  changePasswordPolicy: defineOperation({
    id: 'changePasswordPolicy',
    method: 'PATCH',
    path: '/password-policy',
    feature,
    summary: 'Changes the policy of the domain, with the caller’s own rights in the directory.',
    permission: 'settings.write',
    query: z.object({ dryRun: z.stringbool().default(false).describe('Answer the changes and make none') }),
    body: z.object({
      changes: passwordPolicySchema.partial(),
      password: z.string().max(256).optional().describe('Of the caller; not needed for a dry run'),
    }),
    response: z.object({
      changes: z.array(fieldChangeSchema),
      problems: z.array(noticeSchema),
      policy: knownPolicySchema,
    }),
  }),
  setBannedWords: defineOperation({
    id: 'setBannedWords',
    method: 'PUT',
    path: '/password-policy/banned',
    feature,
    summary: 'Replaces the list of words that no password may be built on.',
    permission: 'settings.write',
    body: z.object({ words: z.array(bannedWordSchema).max(MOST_WORDS) }),
    response: z.object({ words: z.array(z.string()) }),
  }),
  checkPassword: defineOperation({
    id: 'checkPassword',
    method: 'POST',
    path: '/password-policy/check',
    feature,
    summary: 'Which rules of both sides a password breaks; it is not kept.',
    permission: 'passwords.reset',
    body: z.object({
      password: z.string().max(256),
      userName: z.string().max(256).default(''),
      displayName: z.string().max(256).default(''),
    }),
    response: z.object({ problems: z.array(noticeSchema) }),
  }),
};
