import type { Cmdlet } from '../Cmdlet.ts';
import { ExchangeError } from '../errors/ExchangeError.ts';
import { BoundParameters, type BoundValue } from './BoundParameters.ts';
import { readListChange } from './ListChange.ts';
import { changeParameters, commonParameters, type ParameterTable, type ParameterType } from './ParameterType.ts';
import { secondsOf, timeSpan } from './timeSpan.ts';

const INTEGER_MAXIMUM = 2_147_483_647;

/** Checks what a call passes against the cmdlet's table; `hidden` are parameters that the caller's roles do not show. */
export function bindParameters(
  cmdlet: Cmdlet,
  given: Readonly<Record<string, unknown>>,
  hidden: readonly string[] = [],
): BoundParameters {
  const table = tableOf(cmdlet);
  const values = new Map<string, BoundValue>();
  for (const [name, value] of Object.entries(given)) {
    if (name.endsWith('@odata.type')) continue;
    const type = Object.hasOwn(table, name) && !hidden.includes(name) ? table[name] : undefined;
    if (type === undefined) throw new ExchangeError('unknownParameter', { parameter: name });
    values.set(name, convert(name, value, type));
  }
  checkTogether(cmdlet, values);
  return new BoundParameters(values);
}

function tableOf(cmdlet: Cmdlet): ParameterTable {
  const isRead = cmdlet.name.startsWith('Get-');
  return { ...commonParameters, ...(isRead ? {} : changeParameters), ...cmdlet.parameters };
}

function checkTogether(cmdlet: Cmdlet, values: ReadonlyMap<string, BoundValue>): void {
  const mandatory = cmdlet.mandatory ?? [];
  const absent = mandatory.filter((name) => !values.has(name));
  if (absent.length > 0) throw new ExchangeError('missingParameter', { parameters: absent.join(', ') });
  const empty = mandatory.find((name) => values.get(name) === null || values.get(name) === '');
  if (empty !== undefined) throw new ExchangeError('nullParameter', { parameter: empty });
  for (const together of cmdlet.exclusive ?? []) {
    if (together.filter((name) => values.has(name)).length > 1) throw new ExchangeError('ambiguousParameters');
  }
  if (cmdlet.confirms === true && values.get('Confirm') !== false) {
    throw new ExchangeError('nobodyToConfirm', { cmdlet: cmdlet.name });
  }
}

function convert(name: string, value: unknown, type: ParameterType): BoundValue {
  const converted = converters[type.kind](value, type as never);
  if (converted !== undefined) return checkedRange(name, converted, type);
  throw new ExchangeError('badValue', { parameter: name, value: shown(value), typeName: typeNameOf(type) });
}

type Converters = {
  readonly [Kind in ParameterType['kind']]: (
    value: unknown,
    type: Extract<ParameterType, { kind: Kind }>,
  ) => BoundValue | undefined;
};

const converters: Converters = {
  text: (value) => {
    if (value === null || typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : undefined;
  },
  flag: (value) => (typeof value === 'boolean' ? value : undefined),
  number: (value) => (value === null ? null : integer(value)),
  choice: (value, { values }) => oneOf(value, values),
  choices: (value, { values }) => {
    const wanted = Array.isArray(value) ? value : [value];
    const found = wanted.map((one) => oneOf(one, values));
    return found.every((one) => one !== undefined) ? found : undefined;
  },
  list: (value) => readListChange(value),
  limit: (value) => (isUnlimited(value) ? 'Unlimited' : integer(value)),
  span: (value) => {
    if (isUnlimited(value)) return 'Unlimited';
    const seconds = typeof value === 'string' ? secondsOf(value) : undefined;
    return seconds === undefined ? undefined : timeSpan(seconds);
  },
};

function isUnlimited(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'unlimited';
}

function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= INTEGER_MAXIMUM
    ? number
    : undefined;
}

function oneOf(value: unknown, values: readonly string[]): string | undefined {
  return values.find((known) => known.toLowerCase() === String(value).toLowerCase());
}

function checkedRange(name: string, value: BoundValue, type: ParameterType): BoundValue {
  const size = sizeOf(value, type);
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = boundsOf(type);
  if (size === undefined || (size >= minimum && size <= maximum)) return value;
  const shownValue = type.kind === 'span' ? String(value) : String(size);
  const side = size < minimum ? 'less than the minimum' : 'greater than the maximum';
  const bound =
    type.kind === 'span' ? timeSpan(size < minimum ? minimum : maximum) : size < minimum ? minimum : maximum;
  const text = `Cannot validate argument on parameter '${name}'. The ${shownValue} argument is ${side} allowed range of ${bound}.`;
  throw new ExchangeError('invalid', { text });
}

function boundsOf(type: ParameterType): { minimum?: number | undefined; maximum?: number | undefined } {
  if (type.kind === 'text') return { maximum: type.maxLength };
  if (type.kind === 'list') return { maximum: type.maximum };
  return 'minimum' in type ? type : {};
}

/** What the bounds of the type are about: the number, the seconds, the length of a text or of a list. */
function sizeOf(value: BoundValue, type: ParameterType): number | undefined {
  if (typeof value === 'number') return value;
  if (type.kind === 'span' && typeof value === 'string') return secondsOf(value);
  if (type.kind === 'text' && typeof value === 'string') return value.length;
  if (type.kind !== 'list' || typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return value.kind === 'replace' ? value.values.length : value.add.length;
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const typeNames: Readonly<Record<ParameterType['kind'], string>> = {
  text: 'System.String',
  flag: 'System.Boolean',
  number: 'System.Int32',
  choice: '',
  choices: '',
  list: 'Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]',
  limit: 'Microsoft.Exchange.Data.Unlimited`1[System.UInt32]',
  span: 'Microsoft.Exchange.Data.Unlimited`1[Microsoft.Exchange.Data.EnhancedTimeSpan]',
};

function typeNameOf(type: ParameterType): string {
  return 'typeName' in type ? type.typeName : typeNames[type.kind];
}
