import type { Plan, PlanItem } from '@isthmus/contracts';
import type { Output } from './Output.ts';

const shown = (value: string | null): string => (value === null || value === '' ? '(nothing)' : value);

/** One person of a plan. */
export function showItem(output: Output, item: PlanItem): void {
  const { name, userName, address } = item.subject;
  const names = [userName, address].filter((text) => text !== null).join(', ');
  output.line(names === '' ? name : `${name} (${names})`);
  if (item.blocked !== null) output.notice('  Not done', item.blocked);
  for (const action of item.actions) {
    output.line(`  ${action.type}  because ${action.reason}`);
    for (const change of action.changes) {
      output.line(`    ${change.field}: ${shown(change.before)} -> ${shown(change.after)}`);
    }
  }
  for (const warning of item.warnings) output.notice('  Warning', warning);
}

/** A plan as a readable list: each person, what would be done and why. */
export function showPlan(output: Output, plan: Plan): void {
  output.result(plan, () => {
    for (const item of plan.items) showItem(output, item);
    for (const warning of plan.warnings) output.notice('Warning', warning);
    if (plan.blocked !== null) output.notice('This plan cannot run', plan.blocked);
    const actions = Object.values(plan.counts).reduce((sum, number) => sum + number, 0);
    const would = actions === 1 ? '1 action would' : `${actions} actions would`;
    output.note(actions === 0 ? 'Nothing would be changed.' : `Nothing was changed. ${would} be done.`);
  });
}
