import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ExitCode } from '../../ExitCode.ts';

/** Runs another program of Isthmus in the foreground, with our terminal and signals. @returns its exit code */
export function runProgram(module: string, given: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const file = fileURLToPath(import.meta.resolve(module));
  const child = spawn(process.execPath, [file, ...given], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  // Ctrl+C reaches the whole group; we stay until the program has put everything in order.
  const stay = (): void => undefined;
  process.on('SIGINT', stay);
  const forward = (): boolean => child.kill('SIGTERM');
  process.on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', stay);
      process.off('SIGTERM', forward);
      resolve(code ?? ExitCode.failed);
    });
  });
}
