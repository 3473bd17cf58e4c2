import { ApiError, type CallSettings, createApiClient, type RequestOf, type ResponseOf } from '@isthmus/api-client';
import type { OperationId } from '@isthmus/contracts';
import { MutationCache, QueryCache, QueryClient, queryOptions, useMutation } from '@tanstack/react-query';
import { endpoints } from './endpoints.ts';

export const api = createApiClient({ endpoints, baseUrl: '' });

/** How to read an operation; the cache key is the operation and its request. */
export function queryOf<Id extends OperationId>(id: Id, request: RequestOf<Id>) {
  return queryOptions<ResponseOf<Id>, Error>({
    queryKey: [id, request],
    queryFn: ({ signal }) => api.call(id, request, { signal }),
  });
}

/** Settings of a command that carries a key, so that a repeated delivery does no harm. */
export function keyed(idempotencyKey: string | undefined): CallSettings {
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/** A command; every attempt carries a key of its own, so that a repeated delivery does no harm. */
export function useCall<Id extends OperationId>(id: Id) {
  return useMutation<ResponseOf<Id>, Error, RequestOf<Id>>({
    mutationKey: [id],
    mutationFn: (request) => api.call(id, request, { idempotencyKey: crypto.randomUUID() }),
  });
}

export function isProblem(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

const isSessionOver = (error: unknown): boolean => isProblem(error) && error.problem.status === 401;

const mayHelpToRepeat = (error: unknown): boolean => !isProblem(error) || [0, 502, 503].includes(error.problem.status);

/** The cache of everything read; `onSessionOver` is called at any 401 but those of signing in. */
export function createQueryClient(onSessionOver: () => void): QueryClient {
  const onError = (error: unknown, key: readonly unknown[] | undefined): void => {
    if (isSessionOver(error) && key?.[0] !== 'signIn') onSessionOver();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.queryKey) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => onError(error, mutation.options.mutationKey),
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => mayHelpToRepeat(error) && count < 2,
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}
