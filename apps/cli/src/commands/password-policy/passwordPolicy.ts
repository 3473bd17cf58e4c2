import { readFile } from 'node:fs/promises';
import {
  bannedWordSchema,
  type PasswordPolicy,
  type PasswordPolicyView,
  type PasswordStrength,
  passwordStrengths,
} from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type ChangeOptions, type Context } from '../../command.ts';
import { readSecret } from '../../connection/readSecret.ts';
import type { Output } from '../../output/Output.ts';
import { UsageError } from '../../UsageError.ts';

/** What the four strengths of the original mean; the strongest has the length that Microsoft 365 demands. */
const STRENGTHS: Readonly<Record<PasswordStrength, Partial<PasswordPolicy>>> = {
  weak: { minimumLength: 1, complexity: false },
  medium: { minimumLength: 5, complexity: false },
  'medium-strong': { minimumLength: 5, complexity: true },
  strong: { minimumLength: 8, complexity: true },
};

const NUMBERS = {
  minimumLength: 'minimum-length',
  historyLength: 'history-length',
  minimumAgeDays: 'minimum-age-days',
  maximumAgeDays: 'maximum-age-days',
  lockoutThreshold: 'lockout-threshold',
  lockoutMinutes: 'lockout-minutes',
  lockoutWindowMinutes: 'lockout-window-minutes',
} as const satisfies Partial<Record<keyof PasswordPolicy, string>>;
type NumberField = keyof typeof NUMBERS;

type SetOptions = Pick<ChangeOptions, 'dryRun'> & {
  readonly strength?: PasswordStrength;
  readonly complexity?: 'on' | 'off';
} & Readonly<Partial<Record<NumberField, string>>>;

const endless = (value: number, unit: string, none: string): string => (value === 0 ? none : `${value} ${unit}`);

function facts(policy: PasswordPolicyView['policy']): [string, string][] {
  return [
    ['Least length', `${policy.minimumLength} characters`],
    ['Complex', policy.complexity ? 'yes' : 'no'],
    ['Remembered passwords', String(policy.historyLength)],
    ['Least age', endless(policy.minimumAgeDays, 'days', 'none')],
    ['Greatest age', endless(policy.maximumAgeDays, 'days', 'never expires')],
    ['Lockout after', endless(policy.lockoutThreshold, 'wrong passwords', 'never')],
    ['Lockout lasts', endless(policy.lockoutMinutes, 'minutes', 'until unlocked')],
    ['Counted together within', endless(policy.lockoutWindowMinutes, 'minutes', 'for ever')],
  ];
}

async function show({ api, output }: Context): Promise<undefined> {
  const view = await (await api()).call('getPasswordPolicy', {});
  output.result(view, () => {
    output.properties([
      ['Strength', view.strength],
      ...facts(view.policy),
      ['Banned words', String(view.banned.length)],
    ]);
    for (const one of view.fineGrained) {
      output.line(`\nFine-grained policy ${one.name} (precedence ${one.precedence}) for ${one.appliesTo.join(', ')}`);
      output.properties(facts(one.policy));
    }
    for (const problem of view.problems) output.notice('Weak', problem);
  });
  return undefined;
}

function numberOf(field: NumberField, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new UsageError(`--${NUMBERS[field]} ${text} is not a number.`);
}

function changesOf(options: SetOptions): Partial<PasswordPolicy> {
  const numbers = (Object.keys(NUMBERS) as NumberField[]).flatMap((field) => {
    const text = options[field];
    return text === undefined ? [] : [[field, numberOf(field, text)] as const];
  });
  return {
    ...(options.strength === undefined ? {} : STRENGTHS[options.strength]),
    ...(options.complexity === undefined ? {} : { complexity: options.complexity === 'on' }),
    ...Object.fromEntries(numbers),
  };
}

function showChanges(
  output: Output,
  answer: { changes: readonly { field: string; before: string | null; after: string | null }[] },
  isDone: boolean,
): void {
  if (answer.changes.length === 0) output.line('Nothing to change: the policy is so already.');
  for (const { field, before, after } of answer.changes)
    output.line(`${isDone ? 'Changed' : 'Would change'} ${field}: ${before} -> ${after}`);
}

async function set({ api, output }: Context, options: SetOptions): Promise<undefined> {
  const changes = changesOf(options);
  if (Object.keys(changes).length === 0)
    throw new UsageError('What shall change? See isthmus password-policy set --help.');
  const client = await api();
  const plan = await client.call('changePasswordPolicy', { query: { dryRun: 'true' }, body: { changes } });
  if (options.dryRun === true || plan.changes.length === 0) {
    output.result(plan, () => {
      showChanges(output, plan, false);
      for (const problem of plan.problems) output.notice('Weak', problem);
    });
    return undefined;
  }
  const password = await readSecret('Your own password in the directory: ');
  const answer = await client.call('changePasswordPolicy', {
    query: {},
    body: { changes, password: password.reveal() },
  });
  output.result(answer, () => {
    showChanges(output, answer, true);
    for (const problem of answer.problems) output.notice('Weak', problem);
  });
  return undefined;
}

async function banned({ api, output }: Context): Promise<undefined> {
  const { banned: words } = await (await api()).call('getPasswordPolicy', {});
  output.result({ words }, () => {
    if (words.length === 0) output.note('No word is banned.');
    for (const word of words) output.line(word);
  });
  return undefined;
}

async function ban({ api, output }: Context, file: string): Promise<undefined> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const bad = lines.find((line) => !bannedWordSchema.safeParse(line).success);
  if (bad !== undefined) throw new UsageError(`“${bad}” has not 4 to 16 characters.`);
  const answer = await (await api()).call('setBannedWords', { body: { words: lines } });
  output.result(answer, () => output.line(`${answer.words.length} words are banned now.`));
  return undefined;
}

export function addPasswordPolicyCommands(program: Command): void {
  const noun = program.command('password-policy').description('rules for passwords in the directory');
  noun.command('show').description('the policy of the domain, and where it is too weak').action(action(show));
  const setting = noun
    .command('set')
    .description('change the policy of the domain; it is done with your own rights, so your password is asked for')
    .option('--dry-run', 'show what would change and change nothing')
    .addOption(new Option('--strength <strength>', 'length and complexity at once').choices(passwordStrengths))
    .addOption(new Option('--complexity <state>', 'three kinds of characters').choices(['on', 'off']));
  for (const name of Object.values(NUMBERS)) setting.option(`--${name} <number>`);
  setting.action(action(set));
  noun.command('banned').description('words that no password may be built on').action(action(banned));
  noun
    .command('set-banned <file>')
    .description('replace that list by the lines of a file; - reads from a pipe')
    .action(action(ban));
}
