import type { RequestOf, ResponseOf } from '@isthmus/api-client';
import type { OperationId } from '@isthmus/contracts';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { queryOf } from './api.ts';

const PAGE_SIZE = 200;
/** Rows below and above those in sight whose page is read before they come. */
const AHEAD = 40;

/** Operations that answer pages of a list. */
type ListId = {
  [Id in OperationId]: ResponseOf<Id> extends { items: readonly unknown[]; total: number } ? Id : never;
}[OperationId];
type RowOf<Id extends ListId> = ResponseOf<Id>['items'][number];

export interface PagedList<Id extends ListId> {
  readonly total: number;
  rowAt(index: number): RowOf<Id> | undefined;
  /** The rows that have been read, in the order of the list; between them some may be missing. */
  readRows(): readonly RowOf<Id>[];
  /** The newest answer as a whole, for what it says beside the rows; undefined before the first one. */
  readonly answer: ResponseOf<Id> | undefined;
  /** What is shown belongs to an earlier request. */
  readonly outdated: boolean;
  readonly error: Error | null;
  refetch(): void;
  readonly onRangeChange: (first: number, last: number) => void;
}

function pageOf<Id extends ListId>(id: Id, request: RequestOf<Id>, page: number) {
  const query = { ...(request as { query?: object }).query, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
  return queryOf(id, { ...request, query });
}

/** The first page of a list, as `usePagedList` reads it. */
export function firstPageOf<Id extends ListId>(id: Id, request: RequestOf<Id>) {
  return pageOf(id, request, 0);
}

/** Reads a list of any length page by page, as its rows come into sight. */
export function usePagedList<Id extends ListId>(id: Id, request: RequestOf<Id>): PagedList<Id> {
  const queryClient = useQueryClient();
  const [pages, setPages] = useState<readonly [number, number]>([0, 0]);
  const numbers = Array.from({ length: pages[1] - pages[0] + 1 }, (_, index) => pages[0] + index);
  const results = useQueries({ queries: numbers.map((page) => pageOf(id, request, page)) });
  const current = results.find((result) => result.data !== undefined)?.data;
  const last = useRef<{ answer: ResponseOf<Id>; request: RequestOf<Id> } | undefined>(undefined);
  useEffect(() => {
    if (current !== undefined) last.current = { answer: current, request };
  });
  const shown = current === undefined ? last.current : { answer: current, request };
  const onRangeChange = useCallback((first: number, end: number) => {
    const next = [Math.floor(Math.max(0, first - AHEAD) / PAGE_SIZE), Math.floor((end + AHEAD) / PAGE_SIZE)] as const;
    setPages((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  }, []);
  return {
    total: shown?.answer.total ?? 0,
    rowAt: (index) => {
      if (shown === undefined || index < 0) return undefined;
      const { queryKey } = pageOf(id, shown.request, Math.floor(index / PAGE_SIZE));
      return queryClient.getQueryData<ResponseOf<Id>>(queryKey)?.items[index % PAGE_SIZE];
    },
    readRows: () => {
      if (shown === undefined) return [];
      const count = Math.ceil(shown.answer.total / PAGE_SIZE);
      return Array.from({ length: count }, (_, page) => page).flatMap((page): readonly RowOf<Id>[] => {
        const { queryKey } = pageOf(id, shown.request, page);
        return queryClient.getQueryData<ResponseOf<Id>>(queryKey)?.items ?? [];
      });
    },
    answer: shown?.answer,
    outdated: current === undefined && shown !== undefined,
    error: results.find((result) => result.error !== null)?.error ?? null,
    refetch: () => void queryClient.invalidateQueries({ queryKey: [id] }),
    onRangeChange,
  };
}
