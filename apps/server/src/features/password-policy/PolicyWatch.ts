import type { Platform, Service } from '../../composition/Platform.ts';
import { policyProblems } from './judgePolicy.ts';

const CODE = 'passwords.policy-weak';
const INTERVAL_MS = 60 * 60_000;
const FIRST_LOOK_MS = 60_000;

/** Tells when the policy of the domain lets passwords through that Microsoft 365 refuses. */
export class PolicyWatch implements Service {
  readonly #platform: Platform;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async start(): Promise<void> {
    this.#plan(FIRST_LOOK_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  /** Reads the policy now; a directory that cannot be reached has an alert of its own. */
  async look(): Promise<void> {
    const { connections, alerts } = this.#platform;
    const directory = connections.findDirectory();
    const integrated = connections.findMicrosoft365() !== undefined;
    const info = integrated ? await directory?.info().catch(() => undefined) : undefined;
    if (integrated && info === undefined) return;
    const problems = info === undefined ? [] : policyProblems(info.passwordPolicy, integrated);
    const weak = problems.filter(({ code }) => code.startsWith('passwords.policy-'));
    if (weak.length === 0) return alerts.resolve(CODE);
    return alerts.raise({
      code: CODE,
      severity: 'warning',
      title: 'The password policy of the domain is weaker than Microsoft 365 demands',
      detail: weak.map(({ message }) => message).join(' '),
      remedy: 'Make it stronger under Settings, Passwords.',
    });
  }

  #plan(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch((error: unknown) =>
          this.#platform.logger.warn({ error: String(error) }, 'the password policy was not judged'),
        )
        .finally(() => {
          if (this.#timer !== undefined) this.#plan(INTERVAL_MS);
        });
    }, waitMs);
  }
}
