export type { Action, PersonPlan, ReasonedAction, UserAccountFields } from './Action.ts';
export { createPerformer, createPersonStore } from './createPerformer.ts';
export type {
  PasswordOutbox,
  Passwords,
  People,
  PerformContext,
  Performer,
  PerformResult,
  PersonStore,
  PlanPerformer,
  SyncTrigger,
} from './People.ts';
export type { Person, PersonLink, PersonPassword } from './Person.ts';
export { PersonLocks } from './PersonLocks.ts';
export { passwordOrder, passwordVersionOf } from './passwordVersion.ts';
export { isAnyOf } from './store/isAnyOf.ts';
export { onlineFromRow, upsertOnline } from './store/onlineRow.ts';
export { upsertUsers, userFromRow } from './store/userRow.ts';
