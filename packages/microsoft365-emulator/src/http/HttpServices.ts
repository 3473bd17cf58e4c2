import type { EmulatorClock } from '../EmulatorClock.ts';
import type { FaultPlan } from '../FaultPlan.ts';
import type { RequestLog } from '../RequestLog.ts';
import type { Settings } from '../settings.ts';

/** What stands between the network and the emulated services: faults, latency, the request log. */
export interface HttpServices {
  readonly clock: EmulatorClock;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  settings(): Settings;
}
