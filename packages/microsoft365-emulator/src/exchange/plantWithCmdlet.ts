import { defaultSettings } from '../settings.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { bindParameters } from './binding/bindParameters.ts';
import { findCmdlet } from './cmdlets/cmdletTable.ts';

/** Runs a cmdlet for a seed, as the tenant's first administrator, before anybody can be asked for a token. */
export function plantWithCmdlet(
  world: World,
  tenant: Tenant,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
): void {
  const cmdlet = findCmdlet(name);
  if (cmdlet === undefined) throw new TypeError(`The emulator does not know the cmdlet ${name}`);
  const { administratorUpn } = tenant.record;
  const given = cmdlet.confirms === true ? { Confirm: false, ...parameters } : parameters;
  const rows = cmdlet.run({
    tenant,
    settings: { ...defaultSettings, enforcePermissions: false },
    parameters: bindParameters(cmdlet, given),
    warnings: [],
    cmdlet: cmdlet.name,
    change: (change) => world.transaction(change),
    caller: {
      kind: 'user',
      appId: '',
      objectId: tenant.users.find('userPrincipalName', administratorUpn.toLowerCase())?.id ?? '',
      name: administratorUpn,
      permissions: new Set(),
      roleIds: [],
    },
  });
  if (rows instanceof Promise) throw new TypeError(`A seed cannot run the cmdlet ${name}, which asks DNS`);
}
