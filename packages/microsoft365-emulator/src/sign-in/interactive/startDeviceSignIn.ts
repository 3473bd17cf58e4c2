import { findClient } from '../clients.ts';
import { deviceCodePage, signInPage } from '../pages/pages.ts';
import type { SignInServices } from '../SignInServices.ts';
import { resolveTenant } from '../tenants.ts';
import { formPaths, type Outcome } from './Outcome.ts';

/** The user typed the code of a device. */
export function startDeviceSignIn(services: SignInServices, tenantName: string, typed: string): Outcome {
  const { world, flows } = services;
  const userCode = typed.trim().toUpperCase().replaceAll(/[\s-]/g, '');
  const code = world.deviceCodes.find('userCode', userCode);
  const isUsable = code !== undefined && code.state === 'pending' && code.expiresAt > world.clock.milliseconds();
  if (!isUsable) {
    const message = "That code didn't work. Check the code and try again.";
    return { kind: 'page', html: deviceCodePage(formPaths.deviceCode(tenantName), message) };
  }
  const client = findClient(world, resolveTenant(world, code.tenant), code.clientId);
  const flow = flows.start({
    tenantName: code.tenant,
    clientId: client.appId,
    scope: code.scopes.join(' '),
    purpose: { kind: 'deviceCode', deviceCodeId: code.id },
    userName: '',
  });
  const action = formPaths.signIn(code.tenant);
  return {
    kind: 'page',
    html: signInPage({ action, flow: flow.id, application: client.displayName, userName: '' }),
  };
}
