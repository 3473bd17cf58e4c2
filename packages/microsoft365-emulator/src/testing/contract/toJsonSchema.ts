import * as z from 'zod';

/** A schema of OpenAPI 3.0, as far as Microsoft's description uses them. */
const openApiSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  format: z.string().optional(),
  nullable: z.boolean().optional(),
  enum: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  additionalProperties: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), openApiSchema).optional();
  },
  get items() {
    return openApiSchema.optional();
  },
  get allOf() {
    return z.array(openApiSchema).optional();
  },
  get anyOf() {
    return z.array(openApiSchema).optional();
  },
});

export type OpenApiSchema = z.infer<typeof openApiSchema>;

export const openApiSchemas = z.record(z.string(), openApiSchema);

export type JsonSchema = Record<string, unknown>;

const formats: ReadonlySet<string> = new Set(['date-time', 'uuid', 'int32', 'int64', 'double', 'time']);
/** What objects may have besides the properties of their type: annotations, and extensions on directory objects. */
const MORE = '@|^extension_|^ext[a-z0-9]{8}_';
/** Types whose further properties have any name; the description calls more types open, for extensions. */
const reallyOpen = /identity(set)?$|\.customSecurityAttributeValue$|\.publicInnerError$/i;
const PREFIX = '#/components/schemas/';

/**
 * Turns schemas of OpenAPI 3.0 into JSON Schema: `nullable` becomes a type, and an object of a type that no other one is
 * made from may have no properties but its own and annotations, so that misspelled ones are found.
 */
export class SchemaConverter {
  readonly #schemas: Readonly<Record<string, OpenApiSchema>>;
  readonly #bases: ReadonlySet<string>;

  constructor(schemas: Readonly<Record<string, OpenApiSchema>>) {
    this.#schemas = schemas;
    this.#bases = new Set(Object.values(schemas).flatMap(({ allOf = [] }) => allOf.flatMap(nameOfReference)));
  }

  /** All schemas of the description, under the names they are referred to by. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.#schemas).map(([name, schema]) => [name, this.#named(name, schema)]));
  }

  convert(schema: OpenApiSchema): JsonSchema {
    if (schema.$ref !== undefined) return { $ref: schema.$ref };
    if (schema.anyOf !== undefined) return { anyOf: schema.anyOf.map((part) => this.#alternative(part)) };
    if (schema.allOf !== undefined) return { allOf: schema.allOf.map((part) => this.convert(part)) };
    return this.#plain(schema);
  }

  /** Next to a reference, an object that may be null stands for null alone. */
  #alternative(schema: OpenApiSchema): JsonSchema {
    const isNull = schema.type === 'object' && schema.nullable === true && schema.properties === undefined;
    return isNull ? { type: 'null' } : this.convert(schema);
  }

  #named(name: string, schema: OpenApiSchema): JsonSchema {
    const properties = this.#allProperties(schema);
    if (properties === undefined) return this.convert(schema);
    const converted = this.#convertAll(properties);
    if (this.#bases.has(name) || reallyOpen.test(name)) return { type: 'object', properties: converted };
    return { type: 'object', properties: converted, patternProperties: { [MORE]: {} }, additionalProperties: false };
  }

  /** Properties of an object with those it has from others; undefined for what is not an object with properties. */
  #allProperties(schema: OpenApiSchema): Record<string, OpenApiSchema> | undefined {
    if (schema.$ref !== undefined) {
      const [name = ''] = nameOfReference(schema);
      const target = this.#schemas[name];
      return target === undefined ? undefined : this.#allProperties(target);
    }
    if (schema.allOf === undefined) return schema.required === undefined ? schema.properties : undefined;
    return Object.assign({}, ...schema.allOf.map((part) => this.#allProperties(part) ?? {}));
  }

  #plain(schema: OpenApiSchema): JsonSchema {
    const { type, format, nullable, properties, items, additionalProperties } = schema;
    const converted: JsonSchema = {};
    if (type !== undefined) converted['type'] = nullable === true ? [type, 'null'] : type;
    if (format !== undefined && formats.has(format)) converted['format'] = format;
    if (schema.enum !== undefined) converted['enum'] = nullable === true ? [...schema.enum, null] : schema.enum;
    if (properties !== undefined) converted['properties'] = this.#convertAll(properties);
    if (items !== undefined) converted['items'] = this.convert(items);
    if (typeof additionalProperties === 'object') {
      converted['additionalProperties'] = this.convert(openApiSchema.parse(additionalProperties));
    }
    for (const name of ['required', 'maxLength', 'maxItems', 'minimum'] as const) {
      if (schema[name] !== undefined) converted[name] = schema[name];
    }
    return converted;
  }

  #convertAll(properties: Readonly<Record<string, OpenApiSchema>>): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.convert(schema)]));
  }
}

function nameOfReference({ $ref }: OpenApiSchema): string[] {
  return $ref === undefined ? [] : [$ref.replace(PREFIX, '')];
}
