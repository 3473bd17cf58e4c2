import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Exchange, ExchangeRecorder } from '../../ExchangeRecorder.ts';
import { type ContractReport, checkExchanges } from './checkExchanges.ts';
import { GraphDescription } from './GraphDescription.ts';

const schemas = {
  ODataError: {
    type: 'object',
    required: ['error'],
    properties: { error: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } } },
  },
  'microsoft.graph.entity': { type: 'object', properties: { id: { type: 'string' } } },
  'microsoft.graph.color': { type: 'string', enum: ['red', 'green'] },
  'microsoft.graph.thing': {
    allOf: [
      { $ref: '#/components/schemas/microsoft.graph.entity' },
      {
        type: 'object',
        properties: {
          name: { type: 'string', nullable: true },
          at: { type: 'string', format: 'date-time' },
          color: {
            anyOf: [{ $ref: '#/components/schemas/microsoft.graph.color' }, { type: 'object', nullable: true }],
          },
        },
      },
    ],
  },
};
const thing = { content: { 'application/json': { schema: { $ref: '#/components/schemas/microsoft.graph.thing' } } } };
const description = {
  paths: {
    '/things': { post: { requestBody: thing, responses: { '201': thing } } },
    '/things/{thing-id}': { get: { responses: { '200': thing } }, delete: { responses: { '204': {} } } },
    "/things(code='{code}')": { get: { responses: { '200': {} } } },
  },
  components: { schemas },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchanges-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function check(...exchanges: Exchange[]): Promise<ContractReport> {
  const file = join(folder, 'description.json');
  writeFileSync(file, JSON.stringify(description));
  const recorder = new ExchangeRecorder(folder);
  for (const exchange of exchanges) recorder.record(exchange);
  recorder.close();
  return checkExchanges(folder, new GraphDescription(file));
}

test('what is as described passes, and counts', async () => {
  const answer = { '@odata.context': 'x', id: '1', name: null, color: null, at: '2026-01-01T00:00:00Z' };
  const report = await check(
    { method: 'GET', path: '/things/1?$select=id', status: 200, responseBody: answer },
    { method: 'GET', path: "/things(code='9')", status: 200 },
    { method: 'GET', path: '/things/2', status: 404, responseBody: { error: { code: 'itemNotFound' } } },
    { method: 'DELETE', path: '/things/1', status: 404, responseBody: { error: { code: 'itemNotFound' } } },
    { method: 'GET', path: '/others', status: 200, responseBody: { whatever: true } },
  );
  expect([...report.violations.keys()]).toEqual([]);
  expect(report).toMatchObject({ checked: 5, described: 4, undescribed: 1 });
  expect(report.exercised).toEqual(['GET /things/{thing-id}', "GET /things(code='{code}')"]);
});

test.each<[string, Exchange, RegExp]>([
  ['a misspelled property', { method: 'GET', path: '/things/1', status: 200, responseBody: { nmae: '' } }, /\/nmae/],
  ['a wrong type', { method: 'GET', path: '/things/1', status: 200, responseBody: { name: 1 } }, /type at \/name/],
  ['a wrong date', { method: 'GET', path: '/things/1', status: 200, responseBody: { at: 'soon' } }, /format at \/at/],
  ['an unknown word', { method: 'GET', path: '/things/1', status: 200, responseBody: { color: 'blue' } }, /\/color/],
  [
    'a wrong request',
    { method: 'POST', path: '/things', status: 201, requestBody: { nam: 'secret' } },
    /request.*\/nam/,
  ],
  ['a status that is not described', { method: 'DELETE', path: '/things/1', status: 200 }, /answered 200/],
  ['a refusal of another shape', { method: 'GET', path: '/things/1', status: 404, responseBody: {} }, /required/],
  [
    'an object that is not of the type it names',
    {
      method: 'GET',
      path: '/things(code=1)',
      status: 200,
      responseBody: { value: [{ '@odata.type': '#microsoft.graph.thing', size: 1 }] },
    },
    /thing: additionalProperties at \/size/,
  ],
])('%s is found, once, and without its value', async (_, exchange, expected) => {
  const { violations } = await check(exchange, exchange);
  expect([...violations.values()]).toEqual([2]);
  expect([...violations.keys()][0]).toMatch(expected);
  expect([...violations.keys()][0]).not.toMatch(/secret|soon|blue/);
});
