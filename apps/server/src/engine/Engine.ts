/** Runs its function once and remembers the result: after a crash the remembered result is used. */
export type RunStep = <T>(name: string, action: () => Promise<T>) => Promise<T>;

/**
 * Durable work. A workflow's body only orders steps; a step may run twice (a crash between doing and remembering),
 * so each step reads before it writes. Inputs and results of steps are stored: never put a secret there.
 */
export interface Engine {
  /** Before {@link start}. The name identifies the workflow across restarts and upgrades: never change it. */
  define<Input>(name: string, body: (input: Input, step: RunStep, id: string) => Promise<void>): void;
  /** Starts once per id: a second call with the same id does nothing. */
  run<Input>(name: string, id: string, input: Input): Promise<void>;
  /** Opens the engine and resumes what a crash interrupted. */
  start(): Promise<void>;
  /** Lets running steps end, keeps the rest for the next start. */
  stop(): Promise<void>;
}
