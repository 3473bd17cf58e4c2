import type { Collection } from './Collection.ts';
import type { LogEntryRecord } from './directoryRecords.ts';

/** Adds an entry to a log that keeps so many: the oldest ones go. In a transaction. */
export function appendToLog(log: Collection<LogEntryRecord>, entry: LogEntryRecord, size: number): void {
  log.put(entry);
  if (log.size <= size) return;
  for (const { id } of log.oldest(log.size - size)) log.remove(id);
}
