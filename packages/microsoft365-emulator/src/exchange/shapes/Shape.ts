/** A value that Exchange annotates with its type. */
export class TypedValue {
  readonly value: string | number | readonly string[] | null;
  readonly dataType: string | undefined;
  readonly odataType: string | undefined;

  constructor(value: TypedValue['value'], types: { dataType?: string; odataType?: string }) {
    this.value = value;
    this.dataType = types.dataType;
    this.odataType = types.odataType;
  }
}

export type ShapeValue = string | number | boolean | null | TypedValue;

/** An object as a cmdlet gives it, by property name. */
export type Shape = Readonly<Record<string, ShapeValue>>;

export function guid(value: string): TypedValue {
  return new TypedValue(value, { dataType: 'System.Guid', odataType: '#Guid' });
}

export function texts(values: readonly string[]): TypedValue {
  return new TypedValue(values, { odataType: '#Collection(String)' });
}

export function int32(value: number | null): TypedValue {
  return new TypedValue(value, { dataType: 'System.Int32' });
}

/** A moment the way .NET writes a local time, with seven decimals. */
export function localTime(milliseconds: number | null): TypedValue {
  return dateTime(milliseconds, '+00:00');
}

/** A moment the way .NET writes a time in UTC. */
export function utcTime(milliseconds: number | null): TypedValue {
  return dateTime(milliseconds, 'Z');
}

function dateTime(milliseconds: number | null, zone: string): TypedValue {
  const text = milliseconds === null ? null : new Date(milliseconds).toISOString().replace('Z', `0000${zone}`);
  return new TypedValue(text, { dataType: 'System.DateTime' });
}

/** A size the way Exchange writes it: `36 MB (37,748,736 bytes)`. */
export function byteSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = Number((bytes / 1024 ** power).toPrecision(4));
  return `${amount} ${units[power]} (${bytes.toLocaleString('en-US')} bytes)`;
}

/** The bare value of a property, as filters and sorting see it. */
export function plainValue(value: ShapeValue | undefined): string | number | boolean | null | readonly string[] {
  if (value === undefined) return null;
  return value instanceof TypedValue ? value.value : value;
}

/** The object as JSON, with the annotations before the values they are about; `selected` are lower-case names. */
export function writeShape(shape: Shape, selected: ReadonlySet<string> | undefined): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(shape)) {
    if (selected !== undefined && !selected.has(name.toLowerCase())) continue;
    if (value instanceof TypedValue) {
      if (value.dataType !== undefined) written[`${name}@data.type`] = value.dataType;
      if (value.odataType !== undefined) written[`${name}@odata.type`] = value.odataType;
      written[name] = value.value;
    } else written[name] = value;
  }
  return written;
}
