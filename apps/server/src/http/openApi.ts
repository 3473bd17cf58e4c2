import { type Operation, operations, problemSchema } from '@isthmus/contracts';
import { z } from 'zod';

type Json = Record<string, unknown>;

const toJson = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return rest;
};

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schemaOfName }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: schemaOfName,
  }));
}

function successOf(operation: Operation): Json {
  const status = operation.status ?? (operation.response === undefined && operation.produces === undefined ? 204 : 200);
  if (operation.produces !== undefined) {
    return { [status]: { description: 'The file', content: { [operation.produces]: { schema: { type: 'string' } } } } };
  }
  if (operation.response === undefined) return { [status]: { description: 'Done' } };
  const schema = toJson(operation.response, 'output');
  return { [status]: { description: 'Done', content: { 'application/json': { schema } } } };
}

const headersOfChanges: readonly Json[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Repeating a request with the same key answers the first answer again.',
    schema: { type: 'string', maxLength: 200 },
  },
];

function describe(operation: Operation): Json {
  const isOpen = operation.permission === 'anybody';
  return {
    operationId: operation.id,
    tags: [operation.feature],
    summary: operation.summary,
    description: `Permission: \`${operation.permission}\`.`,
    parameters: [
      ...parametersOf(operation.params, 'path'),
      ...parametersOf(operation.query, 'query'),
      ...(operation.method === 'GET' || isOpen ? [] : headersOfChanges),
    ],
    ...(operation.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: toJson(operation.body, 'input') } } },
        }),
    responses: {
      ...successOf(operation),
      default: {
        description: 'Problem details (RFC 9457) with a stable code and a remedy',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    ...(isOpen ? { security: [] } : {}),
  };
}

/** The REST API as OpenAPI 3.1, made from the same operations that the routes are made from. */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of Object.values(operations) as Operation[]) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Isthmus',
      version,
      description:
        'One dashboard for an on-premises Active Directory and Microsoft 365. Changes made with the session cookie ' +
        'need the header `x-isthmus-client`; scripts use a bearer token from `signIn` with `kind: token`. ' +
        '`GET /events` is a stream of Server-Sent Events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ cookie: [] }, { bearer: [] }],
    paths,
    components: {
      schemas: { Problem: toJson(problemSchema, 'output') },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-isthmus' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
