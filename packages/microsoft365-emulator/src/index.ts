export type { EmulatorControl, TenantSummary } from './control/EmulatorControl.ts';
export type { Fault, PlannedFault } from './FaultPlan.ts';
export type { Emulator, EmulatorOptions } from './options.ts';
export type { LoggedRequest, RequestFilter } from './RequestLog.ts';
export type { AddedApplication } from './seed/addApplication.ts';
export type { Seed, SeedApplication, TenantSeed } from './seed/seedSchema.ts';
export type { Settings, SettingsChange } from './settings.ts';
export { startEmulator } from './startEmulator.ts';
