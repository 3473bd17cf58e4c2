export type { Action, PersonPlan, ReasonedAction } from './Action.ts';
export { onlineStateOf, userStateOf } from './accountStates.ts';
export { createPerformer, createPersonStore } from './createPerformer.ts';
export type {
  PasswordOutbox,
  People,
  PerformContext,
  Performer,
  PerformResult,
  PersonStore,
  PlanPerformer,
  SyncTrigger,
  WaitingPassword,
} from './People.ts';
export { nameOf, type Person, type PersonOrAccount } from './Person.ts';
export { PersonLocks } from './PersonLocks.ts';
export { directoryPasswordProblem, onlinePasswordProblem, type PasswordOwner } from './passwordRules.ts';
export { isStampOfWrite, passwordOrder, passwordVersionOf } from './passwordVersion.ts';
export { knownSignIn, notSignedIn, unusedSince } from './signInConditions.ts';
export { onlineFromRow, upsertOnline } from './store/onlineRow.ts';
export { upsertUsers, userFromRow } from './store/userRow.ts';
