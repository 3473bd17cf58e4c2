import { type Clock, type Logger, silentLogger, systemClock } from '@isthmus/kernel';
import { exchangeAudience, graphAudience } from './cloudEndpoints.ts';
import { ExchangeMailboxes } from './exchange/ExchangeMailboxes.ts';
import { ExchangeTransport } from './exchange/ExchangeTransport.ts';
import { GraphAccounts } from './graph/GraphAccounts.ts';
import { GraphDomains } from './graph/GraphDomains.ts';
import { GraphGroups } from './graph/GraphGroups.ts';
import { GraphTenant } from './graph/GraphTenant.ts';
import { GraphTransport } from './graph/GraphTransport.ts';
import { closedError, HttpChannel } from './http/HttpChannel.ts';
import { systemTimer } from './http/Timer.ts';
import type { CloudEndpoints, IntegrationCredentials, Microsoft365 } from './ports.ts';
import { certificateTokens } from './sign-in/certificateTokens.ts';
import { type TenantLimits, tenantLimits } from './throttle/limits.ts';
import { ThrottleGovernor } from './throttle/ThrottleGovernor.ts';

export interface ConnectOptions {
  readonly endpoints: CloudEndpoints;
  readonly credentials: IntegrationCredentials;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Those of the smallest tenants when left out; the service corrects what we expect too high or too low. */
  readonly limits?: TenantLimits;
}

/** Connects one tenant. Nothing is sent before the first call. */
export function connectMicrosoft365(options: ConnectOptions): Microsoft365 {
  const { endpoints, credentials, clock = systemClock, logger = silentLogger } = options;
  const limits = options.limits ?? tenantLimits('small');
  const timer = systemTimer;
  const channel = new HttpChannel({ caPem: endpoints.caPem, connections: limits.concurrency + 2 });
  const signIn = { endpoints, channel, clock, timer };
  const tokens = certificateTokens(signIn, credentials, graphAudience(endpoints));
  const exchangeTokens = certificateTokens(signIn, credentials, exchangeAudience(endpoints));
  const governor = new ThrottleGovernor({ limits, clock, timer });
  const { graphUrl, exchangeUrl } = endpoints;
  const transport = new GraphTransport({ graphUrl, channel, tokens, governor, clock, timer, logger });
  const { tenantId } = credentials;
  const exchange = new ExchangeTransport({
    exchangeUrl,
    tenantId,
    channel,
    tokens: exchangeTokens,
    clock,
    timer,
    logger,
  });
  return {
    accounts: new GraphAccounts(transport),
    groups: new GraphGroups(transport),
    mailboxes: new ExchangeMailboxes(exchange),
    domains: new GraphDomains(transport, exchange),
    tenant: new GraphTenant(transport, { graph: tokens, exchange: exchangeTokens }),
    throttle: () => governor.state(),
    close: async () => {
      governor.close(closedError());
      await channel.close();
    },
  };
}
