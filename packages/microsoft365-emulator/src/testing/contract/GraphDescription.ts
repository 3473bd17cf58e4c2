import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import { splitPath } from '../../graph/splitPath.ts';
import { asDescribed } from './asDescribed.ts';
import { type OpenApiSchema, openApiSchemas, SchemaConverter } from './toJsonSchema.ts';

const contentSchema = z.record(z.string(), z.looseObject({ schema: openApiSchemas.valueType.optional() }));
const bodySchema = z.looseObject({ content: contentSchema.optional() });
const operationSchema = z.looseObject({
  responses: z.record(z.string(), bodySchema),
  requestBody: bodySchema.optional(),
});
const methodNames = ['get', 'post', 'patch', 'put', 'delete'] as const;
const descriptionSchema = z.looseObject({
  paths: z.record(z.string(), z.partialRecord(z.enum(methodNames), operationSchema)),
  components: z.looseObject({ schemas: openApiSchemas }),
});

const ROOT = 'graph';

/** An operation of the description, with what its bodies have to look like. */
export interface DescribedOperation {
  /** `GET /users/{user-id}` */
  readonly key: string;
  readonly segments: readonly string[];
  readonly operation: z.infer<typeof operationSchema>;
}

/** What is wrong with a body, without anything of its contents. */
export interface BodyProblem {
  readonly keyword: string;
  readonly schemaPath: string;
  /** Names of properties from the body's root, `*` for any item. */
  readonly at: string;
}

/** Microsoft's description of Graph: which operations there are, and whether bodies are as it says. */
export class GraphDescription {
  readonly operations: readonly DescribedOperation[];
  readonly #converter: SchemaConverter;
  readonly #references: ReadonlyMap<string, OpenApiSchema>;
  readonly #ajv: Ajv;
  readonly #byShape = new Map<string, DescribedOperation[]>();
  readonly #validators = new Map<OpenApiSchema, ValidateFunction>();

  constructor(file: string) {
    const { paths, components } = descriptionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const names = Object.keys(components.schemas);
    this.#references = new Map(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    this.#converter = new SchemaConverter(components.schemas);
    this.#ajv = new Ajv({ strict: false, allErrors: false, logger: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: ROOT, components: { schemas: this.#converter.all() } });
    this.operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        key: `${method.toUpperCase()} ${path}`,
        segments: splitPath(path),
        operation,
      })),
    );
    for (const described of this.operations) this.#index(described);
  }

  /** The operation that a request asks for; undefined when the description does not have it. */
  find(method: string, path: string): DescribedOperation | undefined {
    const segments = splitPath(path.replace(/\?.*$/s, ''));
    const asUser = segments[0] === 'me' ? this.#match(method, ['users', 'me', ...segments.slice(1)]) : undefined;
    return this.#match(method, segments) ?? asUser ?? this.#match(method, asDescribed(segments));
  }

  check(schema: OpenApiSchema, body: unknown): BodyProblem | undefined {
    const validate = this.#validatorOf(schema);
    return validate(body) ? undefined : problemOf(validate.errors?.[0]);
  }

  /** Whether an object that says what type it is of is as that type says. */
  checkTyped(typeName: string, value: unknown): BodyProblem | undefined {
    const schema = this.#references.get(typeName);
    return schema === undefined ? undefined : this.check(schema, value);
  }

  checkError(body: unknown): BodyProblem | undefined {
    return this.checkTyped('ODataError', body);
  }

  #index(described: DescribedOperation): void {
    const key = shapeOf(described.key.split(' ')[0] ?? '', described.segments);
    const known = [...(this.#byShape.get(key) ?? []), described];
    this.#byShape.set(
      key,
      known.toSorted((one, other) => parametersOf(one) - parametersOf(other)),
    );
  }

  #match(method: string, segments: readonly string[]): DescribedOperation | undefined {
    return this.#byShape
      .get(shapeOf(method, segments))
      ?.find((described) => described.segments.every((part, index) => fits(part, segments[index] ?? '')));
  }

  #validatorOf(schema: OpenApiSchema): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const converted = absolute(this.#converter.convert(schema));
    const validate = this.#ajv.compile(converted);
    this.#validators.set(schema, validate);
    return validate;
  }
}

/** References inside a single schema, pointed at the whole description. */
function absolute(schema: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"#/components/', `"${ROOT}#/components/`);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Operations are kept apart by method, first part and length. */
function shapeOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments[0] ?? ''} ${segments.length}`;
}

function parametersOf({ segments }: DescribedOperation): number {
  return segments.filter((part) => part.startsWith('{')).length;
}

/** `{id}` is anything, `appId={appId}` anything behind `appId=`. */
function fits(pattern: string, segment: string): boolean {
  const start = pattern.indexOf('{');
  return start < 0 ? pattern === segment : segment.startsWith(pattern.slice(0, start));
}

function problemOf(error: ErrorObject | undefined): BodyProblem {
  const { keyword = '', schemaPath = '', instancePath = '', params } = error ?? {};
  const { additionalProperty } = z.looseObject({ additionalProperty: z.string().optional() }).parse(params ?? {});
  const at = instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  return { keyword, schemaPath, at: additionalProperty === undefined ? at : `${at}/${additionalProperty}` };
}
