import type { CmdletCall } from './Cmdlet.ts';
import { matchesFilter, propertyOf } from './filter/matchesFilter.ts';
import { parseFilter } from './filter/parseFilter.ts';
import { noRows, type Rows, rowsOf } from './Rows.ts';
import type { Shape } from './shapes/Shape.ts';

const DEFAULT_SIZE = 1000;

/** What a Get cmdlet gives of these objects, by its `Filter`, `SortBy` and `ResultSize`. */
export function listing<T>(
  call: CmdletCall,
  items: readonly T[],
  present: (item: T) => Shape,
  /** Properties that only filters see. */
  hidden: (item: T) => Shape = () => ({}),
): Rows {
  const filter = call.parameters.text('Filter') ?? call.parameters.text('RecipientPreviewFilter');
  const node = filter === undefined ? undefined : parseFilter(filter);
  const sortBy = call.parameters.text('SortBy');
  const matching =
    node === undefined ? items : items.filter((item) => matchesFilter(node, { ...present(item), ...hidden(item) }));
  if (sortBy === undefined) return limited(call, matching, present);
  const sorted = matching.map(present).sort((one, other) => compareTexts(one, other, sortBy));
  return limited(call, sorted, (shape) => shape);
}

function compareTexts(one: Shape, other: Shape, name: string): number {
  return String(propertyOf(one, name) ?? '').localeCompare(String(propertyOf(other, name) ?? ''));
}

function limited<T>(call: CmdletCall, items: readonly T[], present: (item: T) => Shape): Rows {
  const size = maximumOf(call);
  if (items.length <= size) return items.length === 0 ? noRows : rowsOf(items, present);
  call.warnings.push(
    'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.',
  );
  return rowsOf(items.slice(0, size), present);
}

function maximumOf({ parameters, settings }: CmdletCall): number {
  const asked = parameters.value('ResultSize');
  if (settings.exchange.resultSize === 'ignored' || asked === 'Unlimited') return Number.POSITIVE_INFINITY;
  return typeof asked === 'number' ? asked : DEFAULT_SIZE;
}
