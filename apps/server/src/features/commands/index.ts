export { errorOf } from './errorOf.ts';
export { sweepJobPasswords } from './jobPasswords.ts';
export {
  asked,
  askedApart,
  type PlannedAction,
  type PlannedCommand,
  type PlannedPerson,
  subjectOf,
} from './PlannedCommand.ts';
export {
  type CommandDependencies,
  definePeopleJob,
  type JobOrigin,
  type PersonOutcome,
  type PersonPayload,
  performActions,
  recordOutcomes,
} from './peopleJob.ts';
export { countActions, type PlanNames, plainNames, presentAction, presentPlan } from './presentPlan.ts';
export { type Command, type CommandCall, runCommand } from './runCommand.ts';
export { unknownPerson } from './unknownPerson.ts';
