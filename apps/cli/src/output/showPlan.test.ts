import type { Plan } from '@isthmus/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import { Output } from './Output.ts';
import { showPlan } from './showPlan.ts';

const plan: Plan = {
  items: [
    {
      subject: {
        userId: null,
        onlineAccountId: null,
        name: 'Ada Lovelace',
        userName: 'ada',
        address: 'ada@contoso.test',
      },
      actions: [
        {
          type: 'online.block-sign-in',
          side: 'online',
          reason: 'user-disabled',
          changes: [{ field: 'signInAllowed', before: 'true', after: 'false' }],
        },
      ],
      warnings: [{ code: 'users.last-license', message: 'The license stays assigned.' }],
      blocked: null,
    },
  ],
  counts: { 'online.block-sign-in': 1 },
  warnings: [],
  blocked: null,
};

afterEach(() => {
  vi.restoreAllMocks();
});

function written(json: boolean): { result: string; notes: string } {
  const texts = { result: '', notes: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    texts.result += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    texts.notes += String(text);
    return true;
  });
  showPlan(new Output(json), plan);
  return texts;
}

test('a plan reads as who, what, why and from what to what', () => {
  const { result, notes } = written(false);
  expect(result).toContain('Ada Lovelace (ada, ada@contoso.test)');
  expect(result).toContain('online.block-sign-in  because user-disabled');
  expect(result).toContain('signInAllowed: true -> false');
  expect(result).toContain('Warning: The license stays assigned. [users.last-license]');
  expect(notes).toContain('Nothing was changed. 1 action would be done.');
});

test('as JSON the plan is the only thing on standard output', () => {
  expect(JSON.parse(written(true).result)).toEqual(plan);
});
