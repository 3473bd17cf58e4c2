/** Percentile by nearest rank; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** One measured figure. `unit` is `ms`, `s`, `MB`, `%`, `x` or a count's noun. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What we want it to be, where the product promises something. */
  readonly aim?: string;
}

const DIGITS = 2;

/** Median, 99th percentile and worst of times in milliseconds. */
export function timesOf(name: string, milliseconds: readonly number[], aim?: string): Figure[] {
  return [
    { name: `${name}, p50`, value: percentile(milliseconds, 0.5), unit: 'ms' },
    { name: `${name}, p99`, value: percentile(milliseconds, 0.99), unit: 'ms', ...(aim === undefined ? {} : { aim }) },
    { name: `${name}, worst of ${milliseconds.length}`, value: Math.max(...milliseconds), unit: 'ms' },
  ];
}

export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { name, value, unit, aim } of figures) {
    const number = Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(DIGITS);
    console.log(`  ${name.padEnd(62)} ${number.padStart(9)} ${unit}${aim === undefined ? '' : `   (aim: ${aim})`}`);
  }
}
