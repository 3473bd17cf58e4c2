export type {
  ControllerPorts,
  SambaDomainController,
  SambaDomainControllerOptions,
} from './domain-controller/SambaDomainController.ts';
export { startSambaDomainController } from './domain-controller/startSambaDomainController.ts';
export { joinTestDomainController } from './joinTestDomainController.ts';
export type { CommandOptions, CommandResult } from './runCommand.ts';
export { startTestDomainController } from './startTestDomainController.ts';
export type { SeededPerson, WorldGuide, WorldName } from './worlds/World.ts';
