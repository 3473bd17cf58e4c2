import type { Platform } from '../../composition/Platform.ts';
import {
  type CommandDependencies,
  type JobOrigin,
  type PersonOutcome,
  type PersonPayload,
  performActions,
  recordOutcomes,
} from '../commands/index.ts';
import { noticeOf, type RunningJobItem } from '../jobs/index.ts';
import type { PerformContext, Performer } from '../people/index.ts';

/** Accounts worked on together: what fits into one `$batch` call of Graph (20), twice. */
const BATCH_SIZE = 40;
const CONCURRENCY = 4;

type Item = RunningJobItem<PersonPayload>;
type CreateRequest = Parameters<Performer['createOnlineMany']>[0][number];

/** The whole of an item as one creation, when it is nothing else. */
function asCreation(item: Item): CreateRequest | undefined {
  const { userId, actions, blocked } = item.payload;
  const [first, second, ...rest] = actions.map((planned) => planned.action);
  if (userId === null || blocked !== null || first?.type !== 'online.create' || rest.length > 0) return undefined;
  if (second !== undefined && second.type !== 'online.assign-licenses') return undefined;
  return { userId, create: first, skuIds: second?.skuIds ?? [] };
}

async function createMany(
  items: readonly { readonly item: Item; readonly request: CreateRequest }[],
  performer: Performer,
  context: PerformContext,
): Promise<Map<string, PersonOutcome>> {
  if (items.length === 0) return new Map();
  const results = await performer.createOnlineMany(
    items.map(({ request }) => request),
    context,
  );
  return new Map(
    items.map(({ item, request: { userId } }, index): [string, PersonOutcome] => {
      const result = results[index];
      if (result?.ok === true) return [item.id, { state: result.state, userId }];
      const problem = noticeOf(result?.error);
      return [item.id, { state: 'failed', problem, userId, ...(result === undefined ? {} : { step: result.step }) }];
    }),
  );
}

/** Defines the job of a bulk creation: new accounts in packs, links to existing ones one by one. */
export function defineBulkCreateJob(platform: Platform, { performer, sync }: CommandDependencies): void {
  platform.jobs.define<JobOrigin, PersonPayload>({
    kind: 'create-online-accounts',
    batchSize: BATCH_SIZE,
    concurrency: CONCURRENCY,
    processBatch: async (items, context) => {
      const performContext: PerformContext = {
        actor: context.startedBy,
        lane: 'background',
        jobId: context.jobId,
        requestId: context.input.requestId,
      };
      const creations = items.flatMap((item) => {
        const request = asCreation(item);
        return request === undefined ? [] : [{ item, request }];
      });
      const ids = creations.map(({ item }) => item.id);
      if (ids.length > 0) await context.itemsAtStep(ids, 'online.create');
      const created = await createMany(creations, performer, performContext);
      const outcomes: { readonly name: string; readonly outcome: PersonOutcome }[] = [];
      for (const item of items) {
        const outcome = created.get(item.id) ?? (await performActions(item, performContext, performer));
        outcomes.push({ name: item.name, outcome });
      }
      await recordOutcomes(platform, context, outcomes);
      sync.lookAgain(outcomes.flatMap(({ outcome }) => outcome.userId ?? []));
      return outcomes.map(({ outcome }) => outcome);
    },
  });
}
