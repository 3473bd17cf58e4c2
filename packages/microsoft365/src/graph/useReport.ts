import type { Clock } from '@isthmus/kernel';
import type { UseReport } from '../throttle/ThrottleGovernor.ts';
import { retryAfter } from '../throttle/waits.ts';
import type { GraphAnswer } from './GraphRequest.ts';

function figure(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function exceeded(information: string | undefined): 'resource-units' | 'writes' | undefined {
  if (information?.includes('ResourceUnit')) return 'resource-units';
  return information?.includes('Write') ? 'writes' : undefined;
}

/** Reads what answers, of one request or of the items of a batch, tell about our use of the tenant's limits. */
export function useReport(answers: readonly GraphAnswer[], estimated: number, clock: Clock): UseReport {
  const units = answers.map((answer) => figure(answer.headers['x-ms-resource-unit']));
  const known = units.filter((unit) => unit !== undefined);
  const uses = answers.flatMap((answer) => figure(answer.headers['x-ms-throttle-limit-percentage']) ?? []);
  const refused = answers.filter((answer) => answer.status === 429);
  const waits = refused.flatMap((answer) => retryAfter(answer.headers, clock.now()) ?? []);
  const information = refused.map((answer) => answer.headers['x-ms-throttle-information']).find(Boolean);
  return {
    resourceUnits: known.length === units.length && known.length > 0 ? sum(known) : estimated,
    limitUse: uses.length > 0 ? Math.max(...uses) : undefined,
    ...(refused.length === 0
      ? {}
      : {
          throttled: {
            retryAfter: waits.length > 0 ? Math.max(...waits) : undefined,
            exceeded: exceeded(information),
          },
        }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
