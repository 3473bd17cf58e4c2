import { type Problem, problemSchema } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import { isProblem } from './isProblem.ts';

const whole: Problem = {
  type: 'about:blank',
  title: 'Taken',
  status: 409,
  code: 'directory.user-name-taken',
  detail: 'The user name is taken.',
  remedy: 'Choose another one.',
  field: 'userName',
  errors: [],
  requestId: 'r1',
};

test('what the schema takes for a problem is one, with or without each part', () => {
  const parts = Object.keys(whole).map((name) => Object.fromEntries(Object.entries(whole).filter(([n]) => n !== name)));
  for (const answer of [whole, ...parts]) expect(isProblem(answer)).toBe(problemSchema.safeParse(answer).success);
});

test('the answers of proxies and of other services are none', () => {
  for (const answer of [
    undefined,
    null,
    'Bad Gateway',
    [],
    {},
    { error: { code: 'x' } },
    { ...whole, status: '409' },
  ]) {
    expect(isProblem(answer)).toBe(false);
  }
});
