import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findGraphDescription } from '../testing/graphDescription.ts';
import { withRootAsItem } from './drives/drivePaths.ts';
import { notImplemented } from './notImplemented.ts';
import { operations } from './operations.ts';
import { withSitePath } from './sites/operations.ts';
import { splitPath } from './splitPath.ts';

const file = findGraphDescription();
const methods = new Set(['get', 'post', 'patch', 'put', 'delete']);

/** An operation without the names of its parameters, and with `/me` as the user that it stands for. */
function shapeOf(method: string, path: string): string {
  const canonical = withRootAsItem(withSitePath(splitPath(path)));
  const parts = canonical.map((part) => (part.includes('{') || part === 'root' ? '{}' : part));
  const segments = parts[0] === 'me' ? ['users', '{}', ...parts.slice(1)] : parts;
  return `${method.toUpperCase()} /${segments.join('/')}`;
}

const emulated = new Set(operations.map(({ method, path }) => shapeOf(method, path)));
const refused = new Set(notImplemented.map(({ method, path }) => shapeOf(method, path)));

test('what is emulated is not listed as missing', () => {
  expect([...refused].filter((shape) => emulated.has(shape))).toEqual([]);
});

describe.skipIf(file === undefined)("Microsoft's description of Graph", () => {
  test('every operation of it is emulated or listed as missing', () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(readFileSync(file ?? '', 'utf8')));
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => methods.has(method))
        .map((method) => shapeOf(method, path)),
    );
    const batch = 'POST /$batch';
    expect(described.filter((shape) => shape !== batch && !emulated.has(shape) && !refused.has(shape))).toEqual([]);
    expect([...refused].filter((shape) => !described.includes(shape))).toEqual([]);
  });
});
