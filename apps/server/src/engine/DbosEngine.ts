import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Logger } from '@isthmus/kernel';
import type pg from 'pg';
import type { DatabaseAddress } from '../storage/DatabaseAddress.ts';
import { createPool } from '../storage/openDatabase.ts';
import type { Engine, RunStep } from './Engine.ts';
import { WorkInterrupted } from './WorkInterrupted.ts';

export interface DbosEngineOptions {
  readonly address: DatabaseAddress;
  readonly logger: Logger;
}

type Body = (input: unknown, step: RunStep, id: string) => Promise<void>;

/** Only workflows of the same version are resumed, and work of last week must go on after an upgrade: never change. */
const APPLICATION_VERSION = '1';
const SCHEMA = 'engine';
/** The engine's own migrations fail when two processes run them at once. */
const MIGRATION_LOCK = 7_482_003;
const POOL_SIZE = 8;
const CLEAN_UP_MS = 6 * 60 * 60 * 1000;
const KEEP_FINISHED_MS = 7 * 24 * 60 * 60 * 1000;
const CLEAN_UP_BATCH = 500;
const STEP_GRACE_MS = 20_000;

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * Durable workflows by DBOS Transact, in a schema of their own beside our tables. DBOS is one per process, so there
 * may be one started engine per process.
 */
export class DbosEngine implements Engine {
  readonly #options: DbosEngineOptions;
  readonly #bodies = new Map<string, (input: unknown) => Promise<void>>();
  readonly #activeSteps = new Set<Promise<unknown>>();
  #pool: pg.Pool | undefined;
  #cleaning: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: DbosEngineOptions) {
    this.#options = options;
  }

  define<Input>(name: string, body: (input: Input, step: RunStep, id: string) => Promise<void>): void {
    const workflow = (input: unknown): Promise<void> => this.#runBody(body as Body, input);
    this.#bodies.set(name, DBOS.registerWorkflow(workflow, { name }));
  }

  async run<Input>(name: string, id: string, input: Input): Promise<void> {
    const workflow = this.#bodies.get(name);
    if (workflow === undefined) throw new TypeError(`No workflow ${name} is defined`);
    await DBOS.startWorkflow(workflow, { workflowID: id })(input);
  }

  async start(): Promise<void> {
    const { address, logger } = this.#options;
    this.#pool = createPool(address, logger, POOL_SIZE);
    DBOS.setConfig({
      name: 'isthmus',
      systemDatabasePool: this.#pool,
      systemDatabaseSchemaName: SCHEMA,
      applicationVersion: APPLICATION_VERSION,
      executorID: 'local',
      useListenNotify: false,
      logger: {
        debug: () => undefined,
        info: (entry) => logger.debug({ engine: entry }),
        warn: (entry) => logger.warn({ engine: entry }, 'the engine warns'),
        error: (entry) => logger.error({ engine: entry }, 'the engine failed'),
      },
    });
    await this.#launchAlone(this.#pool);
    this.#cleaning = setInterval(() => void this.#removeFinished(), CLEAN_UP_MS);
    this.#cleaning.unref();
    void this.#removeFinished();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#cleaning);
    const grace = new Promise((resolve) => setTimeout(resolve, STEP_GRACE_MS).unref());
    await Promise.race([Promise.allSettled(this.#activeSteps), grace]);
    // What is still under way stays pending in the database, and is resumed at the next start.
    await DBOS.shutdown({ deregister: true });
    await this.#pool?.end();
  }

  async #launchAlone(pool: pg.Pool): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await DBOS.launch();
    } finally {
      // Ends the connection and with it the lock.
      client.release(true);
    }
  }

  #runBody(body: Body, input: unknown): Promise<void> {
    const id = DBOS.workflowID ?? '';
    return body(input, (name, action) => this.#runStep(name, action), id).catch((error: unknown) => {
      this.#options.logger.error({ workflow: id, error }, 'a workflow failed');
      throw error;
    });
  }

  #runStep<T>(name: string, action: () => Promise<T>): Promise<T> {
    if (this.#stopping) return never();
    return DBOS.runStep(
      async () => {
        const running = action();
        this.#activeSteps.add(running);
        try {
          return await running;
        } catch (error) {
          if (error instanceof WorkInterrupted) return await never<T>();
          throw error;
        } finally {
          this.#activeSteps.delete(running);
        }
      },
      { name },
    );
  }

  async #removeFinished(): Promise<void> {
    const completedBefore = new Date(Date.now() - KEEP_FINISHED_MS).toISOString();
    try {
      for (;;) {
        const finished = await DBOS.listWorkflows({
          status: ['SUCCESS', 'ERROR', 'CANCELLED'],
          completedBefore,
          limit: CLEAN_UP_BATCH,
          loadInput: false,
          loadOutput: false,
        });
        if (finished.length > 0) await DBOS.deleteWorkflows(finished.map((workflow) => workflow.workflowID));
        if (finished.length < CLEAN_UP_BATCH) return;
      }
    } catch (error) {
      if (!this.#stopping) this.#options.logger.warn({ error }, 'finished workflows could not be removed');
    }
  }
}
