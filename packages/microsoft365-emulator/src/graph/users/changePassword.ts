import * as z from 'zod';
import { isPassword } from '../../secrets.ts';
import { badRequest, denied } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { weakPassword } from './createUser.ts';
import { getUserToWrite } from './findUser.ts';
import { checkNewPassword } from './passwordRules.ts';
import { setPassword } from './setPassword.ts';

const bodySchema = z.object({ currentPassword: z.string(), newPassword: z.string() });

/** POST /me/changePassword; for anybody else, and for applications, the answer is no. */
export function changePassword(call: GraphCall): GraphAnswer {
  const user = getUserToWrite(call);
  if (call.caller.kind !== 'user' || call.caller.objectId !== user.id) {
    throw denied('Access to change password operation is denied.');
  }
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('The parameters currentPassword and newPassword are required.');
  const { currentPassword, newPassword } = parsed.data;
  if (!isPassword(user.password, currentPassword)) throw badRequest('The specified current password is incorrect.');
  if (newPassword === currentPassword || !checkNewPassword(newPassword, user.properties)) throw weakPassword();
  call.world.transaction(() => setPassword(call.tenant, user, newPassword, { mustChange: false }));
  return noContent;
}
