import { readFileSync } from 'node:fs';
import { DomainError } from '@isthmus/kernel';
import * as z from 'zod';
import { type Fault, faultSchema } from './FaultPlan.ts';
import { type SettingsChange, settingsChangeSchema } from './settings.ts';

const VARIABLE = 'MICROSOFT365_EMULATOR_SETTINGS';

const standingSchema = z.strictObject({
  settings: settingsChangeSchema.default({}),
  faults: z.array(faultSchema).default([]),
});

/** Switches that outlast a reset and stand above what a program asks for at the start. */
export interface StandingSwitches {
  readonly settings: SettingsChange;
  readonly faults: readonly Fault[];
}

/** Reads the JSON file that the environment names, by which whole test runs are made rough from outside. */
export function readStandingSwitches(environment: NodeJS.ProcessEnv = process.env): StandingSwitches {
  const path = environment[VARIABLE];
  if (path === undefined || path === '') return { settings: {}, faults: [] };
  try {
    return standingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new DomainError({
      code: 'emulator.settings-invalid',
      message: `The emulator cannot use the settings in ${path}. ${reason}`,
      remedy: `Correct the file, or unset ${VARIABLE}.`,
      cause,
    });
  }
}
