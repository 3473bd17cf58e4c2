import { DIRECTORY_DNS } from '@isthmus/contracts';
import { invertZoneChanges, isAskedInside, planZoneChanges, type ZoneChange } from '@isthmus/dns';
import { DomainError, recordTypes } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { openDnsProvider } from './dnsProviders.ts';
import type { ZoneWrite } from './keptRecords.ts';
import { demandWatched, updateWatched, type WatchedDomain } from './watchedDomains.ts';

interface By {
  readonly actor: Actor;
  readonly requestId: string;
}

export interface WriteRequest {
  readonly providerId: string;
  readonly replaceConflicts: boolean;
  readonly dryRun: boolean;
}

export interface WriteResult {
  readonly done: boolean;
  readonly zone: string;
  readonly changes: readonly ZoneChange[];
  readonly conflicts: readonly string[];
}

/**
 * Writes the wanted records of a domain. The plan is made from what the zone holds at the provider now, and the write is
 * refused when that changes in between.
 * @throws DomainError of the provider, `domains.nothing-wanted`
 */
export async function writeRecords(
  platform: Platform,
  name: string,
  request: WriteRequest,
  by: By,
): Promise<WriteResult> {
  const row = await demandWatched(platform.database, name);
  const all = row.checks.map((check) => check.wanted);
  const wanted = request.providerId === DIRECTORY_DNS ? all.filter(isAskedInside) : all;
  if (wanted.length === 0) {
    throw new DomainError({
      code: 'domains.nothing-wanted',
      message: 'It is not known yet which records the domain needs.',
      remedy: 'Check the domain first.',
    });
  }
  const { provider, name: providerName } = await openDnsProvider(platform, request.providerId);
  const zone = await provider.test(name);
  const names = [...new Set(wanted.map(({ record }) => record.name))];
  const held = await provider.read(
    zone,
    names.flatMap((one) => recordTypes.map((type) => ({ name: one, type }))),
  );
  const { replaceConflicts } = request;
  const { changes, conflicts } = planZoneChanges(wanted, held, { hasMoved: row.has_moved, replaceConflicts });
  if (request.dryRun || changes.length === 0) return { done: changes.length === 0, zone, changes, conflicts };
  const { providerId } = request;
  const at = platform.clock.now().toISOString();
  const write: ZoneWrite = { providerId, providerName, zone, changes, at, by: by.actor.userName, undone: false };
  await carryOut(platform, row, write, `Wrote records of ${name} through ${providerName}`, by, () =>
    provider.apply(zone, changes),
  );
  return { done: true, zone, changes, conflicts };
}

/** Takes back what was written last. @throws DomainError `domains.nothing-to-undo`, or of the provider */
export async function undoRecords(
  platform: Platform,
  name: string,
  dryRun: boolean,
  by: By,
): Promise<{ readonly done: boolean; readonly changes: readonly ZoneChange[] }> {
  const row = await demandWatched(platform.database, name);
  const write = row.last_write;
  if (write === null || write.undone) {
    throw new DomainError({
      code: 'domains.nothing-to-undo',
      message: 'Nothing was written here that could be taken back.',
      remedy: 'Change the records at your provider.',
    });
  }
  const changes = invertZoneChanges(write.changes);
  if (dryRun) return { done: false, changes };
  const { provider } = await openDnsProvider(platform, write.providerId);
  const sentence = `Took back the records of ${name} through ${write.providerName}`;
  await carryOut(platform, row, { ...write, undone: true }, sentence, by, () => provider.apply(write.zone, changes));
  return { done: true, changes };
}

async function carryOut(
  platform: Platform,
  row: WatchedDomain,
  write: ZoneWrite,
  sentence: string,
  by: By,
  work: () => Promise<void>,
): Promise<void> {
  const record = (result: 'done' | 'failed') =>
    platform.audit.record({
      actor: by.actor.userName,
      address: by.actor.address,
      action: write.undone ? 'domain.undo-records' : 'domain.write-records',
      sentence,
      subject: row.name,
      changes: write.changes.map(({ name, type, before, after }) => {
        const [from, to] = write.undone ? [after, before] : [before, after];
        return { field: `${type} ${name}`, before: String(from.length), after: String(to.length) };
      }),
      result,
      requestId: by.requestId,
    });
  try {
    await work();
  } catch (error) {
    await record('failed');
    throw error;
  }
  await updateWatched(platform.database, row.name, { last_write: JSON.stringify(write) });
  await record('done');
}
