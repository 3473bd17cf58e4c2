import { randomUUID } from 'node:crypto';
import type { MobilePolicyRecord } from './exchangeRecords.ts';

/** The mobile device mailbox policy that every tenant has from the start. */
export function builtInPolicy(now: number): MobilePolicyRecord {
  return { id: randomUUID(), name: 'Default', isDefault: true, createdAt: now, changedAt: now, values: {} };
}
