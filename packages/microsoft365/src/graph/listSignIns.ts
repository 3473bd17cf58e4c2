import { parseOnlineAccountId } from '@isthmus/kernel';
import type { SignInActivity, User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { AccountSignIn, CallOptions } from '../ports.ts';
import type { GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { readsOf, selectOf } from './typedReads.ts';

const SELECT = selectOf<User>('id', 'signInActivity');
/** Microsoft's largest page where sign-ins are asked for. */
const PAGE = 500;

const moment = z
  .string()
  .nullish()
  .transform((text) => {
    const time = text == null ? Number.NaN : Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  });
const activity = readsOf<SignInActivity>()({
  lastSignInDateTime: moment,
  lastNonInteractiveSignInDateTime: moment,
  lastSuccessfulSignInDateTime: moment,
});

/**
 * The last sign-in that succeeded, by the person or by a program in the person's name. Microsoft has noted successes since
 * December 2023 only; before that, attempts stand for them.
 */
function lastOf(signIns: z.infer<typeof activity> | null | undefined): Date | undefined {
  if (signIns == null) return undefined;
  const { lastSuccessfulSignInDateTime: success } = signIns;
  const attempts = [signIns.lastSignInDateTime, signIns.lastNonInteractiveSignInDateTime];
  const times = success === undefined ? attempts : [success];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : new Date(Math.max(...known));
}

const page = z.object({
  value: z.array(
    readsOf<User>()({ id: z.string().transform(parseOnlineAccountId), signInActivity: activity.nullish() }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/** When everybody signed in last. @throws DomainError `online.premium-missing`, `online.not-permitted` */
export async function listSignIns(transport: GraphTransport, options: CallOptions): Promise<readonly AccountSignIn[]> {
  const found: AccountSignIn[] = [];
  let path: string | undefined = `/users?${SELECT}&$top=${PAGE}`;
  while (path !== undefined) {
    const request: GraphRequest = {
      method: 'GET',
      path,
      permission: 'AuditLog.Read.All',
      purpose: 'read when people signed in last',
    };
    const answer: z.infer<typeof page> = page.parse((await transport.call(request, options)).body);
    found.push(...answer.value.map(({ id, signInActivity }) => ({ id, lastSignInAt: lastOf(signInActivity) })));
    path = answer['@odata.nextLink'];
  }
  return found;
}
