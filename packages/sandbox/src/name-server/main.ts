import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs BIND with the configuration named on the command line until standard input ends. BIND itself knows no lifeline:
 * when this process is killed, the kernel ends it (`--pdeathsig`).
 */
const [program = '', configuration = ''] = process.argv.slice(2);
const named = spawn('setpriv', ['--pdeathsig', 'TERM', program, '-f', '-g', '-c', configuration], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
named.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
named.on('exit', (code) => {
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});
createInterface({ input: named.stderr }).on('line', (line) => {
  process.stderr.write(`${line}\n`);
  if (line.endsWith(' running')) process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`);
});
process.stdin.on('end', () => named.kill('SIGTERM')).resume();
