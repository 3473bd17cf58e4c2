import * as z from 'zod';
import { graphAppId } from '../seed/firstParty.ts';
import type { Settings } from '../settings.ts';
import type { UserRecord } from '../store/records.ts';
import type { Client } from './clients.ts';
import { SignInError } from './SignInError.ts';

/** A refusal that hits whoever signs in, or only some: what Conditional Access would do in a real tenant. */
export const signInPolicySchema = z.strictObject({
  /** 50076: a second factor is wanted; 50079: it has to be enrolled first; 53003: access is blocked. */
  refusal: z.literal([50076, 50079, 53003]),
  userPrincipalName: z.string().toLowerCase().optional(),
  appId: z.guid().toLowerCase().optional(),
});

const POLICY_ID = '5b2b1f4e-0c49-4a76-9a43-8e3a1d0f6b11';

export function checkPolicies({ signInPolicies }: Settings, user: UserRecord, client: Client): void {
  const name = String(user.properties['userPrincipalName']).toLowerCase();
  const policy = signInPolicies.find(
    ({ userPrincipalName = name, appId = client.appId }) => userPrincipalName === name && appId === client.appId,
  );
  if (policy !== undefined) throw new SignInError(policy.refusal, { resource: graphAppId, policy: POLICY_ID });
}
