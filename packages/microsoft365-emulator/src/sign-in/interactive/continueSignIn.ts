import { checkNewPassword } from '../../graph/users/passwordRules.ts';
import { setPassword } from '../../graph/users/setPassword.ts';
import { isPassword } from '../../secrets.ts';
import { findUserToSignIn } from '../authenticateUser.ts';
import { findClient } from '../clients.ts';
import { messagePage, newPasswordPage, signInPage } from '../pages/pages.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { type SignInPlace, signInUser } from '../signInUser.ts';
import { resolveTenant, tenantOfUser } from '../tenants.ts';
import { afterSignIn } from './afterSignIn.ts';
import type { Flow } from './InteractiveFlows.ts';
import { formPaths, type Outcome } from './Outcome.ts';

const MUST_CHANGE = 50055;

// What people read; the numbered texts are for programs.
const sentences: Readonly<Record<number, string>> = {
  50034: 'This username may be incorrect. Make sure that you typed it correctly. Otherwise, contact your admin.',
  50053: "You've tried to sign in too many times with an incorrect account or password.",
  50057: 'Your account has been locked. Contact your support person to unlock it, then try again.',
  50126: "Your account or password is incorrect. If you can't remember your password, reset it now.",
};

/** The user typed a name and a password. */
export function continueSignIn(services: SignInServices, form: URLSearchParams, origin: string): Outcome {
  const flow = findFlow(services, form);
  if (flow === undefined) return expired();
  const userName = (form.get('login') ?? '').trim();
  try {
    const tenant = resolveTenant(services.world, flow.tenantName) ?? tenantOfUser(services.world, userName);
    const password = form.get('passwd') ?? '';
    const user = signInUser(services, tenant, { userName, password }, inBrowser(flow));
    return afterSignIn(services, services.flows.update({ ...flow, userName }), { tenant, user, origin });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    const updated = services.flows.update({ ...flow, userName });
    if (error.code === MUST_CHANGE) return askForNewPassword(updated);
    return askAgain(services, updated, sentences[error.code] ?? error.text);
  }
}

/** The user chose a new password, which was asked for because the old one has expired. */
export function continueWithNewPassword(services: SignInServices, form: URLSearchParams, origin: string): Outcome {
  const flow = findFlow(services, form);
  if (flow === undefined) return expired();
  const { world, lockout } = services;
  const tenant = resolveTenant(world, flow.tenantName) ?? tenantOfUser(world, flow.userName);
  const user = findUserToSignIn(tenant, flow.userName);
  const current = form.get('oldpwd') ?? '';
  const wanted = form.get('newpwd') ?? '';
  if (lockout.isLocked(user.id)) return askForNewPassword(flow, sentences[50053]);
  if (!isPassword(user.password, current)) {
    lockout.failed(user.id, current);
    return askForNewPassword(flow, 'The current password is incorrect.');
  }
  const refusal = refuseNewPassword(wanted, current, form.get('confirmpwd') ?? '', user.properties);
  if (refusal !== undefined) return askForNewPassword(flow, refusal);
  world.transaction(() => setPassword(tenant, user, wanted, { mustChange: false }));
  const changed = signInUser(services, tenant, { userName: flow.userName, password: wanted }, inBrowser(flow));
  return afterSignIn(services, flow, { tenant, user: changed, origin });
}

function refuseNewPassword(
  wanted: string,
  current: string,
  repeated: string,
  properties: Parameters<typeof checkNewPassword>[1],
): string | undefined {
  if (wanted !== repeated) return "Passwords don't match.";
  if (wanted === current) return 'Your new password must be different from the old one.';
  return checkNewPassword(wanted, properties) ? undefined : 'Choose a password that is harder for people to guess.';
}

function inBrowser({ clientId }: Flow): SignInPlace {
  return { appId: clientId, clientAppUsed: 'Browser' };
}

function findFlow(services: SignInServices, form: URLSearchParams): Flow | undefined {
  return services.flows.find(form.get('flow') ?? '');
}

export function expired(): Outcome {
  const html = messagePage('Sign-in expired', 'Start again from your application.');
  return { kind: 'page', html, status: 400 };
}

function askForNewPassword(flow: Flow, message?: string): Outcome {
  const action = formPaths.newPassword(flow.tenantName);
  return { kind: 'page', html: newPasswordPage({ action, flow: flow.id, userName: flow.userName, message }) };
}

function askAgain(services: SignInServices, flow: Flow, message: string): Outcome {
  const client = findClient(services.world, resolveTenant(services.world, flow.tenantName), flow.clientId);
  const action = formPaths.signIn(flow.tenantName);
  const view = { action, flow: flow.id, application: client.displayName, userName: flow.userName, message };
  return { kind: 'page', html: signInPage(view) };
}
