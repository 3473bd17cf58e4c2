import type { Notice } from '@isthmus/contracts';
import Table from 'cli-table3';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Results go to standard output, everything else to standard error, so that pipes get results only. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** `value` as JSON, or what `show` prints for people. */
  result(value: unknown, show: () => void): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    else show();
  }

  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], empty: string): void {
    if (rows.length === 0) {
      this.line(empty);
      return;
    }
    const table = new Table({
      head: columns.map((column) => column.title),
      chars: NO_LINES,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    });
    table.push(...rows.map((row) => columns.map((column) => column.value(row))));
    this.line(table.toString().replaceAll(/ +$/gm, ''));
  }

  /** `name: value` lines, aligned. */
  properties(properties: readonly (readonly [name: string, value: string])[]): void {
    const width = Math.max(...properties.map(([name]) => name.length));
    for (const [name, value] of properties) this.line(`${`${name}:`.padEnd(width + 2)}${value}`);
  }

  notice(kind: string, notice: Notice): void {
    this.line(`${kind}: ${notice.message}${notice.remedy === undefined ? '' : ` ${notice.remedy}`} [${notice.code}]`);
  }
}
