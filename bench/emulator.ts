import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  getBenchToken,
  type MeasuredProcess,
  startBenchEmulator,
  startMeasured,
  useOf,
} from './support/benchEmulator.ts';
import type { Figure } from './support/figures.ts';
import type { Load, LoadResult } from './support/loadProcess.ts';

const PEOPLE = 100_000;
const CONNECTIONS = 16;
const SECONDS = 1.5;
const WARM_UP_SECONDS = 2;
/** The servers are measured in turns, so that what else the machine does meanwhile meets all of them alike. */
const ROUNDS = 4;
const BATCH = 20;
const PAGE = 999;

interface Request {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** What the emulator costs, beside servers that do nothing but answer the same JSON. */
export async function benchEmulator(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-bench-emulator-'));
  try {
    const empty = await emptyFigures(join(folder, 'empty'));
    const seedFile = join(folder, 'seed.json');
    const skus = [{ sku: 'SPB', seats: 2 * PEOPLE }];
    await writeFile(seedFile, JSON.stringify({ skus, people: { count: PEOPLE, licenses: ['SPB'] } }));
    const full = await fullFigures(folder, seedFile, empty.megabytes);
    return [...empty.figures, ...full];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function emptyFigures(state: string): Promise<{ figures: Figure[]; megabytes: number }> {
  const first = await startBenchEmulator(state);
  const firstUse = await useOf(first.pid);
  await first.kill();
  const second = await startBenchEmulator(state);
  const { megabytes, cpuSeconds } = await useOf(second.pid);
  await second.kill();
  return {
    megabytes,
    figures: [
      { name: 'first start, empty tenant', value: first.startedInMs, unit: 'ms', aim: '< 500 ms' },
      { name: '  processor time of it', value: firstUse.cpuSeconds * 1000, unit: 'ms' },
      { name: 'second start, empty tenant', value: second.startedInMs, unit: 'ms', aim: '< 500 ms' },
      { name: '  processor time of it', value: cpuSeconds * 1000, unit: 'ms' },
      { name: 'memory, empty tenant', value: megabytes, unit: 'MB' },
    ],
  };
}

async function fullFigures(folder: string, seedFile: string, emptyMegabytes: number): Promise<Figure[]> {
  const state = join(folder, 'full');
  const planted = await startBenchEmulator(state, seedFile);
  await planted.kill('SIGKILL');
  const emulator = await startBenchEmulator(state);
  try {
    const { megabytes } = await useOf(emulator.pid);
    const token = await getBenchToken(emulator);
    const delta = await deltaPass(emulator, token);
    const figures: Figure[] = [
      { name: `first start, ${PEOPLE} users invented and planted`, value: planted.startedInMs / 1000, unit: 's' },
      { name: `start after kill -9, ${PEOPLE} users read back`, value: emulator.startedInMs / 1000, unit: 's' },
      { name: 'memory per 10,000 users', value: ((megabytes - emptyMegabytes) / PEOPLE) * 10_000, unit: 'MB' },
      { name: `delta pass over ${delta.users} users`, value: delta.seconds, unit: 's' },
    ];
    for (const request of await requestsFor(emulator, token)) {
      figures.push(...(await compare(folder, emulator, token, request)));
    }
    return figures;
  } finally {
    await emulator.kill();
  }
}

async function ask(emulator: MeasuredProcess, token: string, request: Omit<Request, 'name'>): Promise<Response> {
  const url = request.path.startsWith('https:') ? request.path : `${emulator.ready['url']}${request.path}`;
  return fetch(url, {
    method: request.method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
}

async function deltaPass(emulator: MeasuredProcess, token: string): Promise<{ users: number; seconds: number }> {
  const started = performance.now();
  let users = 0;
  for (let next: string | undefined = '/v1.0/users/delta'; next !== undefined; ) {
    const page = (await (await ask(emulator, token, { method: 'GET', path: next })).json()) as {
      value: unknown[];
      '@odata.nextLink'?: string;
    };
    users += page.value.length;
    next = page['@odata.nextLink'];
  }
  return { users, seconds: (performance.now() - started) / 1000 };
}

async function requestsFor(emulator: MeasuredProcess, token: string): Promise<Request[]> {
  const list = await ask(emulator, token, { method: 'GET', path: `/v1.0/users?$top=${BATCH}&$select=id` });
  const ids = ((await list.json()) as { value: { id: string }[] }).value.map(({ id }) => id);
  const user = `/v1.0/users/${ids[1]}`;
  const requests = ids.map((id, index) => ({ id: String(index), method: 'GET', url: `/users/${id}` }));
  return [
    { name: 'GET user', method: 'GET', path: user },
    { name: `list page of ${PAGE}`, method: 'GET', path: `/v1.0/users?$top=${PAGE}` },
    { name: 'PATCH user', method: 'PATCH', path: user, body: { jobTitle: 'Engineer' } },
    { name: `$batch of ${BATCH}`, method: 'POST', path: '/v1.0/$batch', body: { requests } },
  ];
}

async function compare(folder: string, emulator: MeasuredProcess, token: string, request: Request): Promise<Figure[]> {
  const answerFile = join(folder, 'answer.json');
  const pemFile = join(folder, 'bare.pem');
  const answer = await ask(emulator, token, request);
  const text = await answer.text();
  const body = text === '' ? {} : { body: JSON.parse(text) as unknown };
  await writeFile(answerFile, JSON.stringify({ status: answer.status, ...body }));
  const ca = join(folder, 'full', 'ca');
  await writeFile(pemFile, `${await readFile(`${ca}.pem`, 'utf8')}\n${await readFile(`${ca}.key`, 'utf8')}`);
  const bare = await startMeasured(join(import.meta.dirname, 'support', 'bareServerProcess.ts'), [answerFile, pemFile]);
  try {
    const port = Number(new URL(emulator.ready['url'] ?? '').port);
    const [own = 0, https = 0, http = 0] = await perCore([
      { pid: emulator.pid, load: loadOf(request, token, port, true) },
      { pid: bare.pid, load: loadOf(request, token, Number(bare.ready['https']), true) },
      { pid: bare.pid, load: loadOf(request, token, Number(bare.ready['http']), false) },
    ]);
    return [
      { name: `${request.name}, answers a second of one core`, value: own, unit: '' },
      { name: '  bare node:https, the same JSON', value: https, unit: '' },
      { name: '  bare node:http, the same JSON', value: http, unit: '' },
      { name: '  emulator by bare node:https', value: own / https, unit: 'x', aim: '>= 0.33' },
      { name: '  emulator by bare node:http', value: own / http, unit: 'x', aim: '>= 0.33' },
    ];
  } finally {
    await bare.kill();
  }
}

function loadOf(request: Request, token: string, port: number, secure: boolean): Load {
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const head = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: localhost:${port}`,
    `Authorization: Bearer ${token}`,
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return {
    port,
    secure,
    request: `${head.join('\r\n')}\r\n\r\n${body}`,
    connections: CONNECTIONS,
    seconds: SECONDS,
  };
}

interface Candidate {
  readonly pid: number;
  readonly load: Load;
}

/** Answers by the processor time that each server spent on them: what a core of its own would give in a second. */
async function perCore(candidates: readonly Candidate[]): Promise<number[]> {
  for (const { load } of candidates) await runLoad({ ...load, seconds: WARM_UP_SECONDS });
  const sums = candidates.map((candidate) => ({ ...candidate, answers: 0, cpuSeconds: 0 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const sum of sums) {
      const before = await useOf(sum.pid);
      const { answers, failures } = await runLoad(sum.load);
      if (failures > 0) throw new Error(`${failures} requests of the benchmark were refused`);
      sum.answers += answers;
      sum.cpuSeconds += (await useOf(sum.pid)).cpuSeconds - before.cpuSeconds;
    }
  }
  return sums.map(({ answers, cpuSeconds }) => answers / cpuSeconds);
}

async function runLoad(load: Load): Promise<LoadResult> {
  const script = join(import.meta.dirname, 'support', 'loadProcess.ts');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(load));
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) output += String(chunk);
  return JSON.parse(output) as LoadResult;
}
