export type { Action, PersonPlan, ReasonedAction, UserAccountFields } from './Action.ts';
export type {
  Passwords,
  PerformContext,
  Performer,
  PerformResult,
  PersonStore,
  SyncTrigger,
} from './People.ts';
export type { Person, PersonPassword } from './Person.ts';
