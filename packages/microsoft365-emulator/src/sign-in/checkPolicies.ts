import { graphAppId } from '../seed/firstParty.ts';
import type { Settings } from '../settings.ts';
import type { UserRecord } from '../store/records.ts';
import type { Client } from './clients.ts';
import { SignInError } from './SignInError.ts';

const POLICY_ID = '5b2b1f4e-0c49-4a76-9a43-8e3a1d0f6b11';

export function checkPolicies({ signInPolicies }: Settings, user: UserRecord, client: Client): void {
  const name = String(user.properties['userPrincipalName']).toLowerCase();
  const policy = signInPolicies.find(
    ({ userPrincipalName = name, appId = client.appId }) => userPrincipalName === name && appId === client.appId,
  );
  if (policy !== undefined) throw new SignInError(policy.refusal, { resource: graphAppId, policy: POLICY_ID });
}
