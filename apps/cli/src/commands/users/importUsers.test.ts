import type { UserFile } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import { UsageError } from '../../UsageError.ts';
import { mappingFor } from './importUsers.ts';

const column = (name: string, field: UserFile['columns'][number]['field'] = null) => ({ name, field, sample: '' });
const file = { columns: [column('Login', 'userName'), column('Name', 'displayName'), column('a=b'), column('Nick')] };

test('what is said replaces what the names tell, and one column holds a field', () => {
  expect(mappingFor(file, [])).toEqual({ userName: 0, displayName: 1 });
  expect(mappingFor(file, ['nick=userName', 'a=b=title'])).toEqual({ userName: 3, displayName: 1, title: 2 });
  expect(mappingFor(file, ['Name='])).toEqual({ userName: 0 });
});

test.each(['Nick', 'Unknown=title', 'Nick=titel'])('%s is refused', (text) => {
  expect(() => mappingFor(file, [text])).toThrow(UsageError);
});
