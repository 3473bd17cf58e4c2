import type { UserDetails } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ago, duration } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';
import { resolveUser } from './resolveUser.ts';

function describePassword(user: UserDetails): string {
  const { state, since, delayMs } = user.password;
  const delay = delayMs === null ? '' : `, delivered in ${duration(delayMs)}`;
  return `${state}${since === null ? '' : ` since ${ago(since)}`}${delay}`;
}

function describeOnline(user: UserDetails): (readonly [string, string])[] {
  const { online } = user;
  if (online === null) return [['Online account', 'none']];
  return [
    ['Online account', `${online.address} (${online.state})`],
    ['Licenses', online.licenses.map((license) => license.name).join(', ') || 'none'],
    ['Sign-in online', online.signInAllowed ? 'allowed' : 'blocked'],
  ];
}

function describeLeaving({ offboarding }: UserDetails): (readonly [string, string])[] {
  if (offboarding === null) return [];
  const { by, removeAt, since } = offboarding;
  const end = removeAt === null ? 'both accounts stay' : `both accounts are removed on ${removeAt.slice(0, 10)}`;
  return [['Leaves', `off-boarded ${ago(since)} by ${by}; ${end}`]];
}

function show(output: Output, user: UserDetails): void {
  output.properties([
    ['Name', user.displayName],
    ['User name', user.userName],
    ['UPN', user.upn ?? 'none'],
    ['State', user.locked ? `${user.state}, locked` : user.state],
    ...describeLeaving(user),
    ['Access level', user.accessLevel],
    ['Department', user.department],
    ['Title', user.title],
    ['Manager', user.manager?.name ?? ''],
    ['Groups', user.groups.map((group) => group.name).join(', ')],
    ...describeOnline(user),
    ['Password', describePassword(user)],
    ['Last sign-in', ago(user.lastSignInAt)],
    ['Place', user.dn],
    ['Id', user.id],
  ]);
  if (user.password.reason !== null) output.notice('Password', user.password.reason);
  for (const drift of user.drift) {
    output.line(
      `Differs online: ${drift.field} is ${drift.online ?? '(nothing)'}, here ${drift.directory ?? '(nothing)'}`,
    );
  }
}

async function showUser({ api, output }: Context, name: string): Promise<undefined> {
  const client = await api();
  const id = await resolveUser(client, name);
  const user = await client.call('getUser', { params: { id } });
  output.result(user, () => show(output, user));
  return undefined;
}

async function showTimeline({ api, output }: Context, name: string): Promise<undefined> {
  const client = await api();
  const id = await resolveUser(client, name);
  const page = await client.call('getUserTimeline', { params: { id }, query: { limit: 100 } });
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'WHEN', value: (entry) => entry.at },
        { title: 'SIDE', value: (entry) => entry.side },
        { title: 'WHAT', value: (entry) => entry.problem?.message ?? entry.sentence },
        { title: 'WHO', value: (entry) => entry.actor },
        { title: 'TOOK', value: (entry) => duration(entry.durationMs) },
      ],
      'Nothing has happened yet.',
    ),
  );
  return undefined;
}

export function addShowUser(user: Command): void {
  user.command('show <name>').description('one person, both sides').action(action(showUser));
  user.command('timeline <name>').description('what happened to a person on both sides').action(action(showTimeline));
}
