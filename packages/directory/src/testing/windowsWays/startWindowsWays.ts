import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { TestDomainController } from '../startDirectory.ts';
import { DirSyncParts } from './DirSyncParts.ts';
import { WindowsConnection, type WindowsWays } from './WindowsConnection.ts';

export interface RunningWindowsWays {
  /** Trusted by the controller's own authority. */
  readonly ldapsUrl: string;
  readonly ways: WindowsWays;
  stop(): Promise<void>;
}

/** Puts itself before a real controller and answers as a Windows domain controller does, as far as Samba differs. */
export async function startWindowsWays(
  controller: TestDomainController,
  limits: { readonly pageSize: number; readonly valueRange: number; readonly dirSyncEntries: number },
): Promise<RunningWindowsWays> {
  const ways: WindowsWays = {
    ...limits,
    baseDn: controller.baseDn,
    withoutPassword: new Set(),
    parts: new DirSyncParts(limits.dirSyncEntries),
    played: { 'size-limit': 0, page: 0, 'value-range': 0, referral: 0, password: 0, 'no-password': 0 },
  };
  const folder = dirname(controller.caFile);
  const [cert, key] = await Promise.all([readFile(join(folder, 'server.pem')), readFile(join(folder, 'server.key'))]);
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert, key }, (near) => {
    const far = connect({ host: '127.0.0.1', port: controller.ports.ldaps, ca: controller.caPem });
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    void new WindowsConnection(near, far, ways);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ldapsUrl: `ldaps://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ways,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
