import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStandingSwitches, type StandingSwitches } from './standingSwitches.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string): StandingSwitches {
  const path = join(folder, 'settings.json');
  writeFileSync(path, content);
  return readStandingSwitches({ MICROSOFT365_EMULATOR_SETTINGS: path });
}

test('settings and faults are taken from the file that the environment names', () => {
  expect(readStandingSwitches({})).toEqual({ settings: {}, faults: [] });
  const faults = [{ path: '/v1.0/**', calls: { share: 0.01, seed: 1 }, reset: 'after' }];
  expect(read(JSON.stringify({ settings: { lagMs: { all: 5 } }, faults }))).toEqual({
    settings: { lagMs: { all: 5 } },
    faults,
  });
});

test('a file with a mistake in it starts nothing', () => {
  expect(() => read('{')).toThrow(/cannot use the settings/);
  expect(() => read('{"settings":{"lagMs":{"nonsense":1}}}')).toThrow(/lagMs/);
  expect(() => readStandingSwitches({ MICROSOFT365_EMULATOR_SETTINGS: join(folder, 'none') })).toThrow(/ENOENT/);
});
