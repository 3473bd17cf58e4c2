/** The most that an operation answers at once. */
const PAGE = 500;

interface Answer<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

/** A list as a whole, or its first `most` items, read page by page; `total` as the last page told it. */
export async function readAll<Item>(
  read: (page: { readonly offset: number; readonly limit: number }) => Promise<Answer<Item>>,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly items: Item[]; readonly total: number }> {
  const items: Item[] = [];
  for (;;) {
    const page = await read({ offset: items.length, limit: Math.min(PAGE, most - items.length) });
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= Math.min(page.total, most)) return { items, total: page.total };
  }
}
