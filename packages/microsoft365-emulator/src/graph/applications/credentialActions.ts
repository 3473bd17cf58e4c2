import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { makeClientSecret } from '../../secrets.ts';
import { checkClientAssertion } from '../../sign-in/clientAssertion.ts';
import type { ApplicationRecord, PasswordCredentialRecord } from '../../store/records.ts';
import { badRequest, notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { newKey, readKeyCredential } from './applicationInput.ts';
import { presentKey, presentSecret } from './applicationType.ts';
import { passwordCredentialOf } from './credentials.ts';
import { getApplicationToRoll, getApplicationToWrite } from './findApplication.ts';

const TWO_YEARS_MS = 2 * 365 * 24 * 3600 * 1000;
const METADATA = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph';
const PROOF_AUDIENCE = '00000002-0000-0000-c000-000000000000';

const addPasswordSchema = z.object({
  passwordCredential: z
    .object({
      displayName: z.string().nullish(),
      startDateTime: z.iso.datetime({ offset: true }).nullish(),
      endDateTime: z.iso.datetime({ offset: true }).nullish(),
    })
    .nullish(),
});
const addKeySchema = z.object({ keyCredential: z.unknown(), proof: z.string() });
const removeKeySchema = z.object({ keyId: z.guid().toLowerCase(), proof: z.string() });
const removePasswordSchema = z.object({ keyId: z.guid().toLowerCase() });

/** POST /applications/{id}/addPassword: the only answer that ever shows the secret. */
export function addPassword(call: GraphCall): GraphAnswer {
  const application = getApplicationToWrite(call);
  const { credential, answer } = newPassword(call);
  save(call, { ...application, passwordCredentials: [...application.passwordCredentials, credential] });
  return answer;
}

/** A secret as the body of `addPassword` wants it, and the answer that shows it. */
export function newPassword(call: GraphCall): { credential: PasswordCredentialRecord; answer: GraphAnswer } {
  const parsed = addPasswordSchema.safeParse(call.body ?? {});
  if (!parsed.success) throw badRequest('Invalid value specified for parameter passwordCredential.');
  const wanted = parsed.data.passwordCredential ?? {};
  const now = call.tenant.now();
  const secret = makeClientSecret();
  const credential = passwordCredentialOf(secret, {
    displayName: wanted.displayName ?? null,
    now,
    from: wanted.startDateTime ?? undefined,
    until: wanted.endDateTime ?? new Date(now.getTime() + TWO_YEARS_MS).toISOString(),
  });
  const answer = ok({ '@odata.context': `${METADATA}.passwordCredential`, ...presentSecret(credential, secret) });
  return { credential, answer };
}

/** POST /applications/{id}/removePassword */
export function removePassword(call: GraphCall): GraphAnswer {
  const application = getApplicationToWrite(call);
  const parsed = removePasswordSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('Invalid value specified for parameter keyId.');
  const kept = application.passwordCredentials.filter(({ keyId }) => keyId !== parsed.data.keyId);
  if (kept.length === application.passwordCredentials.length)
    throw badRequest('No password credential found with keyId.');
  save(call, { ...application, passwordCredentials: kept });
  return noContent;
}

/** POST /applications/{id}/addKey, which takes a proof signed with a key that the application has already. */
export async function addKey(call: GraphCall): Promise<GraphAnswer> {
  const application = getApplicationToRoll(call);
  const parsed = addKeySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The parameters keyCredential and proof are required.');
  await checkProof(call, application, parsed.data.proof);
  const key = newKey({ ...readKeyCredential(parsed.data.keyCredential), keyId: randomUUID() }, call.tenant.now());
  save(call, { ...application, keyCredentials: [...application.keyCredentials, key] });
  return ok({ '@odata.context': `${METADATA}.keyCredential`, ...presentKey(key, false) });
}

/** POST /applications/{id}/removeKey */
export async function removeKey(call: GraphCall): Promise<GraphAnswer> {
  const application = getApplicationToRoll(call);
  const parsed = removeKeySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The parameters keyId and proof are required.');
  await checkProof(call, application, parsed.data.proof);
  const kept = application.keyCredentials.filter(({ keyId }) => keyId !== parsed.data.keyId);
  if (kept.length === application.keyCredentials.length) throw notFound(parsed.data.keyId);
  save(call, { ...application, keyCredentials: kept });
  return noContent;
}

/** The proof is an assertion whose issuer is the application's object id and whose audience is the directory. */
async function checkProof(call: GraphCall, application: ApplicationRecord, proof: string): Promise<void> {
  const holder = { ...application, appId: application.id };
  try {
    const now = call.tenant.now();
    await checkClientAssertion({
      assertion: proof,
      application: holder,
      now,
      audiences: [PROOF_AUDIENCE],
      isProof: true,
    });
  } catch {
    throw badRequest('Authentication_MissingOrMalformed: Access Token missing or malformed.');
  }
}

function save(call: GraphCall, application: ApplicationRecord): void {
  call.world.transaction(() => call.tenant.applications.put(application));
}
