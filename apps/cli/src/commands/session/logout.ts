import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { removeProfile } from '../../connection/profile.ts';

async function logout({ api, output }: Context): Promise<undefined> {
  // The profile goes even when the server cannot be told: the person wants the token off this machine.
  try {
    await (await api()).call('signOut', {});
  } finally {
    await removeProfile();
  }
  output.result({ signedOut: true }, () => output.line('Signed out.'));
  return undefined;
}

export function addLogout(program: Command): void {
  program.command('logout').description('end the session of this machine').action(action(logout));
}
