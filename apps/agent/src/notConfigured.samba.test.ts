import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSambaDomainController } from '@isthmus/sandbox';
import { expect, test } from 'vitest';
import { AgentProcess } from './testing/AgentProcess.ts';
import { StandInServer } from './testing/StandInServer.ts';

test('a domain controller that captures nothing is reported, from its configuration and from a password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-agent-'));
  const server = new StandInServer();
  // Its key ring serves an agent that has a key while the controller does not use it.
  const [controller, other] = await Promise.all([
    startSambaDomainController({ folder: join(folder, 'domain'), passwordCapture: false }),
    startSambaDomainController({ folder: join(folder, 'other') }),
  ]);
  await writeFile(join(folder, 'server.pub'), server.keys.publicKey, { mode: 0o644 });
  await server.listen(join(folder, 'server.sock'));
  const start = (name: string, smbConfFile: string): Promise<AgentProcess> =>
    AgentProcess.start(join(folder, `${name}.yaml`), {
      ldapiSocket: controller.privilegedSocket,
      gnupgHome: other.gnupgHome,
      smbConfFile,
      stateFolder: join(folder, name),
      server: { socketPath: join(folder, 'server.sock'), publicKeyFile: join(folder, 'server.pub') },
    });
  const agents: AgentProcess[] = [];
  try {
    agents.push(await start('configured', controller.smbConfFile));
    expect((await server.waitForStatus('not-configured')).detail).toContain('password hash gpg key ids');
    await agents[0]?.stop();

    server.statuses.length = 0;
    agents.push(await start('unreadable', join(folder, 'no-such-file')));
    await server.waitForStatus('ready');
    await controller.exec(['samba-tool', 'user', 'create', 'plain', 'Not-Captured-1']);
    const status = await server.waitForStatus('not-configured');
    expect(status.detail).toContain('refuses every new password');
    expect(server.passwords).toEqual([]);
  } finally {
    for (const agent of agents) agent.kill();
    await Promise.all([server.stop(), controller.stop(), other.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
});
