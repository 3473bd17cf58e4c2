import { EventEmitter, once } from 'node:events';
import type { Job, Notice, SetUpAttempt as PresentedAttempt } from '@isthmus/contracts';
import type {
  AdministratorSession,
  DeviceCodePrompt,
  RegistrationProgress,
  RegistrationStep,
  TenantFacts,
} from '@isthmus/microsoft365';
import { describeLeftOver } from './attemptRecord.ts';

export type AttemptState = PresentedAttempt['state'];

/** Steps of a set-up, in order: those in the tenant, then our own. */
export const SET_UP_STEPS = [
  'application',
  'service-principal',
  'permissions',
  'directory-role',
  'certificate-sign-in',
  'read-back',
  'connect',
  'first-read',
] as const satisfies readonly (RegistrationStep | 'connect' | 'first-read')[];
export type SetUpStep = (typeof SET_UP_STEPS)[number];

interface StepState {
  state: 'waiting' | 'running' | 'done' | 'failed';
  endedAt: Date | undefined;
}

const ENDED: readonly AttemptState[] = ['done', 'failed', 'cancelled', 'expired'];

/** One attempt to integrate, in memory: it holds the administrator's session, which must not be stored. */
export class SetUpAttempt {
  readonly id: string;
  readonly startedBy: string;
  readonly #abort = new AbortController();
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #steps = new Map<SetUpStep, StepState>();
  readonly #changed: () => void;
  #state: AttemptState = 'waiting-for-sign-in';
  #prompt: DeviceCodePrompt | undefined;
  #session: AdministratorSession | undefined;
  #tenant: TenantFacts | undefined;
  #missingRoles: readonly string[] = [];
  #progress: RegistrationProgress = {};
  #problem: Notice | undefined;
  #obstacle: Notice | undefined;
  #jobId: string | undefined;
  #running: Promise<void> | undefined;
  #connected = false;

  constructor(id: string, startedBy: string, changed: () => void) {
    this.id = id;
    this.startedBy = startedBy;
    this.#changed = changed;
    for (const step of SET_UP_STEPS) this.#steps.set(step, { state: 'waiting', endedAt: undefined });
  }

  get state(): AttemptState {
    return this.#state;
  }

  get ended(): boolean {
    return ENDED.includes(this.#state);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get session(): AdministratorSession | undefined {
    return this.#session;
  }

  get tenant(): TenantFacts | undefined {
    return this.#tenant;
  }

  get missingRoles(): readonly string[] {
    return this.#missingRoles;
  }

  get progress(): RegistrationProgress {
    return this.#progress;
  }

  get problem(): Notice | undefined {
    return this.#problem;
  }

  get obstacle(): Notice | undefined {
    return this.#obstacle;
  }

  get jobId(): string | undefined {
    return this.#jobId;
  }

  showPrompt(prompt: DeviceCodePrompt): void {
    this.#prompt = prompt;
    this.#tell();
  }

  signedIn(session: AdministratorSession, tenant: TenantFacts, missingRoles: readonly string[]): void {
    this.#session = session;
    this.#tenant = tenant;
    this.#missingRoles = missingRoles;
    this.#prompt = undefined;
    this.#state = 'signed-in';
    this.#tell();
  }

  /** Why this sign-in cannot be used to register. */
  meetObstacle(obstacle: Notice): void {
    this.#obstacle = obstacle;
    this.#problem = obstacle;
    this.#tell();
  }

  registering(progress: RegistrationProgress): void {
    this.#progress = progress;
    this.#state = 'registering';
    this.#problem = undefined;
    this.#running = undefined;
    for (const step of SET_UP_STEPS) this.#steps.set(step, { state: 'waiting', endedAt: undefined });
    this.#tell();
  }

  backToReview(): void {
    this.#state = 'signed-in';
    this.#tell();
  }

  startedJob(jobId: string): void {
    this.#jobId = jobId;
    this.#tell();
  }

  stepBegan(step: SetUpStep): void {
    this.#steps.set(step, { state: 'running', endedAt: undefined });
    this.#tell();
  }

  stepEnded(step: SetUpStep, at: Date): void {
    this.#steps.set(step, { state: 'done', endedAt: at });
    this.#tell();
  }

  made(progress: RegistrationProgress): void {
    this.#progress = progress;
  }

  end(state: 'done' | 'failed' | 'cancelled' | 'expired', at: Date, problem?: Notice): void {
    this.#state = state;
    this.#problem = problem;
    this.#prompt = undefined;
    for (const [step, entry] of this.#steps) {
      if (entry.state === 'running') this.#steps.set(step, { state: 'failed', endedAt: at });
    }
    this.#tell();
  }

  /** What was made in the tenant has been removed. */
  cleaned(): void {
    this.#progress = {};
    this.#tell();
  }

  abort(): void {
    this.#abort.abort();
  }

  /** The tenant is connected: from here on nothing is taken back any more. */
  connected(): void {
    this.#connected = true;
    this.#progress = {};
    this.#tell();
  }

  isConnected(): boolean {
    return this.#connected;
  }

  /** Starts the registration, once; `work` never rejects, it ends the attempt. */
  run(work: () => Promise<void>): void {
    this.#running ??= work();
  }

  /** Resolves when nothing of this attempt is under way any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  stepState(step: SetUpStep): StepState['state'] {
    return this.#steps.get(step)?.state ?? 'waiting';
  }

  /** Resolves at the next change, or when the time is over. */
  async nextChange(seconds: number): Promise<void> {
    if (seconds <= 0) return;
    await once(this.#events, 'change', { signal: AbortSignal.timeout(seconds * 1000) }).catch(() => undefined);
  }

  present(job: Job | null): PresentedAttempt {
    const tenant = this.#tenant;
    return {
      id: this.id,
      state: this.#state,
      prompt: this.#prompt === undefined ? null : { ...this.#prompt, expiresAt: this.#prompt.expiresAt.toISOString() },
      administrator: this.#session?.username ?? null,
      tenant:
        tenant === undefined
          ? null
          : {
              tenantId: tenant.tenantId,
              displayName: tenant.displayName,
              initialDomain: tenant.initialDomain,
              domains: tenant.domains.map((domain) => domain.name),
              synchronizedByOthers: tenant.synchronizedByOthers,
            },
      missingRoles: [...this.#missingRoles],
      suggestedUsageLocation: tenant?.defaultUsageLocation ?? tenant?.countryCode ?? null,
      steps: [...this.#steps].map(([step, { state, endedAt }]) => ({
        step,
        state,
        endedAt: endedAt?.toISOString() ?? null,
      })),
      leftOver: this.#state === 'done' ? [] : describeLeftOver(tenant?.displayName ?? 'the tenant', this.#progress),
      problem: this.#problem ?? null,
      job,
    };
  }

  #tell(): void {
    this.#events.emit('change');
    this.#changed();
  }
}
