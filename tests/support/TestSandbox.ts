import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import tls from 'node:tls';
import { type ApiClient, createApiClient } from '@isthmus/api-client';
import { operations } from '@isthmus/contracts';
import { Client } from 'ldapts';
import { z } from 'zod';
import { openSignInOnline, type SignInOnline } from './onlineSignIn.ts';
import { signInAtCloud } from './signInAtCloud.ts';
import { until } from './until.ts';

const repository = resolve(import.meta.dirname, '..', '..');

/** What `npm start` writes for programs that use the sandbox. */
const readySchema = z.strictObject({
  dashboard: z.strictObject({ url: z.url(), caFile: z.string(), username: z.string(), password: z.string() }),
  emulator: z.strictObject({
    url: z.url(),
    caFile: z.string(),
    tenantId: z.guid(),
    initialDomain: z.string(),
    administrator: z.strictObject({ username: z.string(), password: z.string() }),
  }),
  directory: z.strictObject({ ldapsUrl: z.string(), caFile: z.string(), baseDn: z.string(), realm: z.string() }),
  practiceDomain: z.strictObject({ name: z.string(), nameServer: z.string(), keyFile: z.string() }),
  mail: z.strictObject({ server: z.string(), port: z.number(), folder: z.string() }),
});

const personSchema = z.object({
  userName: z.string(),
  displayName: z.string(),
  dn: z.string(),
  userPrincipalName: z.string(),
  password: z.string().optional(),
});

const directorySchema = z.object({
  krb5ConfigFile: z.string(),
  administrator: z.object({ username: z.string(), dn: z.string(), password: z.string() }),
  guide: z.object({ managedOu: z.string(), helpDeskMember: personSchema, people: z.array(personSchema) }),
});

export type Ready = z.infer<typeof readySchema>;
export type DirectoryGuide = z.infer<typeof directorySchema>;

/** A sandbox as `npm start` makes it, in a folder of its own, for one test file or benchmark. */
export interface TestSandbox {
  readonly ready: Ready;
  readonly directory: DirectoryGuide;
  readonly stateFolder: string;
  /** The API as the administrator of the seeded world. */
  readonly api: ApiClient;
  /** As the domain's own administrator: stands for every other tool that changes the directory. */
  readonly ldap: Client;
  /** Whether a password works in the tenant. */
  readonly signInOnline: SignInOnline;
  /** Milliseconds from the command to the ready file. */
  readonly startedInMs: number;
  readonly process: ChildProcess;
  /** Everything the orchestrator printed. */
  readonly printed: () => string;
  stop(): Promise<void>;
}

export interface TestSandboxOptions {
  readonly world?: 'contoso-small' | 'contoso-10k';
  /** Goes on with the state of an earlier one instead of a new folder. */
  readonly stateFolder?: string;
  readonly keepState?: boolean;
}

async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

async function trust(...files: readonly string[]): Promise<void> {
  const own = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...own]);
}

async function signedInApi(ready: Ready): Promise<ApiClient> {
  const { url, username, password } = ready.dashboard;
  const { token } = await createApiClient({ endpoints: operations, baseUrl: url }).call('signIn', {
    body: { userName: username, password, kind: 'token' },
  });
  return createApiClient({
    endpoints: operations,
    baseUrl: url,
    headers: () => ({ authorization: `Bearer ${token}` }),
  });
}

export async function startTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(tmpdir(), 'isthmus-test-')));
  const start = performance.now();
  const program = join(repository, 'packages', 'sandbox', 'src', 'main.ts');
  const world = options.world === undefined ? [] : ['--world', options.world];
  const child = spawn(process.execPath, [program, '--lifeline', '--state', stateFolder, ...world], {
    cwd: repository,
    stdio: 'pipe',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
  const ended = once(child, 'exit');
  const sandboxFolder = join(stateFolder, 'sandbox');
  const ready = await until(
    'the sandbox is ready',
    async () => {
      if (child.exitCode !== null) throw new Error(`The sandbox ended while it started:\n${printed}`);
      return readJson(join(sandboxFolder, 'ready.json'), readySchema);
    },
    // The first ten thousand people take minutes; afterwards they come from the cache.
    { seconds: 1800, pauseMs: 50 },
  );
  const startedInMs = performance.now() - start;
  const directory = await until('the directory is described', () =>
    readJson(join(sandboxFolder, 'directory.json'), directorySchema),
  );
  await trust(ready.dashboard.caFile, ready.emulator.caFile);
  const ldap = new Client({
    url: ready.directory.ldapsUrl,
    tlsOptions: { ca: await readFile(ready.directory.caFile) },
  });
  await ldap.bind(directory.administrator.dn, directory.administrator.password);
  return {
    ready,
    directory,
    stateFolder,
    api: await signedInApi(ready),
    ldap,
    signInOnline: await openSignInOnline(ready.emulator, join(sandboxFolder, 'emulator')),
    startedInMs,
    process: child,
    printed: () => printed,
    stop: async () => {
      await ldap.unbind().catch(() => undefined);
      child.stdin.end();
      await ended;
      if (options.keepState !== true) await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** Integrates the emulated tenant by the API, doing at the cloud's pages what the administrator would do. */
export async function integrate({ api, ready }: Pick<TestSandbox, 'api' | 'ready'>): Promise<void> {
  const started = await api.call('startSetUp', {});
  const params = { id: started.id };
  const prompt = await until('there is a code to type', async () => {
    const attempt = await api.call('getSetUpAttempt', { params });
    return attempt.prompt ?? undefined;
  });
  await signInAtCloud(prompt.verificationUri, prompt.userCode, ready.emulator.administrator);
  const signedIn = await until('the administrator is signed in', async () => {
    const attempt = await api.call('getSetUpAttempt', { params, query: { wait: 5 } });
    return attempt.state === 'waiting-for-sign-in' ? undefined : attempt;
  });
  if (signedIn.tenant === null) throw new Error(`Not signed in: ${JSON.stringify(signedIn.problem)}`);
  await api.call('confirmSetUp', { params, body: { tenantId: signedIn.tenant.tenantId, usageLocation: 'US' } });
  await until(
    'the tenant is integrated',
    async () => {
      const attempt = await api.call('getSetUpAttempt', { params, query: { wait: 5 } });
      if (attempt.state === 'failed') throw new Error(`Not integrated: ${JSON.stringify(attempt.problem)}`);
      return attempt.state === 'done';
    },
    { seconds: 90 },
  );
}

/** Gives everybody who is ticked by default an online account, and waits for the end of the job. */
export async function createOnlineAccounts(api: ApiClient, skuPartNumbers: readonly string[] = [], seconds = 300) {
  const licenses = await api.call('listLicenses', {});
  const { items } = await api.call('listProposals', {});
  const result = await api.call('bulkCreateOnlineAccounts', {
    body: {
      accounts: items.filter((item) => item.selected).map(({ userId, address }) => ({ userId, address })),
      skuIds: licenses.items
        .filter((license) => skuPartNumbers.includes(license.skuPartNumber))
        .map((license) => license.skuId),
    },
  });
  if (result.kind !== 'job') throw new Error('A job was expected.');
  const { id } = result.job;
  return until(
    'the job has ended',
    async () => {
      const job = await api.call('getJob', { params: { id }, query: { wait: 5 } });
      return ['done', 'done-with-problems', 'failed', 'cancelled'].includes(job.state) ? job : undefined;
    },
    { seconds },
  );
}
