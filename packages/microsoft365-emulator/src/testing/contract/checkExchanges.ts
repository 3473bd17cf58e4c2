import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Exchange } from '../../ExchangeRecorder.ts';
import type { BodyProblem, DescribedOperation, GraphDescription } from './GraphDescription.ts';
import { isKnownDifference } from './knownDifferences.ts';

const exchangeSchema: z.ZodType<Exchange> = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  requestBody: z.unknown().optional(),
  responseBody: z.unknown().optional(),
});

export interface ContractReport {
  readonly checked: number;
  /** Operations of the description that were carried out at least once, of all there are. */
  readonly exercised: readonly string[];
  readonly described: number;
  /** Requests that the description says nothing about, by method and shape. */
  readonly undescribed: number;
  /** Each one once, with how often it was seen. */
  readonly violations: ReadonlyMap<string, number>;
}

/** Holds all exchanges that were written into a folder against Microsoft's description. */
export async function checkExchanges(folder: string, description: GraphDescription): Promise<ContractReport> {
  const exercised = new Set<string>();
  const violations = new Map<string, number>();
  let checked = 0;
  let undescribed = 0;
  for await (const exchange of readExchanges(folder)) {
    const described = description.find(exchange.method, exchange.path);
    checked += 1;
    if (described === undefined) undescribed += 1;
    else if (exchange.status < 400) exercised.add(described.key);
    for (const violation of violationsOf(exchange, described, description)) {
      violations.set(violation, (violations.get(violation) ?? 0) + 1);
    }
  }
  return { checked, exercised: [...exercised], described: description.operations.length, undescribed, violations };
}

async function* readExchanges(folder: string): AsyncGenerator<Exchange> {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ndjson'))) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      yield exchangeSchema.parse(JSON.parse(line));
    }
  }
}

function violationsOf(
  exchange: Exchange,
  described: DescribedOperation | undefined,
  description: GraphDescription,
): string[] {
  const operation = described?.key ?? `${exchange.method} (not described)`;
  return problemsOf(exchange, described, description)
    .map((problem) => `${operation} ${problem}`)
    .filter((violation) => !isKnownDifference(violation));
}

function problemsOf(
  { status, requestBody, responseBody }: Exchange,
  described: DescribedOperation | undefined,
  description: GraphDescription,
): string[] {
  if (status >= 400) {
    const own = status === 500 ? ['answered 500'] : [];
    return [...own, ...worded(`answer ${status}`, description.checkError(responseBody))];
  }
  if (described === undefined) return [];
  const { responses, requestBody: request } = described.operation;
  const response = responses[String(status)];
  if (response === undefined) return [`answered ${status}, which is not described`];
  const answerSchema = response.content?.['application/json']?.schema;
  const requestSchema = request?.content?.['application/json']?.schema;
  return [
    ...(requestSchema !== undefined && requestBody !== undefined
      ? worded('request', description.check(requestSchema, requestBody))
      : []),
    ...(answerSchema !== undefined && responseBody !== undefined
      ? worded(`answer ${status}`, description.check(answerSchema, responseBody))
      : []),
    ...typedObjects(responseBody).flatMap(([name, value]) =>
      worded(`answer ${status} ${name}`, description.checkTyped(name, value)),
    ),
  ];
}

function worded(what: string, problem: BodyProblem | undefined): string[] {
  if (problem === undefined) return [];
  return [`${what}: ${problem.keyword} at ${problem.at === '' ? '/' : problem.at} (${problem.schemaPath})`];
}

/** Objects of an answer that name their type. */
function typedObjects(body: unknown): [string, unknown][] {
  const { value } = Object(body) as { value?: unknown };
  return [body, ...(Array.isArray(value) ? value : [])].flatMap((object): [string, unknown][] => {
    const type: unknown = Object(object)['@odata.type'];
    return typeof type === 'string' ? [[type.replace('#', ''), object]] : [];
  });
}
