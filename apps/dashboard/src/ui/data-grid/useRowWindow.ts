import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { HEADER_HEIGHT } from './gridStyles.ts';

interface RowWindowOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly rowHeight: number;
}

interface Seen {
  readonly first: number;
  readonly last: number;
}

export interface RowWindow extends Seen {
  /** Scrolls no further than is needed to see the row below the header. */
  scrollTo(index: number): void;
}

function seenIn({ scrollTop, clientHeight }: HTMLElement, { count, rowHeight }: RowWindowOptions): Seen {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + Math.max(0, clientHeight - HEADER_HEIGHT)) / rowHeight) - 1;
  const most = Math.max(0, count - 1);
  return { first: Math.min(most, Math.max(0, first)), last: Math.min(most, Math.max(0, last)) };
}

/** Which rows of equal height are in sight. */
export function useRowWindow(options: RowWindowOptions): RowWindow {
  const { scroller, count, rowHeight } = options;
  const [seen, setSeen] = useState<Seen>({ first: 0, last: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options that matter are listed one by one
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const next = seenIn(element, options);
      setSeen((before) => (before.first === next.first && before.last === next.last ? before : next));
    };
    // Rows that came into sight are drawn in the same frame, so that nobody scrolls into emptiness.
    const lookAtOnce = (): void => flushSync(look);
    look();
    element.addEventListener('scroll', lookAtOnce, { passive: true });
    const size = new ResizeObserver(look);
    size.observe(element);
    return () => {
      element.removeEventListener('scroll', lookAtOnce);
      size.disconnect();
    };
  }, [scroller, count, rowHeight]);
  return {
    first: Math.min(seen.first, Math.max(0, count - 1)),
    last: Math.min(seen.last, Math.max(0, count - 1)),
    scrollTo: (index) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      const room = element.clientHeight - HEADER_HEIGHT;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    },
  };
}
