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
