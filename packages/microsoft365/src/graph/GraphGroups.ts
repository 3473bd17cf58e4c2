import { DomainError, type OnlineAccountId, parseOnlineAccountId } from '@isthmus/kernel';
import type { Group, User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { OnlineGroup } from '../OnlineGroup.ts';
import type { CallOptions, GroupMemberChange, OnlineGroups } from '../ports.ts';
import { attemptMany } from './batch.ts';
import type { GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { GraphFailure, graphError, unreachable } from './graphErrors.ts';
import { whileLagging } from './readAccounts.ts';
import { readsOf, selectOf } from './typedReads.ts';

const READ = 'GroupMember.Read.All';
const WRITE = 'GroupMember.ReadWrite.All';
const CREATE = 'Group.Create';
/** Members that one PATCH takes (Graph, add members). */
const PACK = 20;
const ALREADY = /added object references already exist/i;
const NOT_THERE = /removed object references do not exist|does not exist or one of its queried/i;

const SELECT = selectOf<Group>(
  'id',
  'displayName',
  'description',
  'groupTypes',
  'mailEnabled',
  'securityEnabled',
  'isAssignableToRole',
  'onPremisesSyncEnabled',
);

const graphGroup = readsOf<Group>()({
  id: z.string().transform((id) => id.toLowerCase()),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
}).transform(
  (group): OnlineGroup => ({
    id: group.id,
    displayName: group.displayName ?? '',
    description: group.description ?? '',
    kind: kindOf(group.groupTypes ?? [], group.mailEnabled === true, group.securityEnabled === true),
    isDynamic: (group.groupTypes ?? []).includes('DynamicMembership'),
    isRoleAssignable: group.isAssignableToRole ?? false,
    synchronizedByOthers: group.onPremisesSyncEnabled ?? false,
  }),
);
const groupPage = z.object({ value: z.array(graphGroup), '@odata.nextLink': z.string().optional() });
const memberPage = z.object({
  value: z.array(readsOf<User>()({ id: z.string().transform(parseOnlineAccountId) })),
  '@odata.nextLink': z.string().optional(),
});

function kindOf(types: readonly string[], mail: boolean, security: boolean): OnlineGroup['kind'] {
  if (types.includes('Unified')) return 'microsoft-365';
  if (!mail) return 'security';
  return security ? 'mail-security' : 'distribution';
}

/** Security groups of the tenant by Microsoft Graph. */
export class GraphGroups implements OnlineGroups {
  readonly #transport: GraphTransport;

  constructor(transport: GraphTransport) {
    this.#transport = transport;
  }

  async list(options: CallOptions): Promise<readonly OnlineGroup[]> {
    const found: OnlineGroup[] = [];
    let path: string | undefined = `/groups?${SELECT}&$top=999`;
    while (path !== undefined) {
      const request: GraphRequest = { method: 'GET', path, permission: READ, purpose: 'list the groups' };
      const page: z.infer<typeof groupPage> = groupPage.parse((await this.#transport.call(request, options)).body);
      found.push(...page.value);
      path = page['@odata.nextLink'];
    }
    return found;
  }

  async find(id: string, options: CallOptions): Promise<OnlineGroup | undefined> {
    const request: GraphRequest = {
      method: 'GET',
      path: `/groups/${id}?${SELECT}`,
      permission: READ,
      purpose: 'read the group',
    };
    const answer = await this.#transport.answer(request, options);
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw graphError(answer, request);
    return graphGroup.parse(answer.body);
  }

  async create(
    group: { readonly displayName: string; readonly description: string; readonly mailNickname: string },
    options: CallOptions,
  ): Promise<OnlineGroup> {
    const request: GraphRequest = {
      method: 'POST',
      path: '/groups',
      body: {
        displayName: group.displayName,
        // An empty text is refused where an absent property is fine.
        ...(group.description === '' ? {} : { description: group.description }),
        mailNickname: group.mailNickname,
        mailEnabled: false,
        securityEnabled: true,
        groupTypes: [],
      },
      permission: CREATE,
      purpose: `create the group ${group.displayName}`,
    };
    const { id } = graphGroup.parse((await this.#transport.call(request, options)).body);
    const made = await whileLagging(this.#transport, options, () => this.find(id, options));
    if (made !== undefined) return made;
    throw new DomainError({
      code: 'online.busy',
      message: `Microsoft 365 made the group ${group.displayName}, but does not show it yet.`,
      remedy: 'Look again in a minute, and assign the group that is there then.',
      retryable: true,
    });
  }

  async listMembers(id: string, options: CallOptions): Promise<readonly OnlineAccountId[]> {
    const found: OnlineAccountId[] = [];
    let path: string | undefined = `/groups/${id}/members/microsoft.graph.user?$select=id&$top=999`;
    while (path !== undefined) {
      const request: GraphRequest = { method: 'GET', path, permission: READ, purpose: 'read the members of the group' };
      const page: z.infer<typeof memberPage> = memberPage.parse((await this.#transport.call(request, options)).body);
      found.push(...page.value.map((member) => member.id));
      path = page['@odata.nextLink'];
    }
    return found;
  }

  async changeMembers(id: string, change: GroupMemberChange, options: CallOptions): Promise<void> {
    await this.#add(id, change.add, options);
    await this.#remove(id, change.remove, options);
  }

  /**
   * Twenty in one write (page "Add members"). A pack that is refused goes one by one: one of them is a member already or
   * unknown, or the tenant does not take packs with so small a permission. So does a pack whose answer was lost.
   */
  async #add(id: string, members: readonly OnlineAccountId[], options: CallOptions): Promise<void> {
    const packs = Array.from({ length: Math.ceil(members.length / PACK) }, (_, index) =>
      members.slice(index * PACK, (index + 1) * PACK),
    );
    const outcomes = await attemptMany(
      this.#transport,
      packs.map((pack) => this.#addPack(id, pack)),
      options,
    );
    const again = packs.filter((_, index) => {
      const outcome = outcomes[index];
      if (outcome?.kind === 'failed') throw outcome.error;
      return outcome?.kind !== 'answer' || outcome.answer.status >= 400;
    });
    await this.#addEach(id, again.flat(), options);
  }

  #addPack(id: string, pack: readonly OnlineAccountId[]): GraphRequest {
    return {
      method: 'PATCH',
      path: `/groups/${id}`,
      body: { 'members@odata.bind': pack.map((member) => this.#transport.linkTo(`/directoryObjects/${member}`)) },
      permission: WRITE,
      purpose: 'add members to the group',
    };
  }

  async #addEach(id: string, members: readonly OnlineAccountId[], options: CallOptions): Promise<void> {
    const requests = members.map(
      (member): GraphRequest => ({
        method: 'POST',
        path: `/groups/${id}/members/$ref`,
        body: { '@odata.id': this.#transport.linkTo(`/directoryObjects/${member}`) },
        permission: WRITE,
        purpose: 'add a member to the group',
        repeatable: true,
      }),
    );
    await this.#run(requests, ALREADY, options);
  }

  async #remove(id: string, members: readonly OnlineAccountId[], options: CallOptions): Promise<void> {
    const requests = members.map(
      (member): GraphRequest => ({
        method: 'DELETE',
        path: `/groups/${id}/members/${member}/$ref`,
        permission: READ,
        purpose: 'remove a member from the group',
        repeatable: true,
      }),
    );
    await this.#run(requests, NOT_THERE, options);
  }

  /** Packed into as few calls as Microsoft allows; `harmless` says that it is so already. */
  async #run(requests: readonly GraphRequest[], harmless: RegExp, options: CallOptions): Promise<void> {
    const outcomes = await attemptMany(this.#transport, requests, options);
    for (const [index, request] of requests.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      if (outcome.kind === 'failed') throw outcome.error;
      if (outcome.kind === 'unknown') throw unreachable(request, outcome.cause);
      const { answer } = outcome;
      if (answer.status >= 400 && !harmless.test(new GraphFailure(answer).message)) throw graphError(answer, request);
    }
  }
}
