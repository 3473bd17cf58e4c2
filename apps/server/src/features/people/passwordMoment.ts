import type { DirectoryUser } from '@isthmus/directory';
import type { Clock } from '@isthmus/kernel';
import type { DirectoryClock } from '../../connections/DirectoryClock.ts';

/** The directory tells its time in whole seconds, so two passwords of one moment could change places. */
const INACCURACY_MS = 2_000;

/**
 * When the password just set was set, by the clock of the domain controller. A password that has to be changed keeps no
 * time there (`pwdLastSet` is 0); one that ours took its place would outdate what the person chooses next, as soon as the
 * controller is behind us. `before`: when the password before it was set.
 */
export async function passwordMoment(
  user: DirectoryUser,
  before: Date | undefined,
  clocks: { readonly clock: Clock; readonly directoryClock: DirectoryClock },
): Promise<Date> {
  if (user.passwordSetAt !== undefined) return user.passwordSetAt;
  const now = await clocks.directoryClock.theirs(clocks.clock.now());
  const ahead = before === undefined ? 0 : before.getTime() - now.getTime();
  const isSameMoment = before !== undefined && ahead >= 0 && ahead < INACCURACY_MS;
  return isSameMoment ? new Date(before.getTime() + 1) : now;
}
