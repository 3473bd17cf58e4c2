import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The agent as it is started in production: a process of its own, told to end by its standard input. */
export class AgentProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  #log = '';
  #out = '';

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
    child.stderr.on('data', (part: Buffer) => {
      this.#log += part.toString('utf8');
    });
    child.stdout.on('data', (part: Buffer) => {
      this.#out += part.toString('utf8');
    });
  }

  static async start(configFile: string, config: object): Promise<AgentProcess> {
    await writeFile(configFile, stringify({ lifeline: 'stdin', ...config }), { mode: 0o600 });
    return new AgentProcess(spawn(process.execPath, [MAIN, '--config', configFile], { stdio: 'pipe' }));
  }

  /** Everything it wrote to both outputs. */
  get log(): string {
    return this.#log + this.#out;
  }

  get ended(): Promise<number | null> {
    return this.#ended;
  }

  async ready(): Promise<void> {
    const line = once(this.#child.stdout, 'data');
    await Promise.race([
      line,
      this.#ended.then((code) => {
        throw new Error(`the agent ended with ${code}: ${this.log}`);
      }),
    ]);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async stop(): Promise<number | null> {
    this.#child.stdin.end();
    return this.#ended;
  }
}
