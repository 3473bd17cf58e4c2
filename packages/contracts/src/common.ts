import { z } from 'zod';

export const instantSchema = z.iso.datetime({ offset: true }).describe('Instant, ISO 8601, UTC');
export const idSchema = z.guid().describe('GUID of the object');

/** RFC 9457 problem details with our stable code and the remedy. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  field: z.string().optional(),
  errors: z
    .array(z.object({ field: z.string(), code: z.string(), message: z.string(), remedy: z.string().optional() }))
    .optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Something to tell a person: a warning, a reason, a failure. `code` is stable and translated. */
export const noticeSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  field: z.string().optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What a list shows and in which order; `sort` is a field name, `-` before it turns the order round. */
const listViewSchema = z.object({
  q: z.string().max(200).optional().describe('Free text, as typed'),
  filter: z.string().max(200).optional().describe('Name of a preset of this list'),
  sort: z.string().max(60).optional(),
});

/** Every list takes these. */
export const listQuerySchema = listViewSchema.extend({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** Every operation that answers a CSV file takes this. */
export const csvQuerySchema = z.object({
  bom: z.stringbool().default(true).describe('Begin with the mark by which spreadsheets know UTF-8'),
});

/** A whole list as a file: the view of the list, without its pages. */
export const exportQuerySchema = listViewSchema.extend(csvQuerySchema.shape);

/** Age of the local copy that a list was read from. */
export const freshnessSchema = z.object({
  updatedAt: instantSchema.nullable().describe('When the mirror last heard from its side; null = never'),
  reachable: z.boolean(),
  problem: noticeSchema.nullable(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.number().int() });
}

export const idParamsSchema = z.object({ id: idSchema });

/** Whom a bulk command is about: named people, or everybody a filter finds. */
export const selectionSchema = z.union([
  z.object({ ids: z.array(idSchema).min(1).max(10_000) }),
  z.object({ filter: z.string().max(200).optional(), q: z.string().max(200).optional(), all: z.literal(true) }),
]);
export type Selection = z.infer<typeof selectionSchema>;

/** Whom a command about the online side is about: people, and online accounts whether a user has them or not. */
export const accountSelectionSchema = z.union([
  z
    .object({
      ids: z.array(idSchema).max(10_000).default([]).describe('Of user accounts'),
      accountIds: z.array(idSchema).max(10_000).default([]).describe('Of online accounts'),
    })
    .refine(({ ids, accountIds }) => ids.length + accountIds.length > 0, 'Name at least one of ids and accountIds.'),
  z.object({ filter: z.string().max(200).optional(), q: z.string().max(200).optional(), all: z.literal(true) }),
]);
export type AccountSelection = z.infer<typeof accountSelectionSchema>;
