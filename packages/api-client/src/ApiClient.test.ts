import { operations, type User } from '@isthmus/contracts';
import { expect, expectTypeOf, test } from 'vitest';
import { type ApiClient, createApiClient } from './ApiClient.ts';

function clientAnswering(
  status: number,
  body: unknown,
): { client: ApiClient; asked: { url: string; init: RequestInit }[] } {
  const asked: { url: string; init: RequestInit }[] = [];
  const client = createApiClient({
    endpoints: operations,
    baseUrl: 'https://isthmus.test',
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init ?? {} });
      return Response.json(body, { status });
    },
  });
  return { client, asked };
}

test('a call is typed by its operation and goes where the operation says', async () => {
  const { client, asked } = clientAnswering(200, { items: [], total: 0 });
  const page = await client.call('listUsers', { query: { q: 'ada lovelace', filter: 'inactive' } });
  expectTypeOf(page.items).toEqualTypeOf<User[]>();
  expect(asked[0]?.url).toBe('https://isthmus.test/api/v1/users?q=ada+lovelace&filter=inactive');
  // @ts-expect-error a missing parameter is a type error
  await client.call('getUser', {});
});

test('a problem becomes an ApiError with the code of the server', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Taken',
    status: 409,
    code: 'directory.user-name-taken',
    detail: 'Taken.',
    requestId: 'r',
  };
  const { client } = clientAnswering(409, problem);
  await expect(client.call('getHome', {})).rejects.toMatchObject({ code: 'directory.user-name-taken' });
});
