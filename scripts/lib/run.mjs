import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { explainOutput, SetupError } from './SetupError.mjs';

const SHOWN_LINES = 25;

/** Runs a program and collects what it says. Rejects only when it cannot be started. */
export function run(command, options = {}) {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
  });
}

/** Like run, for programs that have to succeed. */
export async function mustRun(command, options = {}) {
  const { exitCode, output } = await run(command, options);
  if (exitCode === 0) return output;
  const tail = output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new SetupError(`"${command.slice(0, 4).join(' ')} …" failed:\n${tail}`, explainOutput(output));
}

/**
 * Runs a program in the foreground, on our terminal, and gives its exit code. Signals are passed on and the child
 * decides when to end, so that it can stop its own parts in order.
 */
export function runInForeground(command, { lifeline = false, ...options } = {}) {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: [lifeline ? 'pipe' : 'inherit', 'inherit', 'inherit'] });
    const signals = ['SIGTERM', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    // A terminal sends SIGINT to the whole group: the child has it already.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    for (const signal of signals) process.on(signal, pass);
    const stopWatching = lifeline ? endWithNpm(child) : ignore;
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      stopWatching();
      process.off('SIGINT', ignore);
      for (const name of signals) process.off(name, pass);
      resolve(exitCode ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** One field of what Linux tells about a process; nothing on other systems. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function parentOf(pid) {
  const status = read(pid, 'stat');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
}

/** npm runs scripts by a shell that outlives it, so its death shows one generation up. */
function ancestors() {
  const parent = String(process.ppid);
  return read(parent, 'cmdline').includes('npm') ? parent : `${parent} ${parentOf(parent)}`;
}

/** npm that is killed tells nobody; those below it see only that they have other ancestors. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() !== before) child.stdin.end();
  }, 250);
  return () => clearInterval(timer);
}
