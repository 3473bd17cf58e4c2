import { expect, test } from 'vitest';
import { parseResourcePath } from './parseResourcePath.ts';

const query = new URLSearchParams("@login='i:0%23.f|membership|a@b.c'");

function parse(path: string): unknown[] {
  return parseResourcePath(path, query).map(({ name, args }) => [
    name,
    ...(args?.positional ?? []),
    ...Object.entries(args?.named ?? {}),
  ]);
}

test.each([
  ['web/lists', [['web'], ['lists']]],
  ["web/lists(guid'11')/items(3)", [['web'], ['lists', '11'], ['items', 3]]],
  ["web/GetByTitle('It''s / here')", [['web'], ['getbytitle', "It's / here"]]],
  [
    'roleassignments/addroleassignment(principalid=5, roledefid=1073741826)',
    [['roleassignments'], ['addroleassignment', ['principalid', 5], ['roledefid', 1073741826]]],
  ],
  ['users/removeByLoginName(@login)', [['users'], ['removebyloginname', 'i:0#.f|membership|a@b.c']]],
  ["Files/Add(url='a,b.txt',overwrite=true)", [['files'], ['add', ['url', 'a,b.txt'], ['overwrite', true]]]],
  ['breakroleinheritance(true)', [['breakroleinheritance', true]]],
])('%s', (path, parts) => {
  expect(parse(path)).toEqual(parts);
});

test.each(['lists(', 'lists(@missing)', 'lists(what)', '()'])('refuses %s', (path) => {
  expect(() => parse(path)).toThrow('is not valid');
});
