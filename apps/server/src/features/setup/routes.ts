import { setupOperations } from '@isthmus/contracts';
import { readServerCertificates } from '@isthmus/directory';
import { type Clock, Secret } from '@isthmus/kernel';
import type { ServerConnections } from '../../connections/ServerConnections.ts';
import type { Router } from '../../http/Router.ts';
import type { Audit } from '../audit/index.ts';
import { discoverDirectory } from './discoverDirectory.ts';
import { alreadyDone, type SetUpCode } from './SetUpCode.ts';
import { tryConnection } from './tryConnection.ts';

export interface SetUpRouteOptions {
  readonly code: SetUpCode;
  readonly connections: ServerConnections;
  readonly audit: Audit;
  readonly clock: Clock;
}

const WHOEVER_HAS_THE_CODE = '(set-up code)';

/** Registers the operations of `contracts/setup.ts`. */
export function registerSetup(router: Router, { code, connections, audit, clock }: SetUpRouteOptions): void {
  const demandCode = async (given: string): Promise<void> => {
    if (connections.isDirectoryConfigured()) throw alreadyDone();
    await code.verify(given);
  };

  router.handle(setupOperations.getSetup, async () => ({
    state: connections.isDirectoryConfigured() ? ('done' as const) : ('open' as const),
    source: connections.directorySource(),
  }));
  router.handle(setupOperations.discoverDirectory, async ({ body }) => {
    await demandCode(body.code);
    return discoverDirectory(body.domainName);
  });
  router.handle(setupOperations.inspectDirectoryCertificate, async ({ body }) => {
    await demandCode(body.code);
    const { chain } = await readServerCertificates(body.host, body.port);
    return {
      chain: chain.map((certificate) => ({
        subject: certificate.subject,
        issuer: certificate.issuer,
        fingerprint: certificate.fingerprint256,
        validFrom: certificate.validFrom.toISOString(),
        validTo: certificate.validTo.toISOString(),
        pem: certificate.pem,
        isAuthority: certificate.isAuthority,
      })),
    };
  });
  router.handle(setupOperations.testDirectory, async ({ body }) => {
    await demandCode(body.code);
    return { checks: (await tryConnection(body.connection, clock)).checks };
  });
  router.handle(setupOperations.connectDirectory, async ({ body, address, requestId }) => {
    await demandCode(body.code);
    const { checks, record } = await tryConnection(body.connection, clock);
    if (record !== undefined) {
      await connections.connectDirectory(record, new Secret(body.connection.bindPassword));
      await code.revoke();
    }
    await audit.record({
      actor: WHOEVER_HAS_THE_CODE,
      address,
      action: 'setup.connect-directory',
      sentence:
        record === undefined
          ? `Tried to connect the directory ${body.connection.domainName}; a check failed`
          : `Connected the directory ${body.connection.domainName}`,
      subject: body.connection.domainName,
      result: record === undefined ? 'failed' : 'done',
      requestId,
    });
    return { checks };
  });
}
