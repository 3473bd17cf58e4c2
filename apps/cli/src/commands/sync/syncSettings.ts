import {
  attributeMapSchema,
  attributeSources,
  MAP_OFF,
  mappedFields,
  type ScopeRule,
  type SyncSettingsChange,
  type SyncSettingsResult,
  type SyncSettingsView,
  scopeAttributes,
  scopeOperators,
  scopeRuleSchema,
} from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ago } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';
import { showPlan } from '../../output/showPlan.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUsers } from '../users/resolveUser.ts';

const OPERATORS: Readonly<Record<string, ScopeRule['operator']>> = {
  '=': 'equals',
  '!=': 'not-equals',
  '~': 'contains',
  '^': 'starts-with',
};

const listOf = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.join('; '));

function ruleText({ attribute, operator, value }: ScopeRule): string {
  return `${attribute} ${operator} ${value}`;
}

function showSettings(output: Output, { scope, map, nightly, managed, notManaged, notManagedTotal }: SyncSettingsView) {
  output.properties([
    ['Units', listOf(scope.units, 'all')],
    ['Groups', listOf(scope.groups, 'all')],
    ['Filter', listOf(scope.rules.map(ruleText), 'none')],
    [
      'Left alone',
      listOf(
        scope.excluded.map(({ name }) => name),
        'nobody in particular',
      ),
    ],
    ['Managed', `${managed} linked people, ${notManagedTotal} not managed`],
    ['Nightly', nightly.hour === null ? 'never' : `from ${nightly.hour}:00, last ${ago(nightly.lastAt)}`],
  ]);
  output.line();
  for (const { field, source, choices, isStandard, policy } of map) {
    const other = isStandard ? '' : ' (changed)';
    output.line(`${field} <- ${source}${other}, ${policy}; possible: ${choices.join(', ')}`);
  }
  if (notManaged.length > 0) output.line();
  for (const { name, reason } of notManaged) output.line(`Not managed: ${name} (${reason})`);
}

function showEffect(output: Output, { settings, effect }: SyncSettingsResult, dryRun: boolean): void {
  output.result({ settings, effect }, () => {
    showSettings(output, settings);
    output.line();
    for (const { name } of effect.entering) output.line(`Managed from now on: ${name}`);
    for (const { name } of effect.leaving) output.line(`Left alone from now on: ${name}`);
    if (dryRun) showPlan(output, effect.plan);
    else output.note('Saved. Everybody is compared again.');
  });
}

/** @throws UsageError when it is not ATTRIBUTE and VALUE with an operator between them */
export function parseRule(text: string): ScopeRule {
  const [, attribute, sign, value] = /^([A-Za-z]+)\s*(!=|=|~|\^)(.*)$/s.exec(text) ?? [];
  const rule = scopeRuleSchema.safeParse({ attribute, operator: OPERATORS[sign ?? ''], value });
  if (rule.success) return rule.data;
  throw new UsageError(
    `${JSON.stringify(text)} is not a rule. Write ATTRIBUTE=VALUE, != (not), ~ (contains) or ^ (starts with). Attributes: ${scopeAttributes.join(', ')}. Operators of the API: ${scopeOperators.join(', ')}.`,
  );
}

interface ScopeOptions {
  readonly unit?: string[];
  readonly group?: string[];
  readonly rule?: string[];
  readonly all?: boolean;
  readonly exclude?: string[];
  readonly include?: string[];
  readonly nightly?: string;
  readonly dryRun?: boolean;
}

function hourOf(text: string): number | null {
  if (text === 'never') return null;
  const hour = Number(text);
  if (text.trim() !== '' && Number.isInteger(hour) && hour >= 0 && hour <= 23) return hour;
  throw new UsageError(`${JSON.stringify(text)} is no hour. Give 0 to 23, or never.`);
}

async function change({ api, output }: Context, wanted: SyncSettingsChange, dryRun: boolean): Promise<undefined> {
  const client = await api();
  const query = dryRun ? { dryRun: 'true' } : {};
  showEffect(output, await client.call('changeSyncSettings', { query, body: wanted }), dryRun);
  return undefined;
}

async function scope(context: Context, options: ScopeOptions): Promise<undefined> {
  const { unit, group, rule, all, exclude, include, nightly } = options;
  const client = await context.api();
  if ([unit, group, rule, all, exclude, include, nightly].every((given) => given === undefined)) {
    const settings = await client.call('getSyncSettings', {});
    context.output.result(settings, () => showSettings(context.output, settings));
    return undefined;
  }
  const everybody = all === true ? { units: [], groups: [], rules: [] } : {};
  return change(
    context,
    {
      ...everybody,
      ...(unit === undefined ? {} : { units: unit }),
      ...(group === undefined ? {} : { groups: group }),
      ...(rule === undefined ? {} : { rules: rule.map(parseRule) }),
      ...(exclude === undefined ? {} : { exclude: await resolveUsers(client, exclude) }),
      ...(include === undefined ? {} : { include: await resolveUsers(client, include) }),
      ...(nightly === undefined ? {} : { nightlyHour: hourOf(nightly) }),
    },
    options.dryRun === true,
  );
}

/** @throws UsageError when a property cannot follow that attribute */
export function parseMap(pairs: readonly string[]): SyncSettingsChange['map'] {
  const chosen = Object.fromEntries(pairs.map((pair) => pair.split('=')));
  const known = mappedFields.filter((field) => field in chosen).length === pairs.length;
  const map = attributeMapSchema.safeParse(chosen);
  if (known && map.success) return map.data;
  const possible = mappedFields.map((field) => `${field}=${[...attributeSources[field], MAP_OFF].join('|')}`);
  throw new UsageError(`Give PROPERTY=ATTRIBUTE. Possible: ${possible.join(', ')}.`);
}

async function map(context: Context, pairs: string[], options: { readonly dryRun?: boolean }): Promise<undefined> {
  return change(context, { map: parseMap(pairs) }, options.dryRun === true);
}

export function addSyncSettingsCommands(noun: Command): void {
  noun
    .command('scope')
    .description('whom the synchronization manages; without options shows it')
    .option('--unit <dn...>', 'only people in these organizational units or below')
    .option('--group <dn...>', 'only direct members of these groups')
    .option('--rule <rule...>', "only people for whom these hold, such as 'department=Sales'")
    .option('--all', 'no units, no groups, no rules')
    .option('--exclude <names...>', 'leave these people alone')
    .option('--include <names...>', 'leave these people alone no longer')
    .option('--nightly <hour>', 'hour of the nightly full comparison, 0 to 23, or never')
    .option('--dry-run', 'tell the effect and change nothing')
    .action(action(scope));
  noun
    .command('map <pairs...>')
    .description('PROPERTY=ATTRIBUTE or PROPERTY=off: where online properties come from')
    .option('--dry-run', 'tell the effect and change nothing')
    .action(action(map));
}
