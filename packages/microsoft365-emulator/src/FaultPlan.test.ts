import { expect, test } from 'vitest';
import { FaultPlan } from './FaultPlan.ts';

const answer = { status: 503 };

test('a fault hits the next matching call only, unless it says which ones', () => {
  const plan = new FaultPlan();
  plan.add({ method: 'get', path: '/v1.0/users/*', answer });
  plan.add({ path: '/v1.0/**', calls: [3, 4], answer: { status: 429 } });
  const hit = (method: string, path: string): number | undefined => plan.take(method, path)?.answer?.status;
  expect(hit('PATCH', '/v1.0/users/1')).toBeUndefined();
  expect(hit('GET', '/v1.0/users/1/manager')).toBeUndefined();
  expect(hit('GET', '/v1.0/users/1')).toBe(503);
  expect(hit('GET', '/v1.0/users/1')).toBe(429);
  expect(hit('GET', '/v1.0/users/1')).toBeUndefined();
  expect(plan.list().map(({ seen }) => seen)).toEqual([3, 5]);
});

test('dots and brackets in a path mean themselves', () => {
  const plan = new FaultPlan();
  plan.add({ path: '/v1.0/users(x)', calls: 'all', answer });
  expect(plan.take('GET', '/v1x0/users(x)')).toBeUndefined();
  expect(plan.take('GET', '/v1.0/users(x)')).toBeDefined();
  plan.remove();
  expect(plan.take('GET', '/v1.0/users(x)')).toBeUndefined();
});

test('a name in braces stands for one segment, as in the path of an operation', () => {
  const plan = new FaultPlan();
  plan.add({ path: '/v1.0/users/{id}/manager', calls: 'all', answer });
  expect(plan.take('GET', '/v1.0/users/ada/manager')).toBeDefined();
  expect(plan.take('GET', '/v1.0/users/ada/manager/more')).toBeUndefined();
});

test('a share of the calls is hit, the same ones for the same seed', () => {
  const hits = (seed: number): number[] => {
    const plan = new FaultPlan();
    plan.add({ path: '/**', calls: { share: 0.1, seed }, answer });
    return Array.from({ length: 10_000 }, (_, call) => call).filter(() => plan.take('GET', '/x') !== undefined);
  };
  expect(hits(7).length).toBeGreaterThan(900);
  expect(hits(7).length).toBeLessThan(1100);
  expect(hits(7)).toEqual(hits(7));
  expect(hits(7)).not.toEqual(hits(8));
});

test('standing faults stay when the plan is emptied', () => {
  const plan = new FaultPlan([{ path: '/standing', calls: 'all', answer }]);
  plan.add({ path: '/other', calls: 'all', answer });
  plan.remove();
  expect(plan.list().map(({ path }) => path)).toEqual(['/standing']);
});
