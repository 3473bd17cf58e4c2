import type { ApiClient } from '@isthmus/api-client';
import { type Match, type MatchEvidence, matchEvidenceSchema } from '@isthmus/contracts';
import { type Command, Option } from 'commander';
import { action, type ChangeOptions, type Context, changeQuery, changing, report } from '../../command.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUser } from '../users/resolveUser.ts';
import { resolveOnlineAccount } from './resolveOnlineAccount.ts';

interface Pair {
  readonly userId: string;
  readonly onlineAccountId: string;
}

interface Options extends ChangeOptions {
  readonly acceptAll?: boolean;
  readonly by?: MatchEvidence;
  readonly pair?: string[];
}

async function readPair(api: ApiClient, text: string): Promise<Pair> {
  const [user, address, ...rest] = text.split('=');
  if (!user || !address || rest.length > 0) throw new UsageError(`${text} is not of the form user=address.`);
  return { userId: await resolveUser(api, user), onlineAccountId: await resolveOnlineAccount(api, address) };
}

function pairOf({ userId, ambiguous, accounts: [account] }: Match): Pair[] {
  return ambiguous || account === undefined ? [] : [{ userId, onlineAccountId: account.id }];
}

function show({ output }: Context, page: { readonly items: readonly Match[]; readonly total: number }): void {
  output.result(page, () => {
    output.table(
      page.items,
      [
        { title: 'NAME', value: (match) => match.displayName },
        { title: 'USER NAME', value: (match) => match.userName },
        { title: 'ONLINE ACCOUNT', value: (match) => match.accounts.map((account) => account.address).join(' or ') },
        { title: 'CERTAINTY', value: (match) => (match.ambiguous ? 'ambiguous' : match.confidence) },
        { title: 'WHY', value: (match) => match.reason },
      ],
      'No person without a link fits an online account without one.',
    );
    if (page.items.length > 0) output.note('Nothing is linked yet: accept with --accept-all or --pair user=address.');
  });
}

async function match(context: Context, options: Options): Promise<number> {
  if (options.acceptAll === true && options.pair !== undefined) {
    throw new UsageError('Give --accept-all or --pair, not both.');
  }
  const client = await context.api();
  const pairs: Pair[] = [];
  for (const text of options.pair ?? []) pairs.push(await readPair(client, text));
  if (options.pair === undefined) {
    const page = await client.call('listMatches', { query: options.by === undefined ? {} : { filter: options.by } });
    // A name alone is weak evidence: it is accepted only by whoever asks for it.
    const sure = page.items.filter((item) => options.by !== undefined || item.confidence !== 'possible');
    if (options.acceptAll === true) pairs.push(...sure.flatMap(pairOf));
    if (pairs.length === 0) {
      show(context, page);
      return 0;
    }
  }
  const result = await client.call('matchOnlineAccounts', { query: changeQuery(options), body: { pairs } });
  return report(context, client, result, options);
}

export function addMatch(noun: Command): void {
  changing(noun.command('match'))
    .description('find people and online accounts that belong together, and link them')
    .option('--accept-all', 'link every pair that is not ambiguous; those found by name alone only with --by name')
    .addOption(new Option('--by <evidence>', 'only pairs found by this').choices(matchEvidenceSchema.options))
    .option('--pair <user=address...>', 'link these')
    .action(action(match));
}
