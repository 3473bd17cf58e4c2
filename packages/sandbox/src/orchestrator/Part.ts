/** One running piece of the sandbox. */
export interface Part {
  readonly name: string;
  /** Settles when the part has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}
