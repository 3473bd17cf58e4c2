import type { Check } from '@isthmus/contracts';

export interface Finding {
  readonly state: Check['state'];
  readonly detail: string;
  readonly remedy?: string;
  readonly commands?: Check['commands'];
}

export function check(id: string, title: string, finding: Finding): Check {
  const { state, detail, remedy, commands } = finding;
  return { id, title, state, detail, remedy: remedy ?? null, commands: commands ?? [] };
}
