import type { CommandResult, importOnlineAccountsSchema, userImportOperations } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import { readFreshness } from '../../mirrors/index.ts';
import { type CommandCall, plainNames, runCommand } from '../commands/index.ts';
import { newPasswordRefs } from './firstPasswords.ts';
import { planImportOnlineAccounts, proposeImports } from './planImportOnlineAccounts.ts';
import { readDirectoryFacts, readImportableAccounts, readPlacement } from './readImportFacts.ts';

type CandidateList = z.input<NonNullable<typeof userImportOperations.listImportCandidates.response>>;

export interface CandidateQuery {
  readonly q?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Every online account without a user account, with the user name it would get. */
export async function listImportCandidates(platform: Platform, query: CandidateQuery): Promise<CandidateList> {
  platform.connections.getMicrosoft365();
  const [directory, accounts, { online }] = await Promise.all([
    readDirectoryFacts(platform),
    readImportableAccounts(platform),
    readFreshness(platform),
  ]);
  const unlinked = [...accounts.values()].filter(({ holder }) => holder === undefined || holder.removed);
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = proposeImports(unlinked, directory)
    .filter(({ displayName, address, userName }) => {
      const text = `${displayName} ${address} ${userName}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((one, other) => one.displayName.localeCompare(other.displayName));
  return { items: found.slice(query.offset, query.offset + query.limit), total: found.length, online };
}

/** Makes user accounts for online accounts and links the two. */
export async function importOnlineAccounts(
  platform: Platform,
  call: CommandCall,
  request: z.output<typeof importOnlineAccountsSchema>,
): Promise<CommandResult> {
  platform.connections.getMicrosoft365();
  const count = request.accounts.length;
  return runCommand(platform, call, {
    kind: 'import-online-accounts',
    title: count === 1 ? 'Import 1 user from Microsoft 365' : `Import ${count} users from Microsoft 365`,
    auditAction: 'user.import',
    auditVerb: 'Imported from Microsoft 365',
    names: plainNames,
    plan: async () => {
      const [directory, placement, accounts] = await Promise.all([
        readDirectoryFacts(platform),
        readPlacement(platform, request),
        readImportableAccounts(
          platform,
          request.accounts.map(({ onlineAccountId }) => onlineAccountId.toLowerCase()),
        ),
      ]);
      return planImportOnlineAccounts(
        { accounts: request.accounts, ...placement },
        { directory, accounts, passwordRef: newPasswordRefs() },
      );
    },
  });
}
