import { type ChildProcess, spawn } from 'node:child_process';
import { WATCHDOG_NAME } from './postmasterFile.ts';
import type { ServerUser } from './serverUser.ts';

/**
 * A tiny shell between us and PostgreSQL. Its standard input is a pipe that only we hold: when we end, however that
 * happens, the pipe closes and the shell asks PostgreSQL for a fast shutdown.
 */
const LAUNCH = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(while read -r _; do :; done; kill -INT "$server") <&3 3<&- &
lifeline=$!
exec 3<&-
wait "$server"
code=$?
kill "$lifeline" 2>/dev/null
exit "$code"
`;
const ADOPT = 'while read -r _; do :; done; kill -INT "$1"';

/** Only what PostgreSQL needs; nothing of ours, such as DATABASE_URL, leaks into it. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

function start(user: ServerUser, script: string, args: readonly string[], log: number): ChildProcess {
  const [program = 'sh', ...rest] = [...user.prefix, 'sh', '-c', script, WATCHDOG_NAME, ...args];
  const child = spawn(program, rest, {
    cwd: '/',
    env: serverEnvironment,
    stdio: ['pipe', log, log],
    // Its own session: Ctrl+C in a terminal reaches only us, and we stop our parts in order.
    detached: true,
  });
  child.stdin?.on('error', () => undefined);
  return child;
}

/** Runs the server command below a watchdog; the child's exit code is the server's. */
export function launchWithWatchdog(user: ServerUser, command: readonly string[], log: number): ChildProcess {
  return start(user, LAUNCH, command, log);
}

/** Puts a watchdog over a server that lost its own. */
export function adoptWithWatchdog(user: ServerUser, pid: number, log: number): ChildProcess {
  return start(user, ADOPT, [String(pid)], log);
}
