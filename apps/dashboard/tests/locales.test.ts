import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../src', import.meta.url));
const folder = join(root, 'locales/en');

type Texts = { readonly [key: string]: string | Texts };

function keysOf(texts: Texts, before = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

const namespaces = readdirSync(folder).map((name) => name.replace('.json', ''));
const plural = /_(zero|one|two|few|many|other)$/;

/** Keys written out, and those with a part that is only known when it runs: `state.${state}`. */
const written = new Set(Array.from(sources.matchAll(/['"`](?:\w+:)?([\w-]+(?:\.[\w-]+)*)['"`]/g), (match) => match[1]));
const patterns = Array.from(sources.matchAll(/`(?:\w+:)?([\w.-]*\$\{[^`]+)`/g), (match) => match[1] ?? '')
  .filter((text) => /^[\w-]+\.(?:[\w-]+\.)*\$\{/.test(text))
  .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`));

test.each(namespaces)('every text of %s is used', (namespace) => {
  const texts = JSON.parse(readFileSync(join(folder, `${namespace}.json`), 'utf8')) as Texts;
  const keys = new Set(keysOf(texts).map((key) => key.replace(plural, '')));
  const unused = [...keys].filter((key) => !written.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});

test('every key that is written out has a text', () => {
  const known = new Set(
    namespaces.flatMap((namespace) =>
      keysOf(JSON.parse(readFileSync(join(folder, `${namespace}.json`), 'utf8')) as Texts).map((key) =>
        key.replace(plural, ''),
      ),
    ),
  );
  const calls = Array.from(sources.matchAll(/\bt\(\s*'(?:\w+:)?([\w.-]+)'/g), (match) => match[1] ?? '');
  expect(calls.length).toBeGreaterThan(300);
  expect(calls.filter((key) => !known.has(key))).toEqual([]);
});

test('plurals come in pairs', () => {
  const broken = namespaces.flatMap((namespace) => {
    const keys = keysOf(JSON.parse(readFileSync(join(folder, `${namespace}.json`), 'utf8')) as Texts);
    return keys.filter((key) => key.endsWith('_one') && !keys.includes(key.replace(/_one$/, '_other')));
  });
  expect(broken).toEqual([]);
});
