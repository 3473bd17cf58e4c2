import type { PropertyValue, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { refusal } from '../errors.ts';
import { type GraphAnswer, type GraphCall, hasEventualConsistency, ok } from '../GraphCall.ts';
import { countObjects, type Listing, listObjects } from '../odata/listObjects.ts';
import type { FilterExpression, Literal } from '../odata/parseFilter.ts';
import { namesToShow } from '../odata/project.ts';
import { singleWithRelations } from '../odata/single.ts';
import { authorizeUserRead } from './authorizeUserRead.ts';
import { getVisibleUser, isGuid } from './findUser.ts';
import { readUser } from './readUser.ts';
import { authorizeSignInActivity, readSignInActivity } from './signInActivity.ts';
import { userRelations } from './userRelations.ts';
import { userType } from './userType.ts';

/** Pages are smaller when sign-ins are asked for: at most 500, whatever more is wished. */
const withSignIns = { standard: 100, maximum: 500, isCapped: true };

function userListing(tenant: Tenant): Listing<UserRecord> {
  return {
    type: userType,
    values: () => tenant.users.visibleValues(),
    candidates: (filter) => candidates(tenant, filter),
    read: (user, name) => read(tenant, user, name),
    relations: userRelations(tenant),
  };
}

function read(tenant: Tenant, user: UserRecord, name: string): PropertyValue | undefined {
  return name === 'signInActivity' ? readSignInActivity(tenant, user) : readUser(user, name);
}

function asksForSignIns(call: GraphCall): boolean {
  if (!namesToShow(call, userType).includes('signInActivity')) return false;
  authorizeSignInActivity(call);
  return true;
}

/** GET /users */
export function listUsers(call: GraphCall): GraphAnswer {
  const listing = userListing(call.tenant);
  return listObjects(call, asksForSignIns(call) ? { ...listing, pageSize: withSignIns } : listing);
}

/** GET /users/$count */
export function countUsers(call: GraphCall): GraphAnswer {
  if (!hasEventualConsistency(call)) throw refusal('countNeedsHeader');
  const count = countObjects(call, userListing(call.tenant));
  return { status: 200, body: String(count), headers: { 'content-type': 'text/plain' } };
}

/** GET /users/{id} */
export function getUser(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  authorizeUserRead(call, user);
  asksForSignIns(call);
  const { tenant } = call;
  return ok(singleWithRelations(call, userType, (name) => read(tenant, user, name), user, userRelations(tenant)));
}

const indexOf: Readonly<Record<string, string>> = {
  userPrincipalName: 'userPrincipalName',
  mail: 'mail',
  onPremisesImmutableId: 'immutableId',
};

/** Users that an index finds for a filter; the filter itself is applied to them afterwards. */
function candidates(tenant: Tenant, filter: FilterExpression): UserRecord[] | undefined {
  switch (filter.kind) {
    case 'compare':
      return filter.operator === 'eq' ? lookUp(tenant, filter.path, [filter.value]) : undefined;
    case 'in':
      return lookUp(tenant, filter.path, filter.values);
    case 'and':
      return candidates(tenant, filter.left) ?? candidates(tenant, filter.right);
    case 'or':
      return either(candidates(tenant, filter.left), candidates(tenant, filter.right));
    case 'any':
      return byAddress(tenant, filter);
    default:
      return undefined;
  }
}

function either(left: UserRecord[] | undefined, right: UserRecord[] | undefined): UserRecord[] | undefined {
  return left === undefined || right === undefined ? undefined : [...new Set([...left, ...right])];
}

function lookUp(tenant: Tenant, path: string, values: readonly Literal[]): UserRecord[] | undefined {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length < values.length) return undefined;
  if (path === 'id') {
    return texts.filter(isGuid).flatMap((id) => tenant.users.visible(id.toLowerCase()) ?? []);
  }
  const index = indexOf[path];
  if (index === undefined) return undefined;
  const keys = index === 'immutableId' ? texts : texts.map((value) => value.toLowerCase());
  return [...new Set(keys.flatMap((key) => tenant.users.findAllVisible(index, key)))];
}

function byAddress(
  tenant: Tenant,
  filter: Extract<FilterExpression, { kind: 'any' | 'all' }>,
): UserRecord[] | undefined {
  const { path, condition } = filter;
  if (path !== 'proxyAddresses' || condition?.kind !== 'compare' || condition.operator !== 'eq') return undefined;
  const address = String(condition.value).toLowerCase();
  return tenant.users.findAllVisible('proxyAddress', address.replace(/^smtp:/, ''));
}
