import { createIntegrationSetUp } from '@isthmus/microsoft365';
import type { Configuration } from '../config/Configuration.ts';
import { registerAlerts } from '../features/alerts/index.ts';
import { registerAudit } from '../features/audit/index.ts';
import { registerDomains } from '../features/domains/index.ts';
import { GroupSync, registerGroups } from '../features/groups/index.ts';
import { registerHome } from '../features/home/index.ts';
import { registerImports } from '../features/imports/index.ts';
import {
  findIntegrationRecord,
  type IntegrationParts,
  registerIntegration,
  watchConnection,
  watchEmergencyAccess,
} from '../features/integration/index.ts';
import { registerJobs } from '../features/jobs/index.ts';
import { registerLicenses, WaitingSeats } from '../features/licenses/index.ts';
import { registerMailAddresses } from '../features/mail-addresses/index.ts';
import { NodemailerSender, registerNotifications } from '../features/notifications/index.ts';
import { registerOnlineAccounts } from '../features/online-accounts/index.ts';
import { registerPasswordPolicy, watchPolicy } from '../features/password-policy/index.ts';
import { createPasswords } from '../features/passwords/index.ts';
import { createPerformer, createPersonStore, PersonLocks } from '../features/people/index.ts';
import { registerSession, type SessionFeature } from '../features/session/index.ts';
import { registerSetup, type SetUpCode } from '../features/setup/index.ts';
import { registerSubscription, watchSubscriptions } from '../features/subscription/index.ts';
import { createSyncService, registerSync } from '../features/sync/index.ts';
import { registerUserTemplates } from '../features/user-templates/index.ts';
import { registerUsers, removeDuePeople } from '../features/users/index.ts';
import type { AgentHandlers } from '../http/agentEndpoint.ts';
import type { Router } from '../http/Router.ts';
import { createMirrors } from '../mirrors/index.ts';
import { createDnsAccess } from './createDnsAccess.ts';
import type { ServerPlatform } from './createPlatform.ts';
import { PeriodicCheck } from './PeriodicCheck.ts';
import type { Service } from './Platform.ts';

export interface FeatureParts {
  readonly configuration: Configuration;
  readonly sessions: SessionFeature;
  readonly setUpCode: SetUpCode;
  readonly version: string;
  readonly findServerCertificate: IntegrationParts['findServerCertificate'];
  /** Where people open the dashboard; undefined before it listens. */
  readonly findAddress: () => string | undefined;
}

export interface Features {
  /** In the order in which they are started. */
  readonly services: readonly (readonly [string, Service])[];
  readonly agent: AgentHandlers;
}

/** What the dashboard calls this installation: as configured, else the tenant, else the domain. */
async function findOrganization(platform: ServerPlatform, configured: string | undefined): Promise<string> {
  if (configured !== undefined) return configured;
  const tenant = await findIntegrationRecord(platform.settings);
  if (tenant !== undefined) return tenant.tenantName;
  const info = await platform.connections
    .findDirectory()
    ?.info()
    .catch(() => undefined);
  return info?.domainName ?? 'Isthmus';
}

/** Makes every feature and registers its operations; starts none of them. */
export async function registerFeatures(
  router: Router,
  platform: ServerPlatform,
  parts: FeatureParts,
): Promise<Features> {
  const { configuration, findServerCertificate, sessions, version } = parts;
  const { database, clock, audit, alerts, jobs, connections } = platform;
  const organization = (): Promise<string> => findOrganization(platform, configuration.organization);

  registerSession(router, {
    ...sessions,
    version,
    findOrganization: organization,
    isDirectoryConfigured: () => connections.isDirectoryConfigured(),
  });
  registerSetup(router, { code: parts.setUpCode, connections, audit, clock });
  registerJobs(router, { database, clock, jobs, audit });
  registerAudit(router, database, clock, audit);
  registerAlerts(router, clock, alerts, audit);

  const locks = new PersonLocks();
  const people = createPersonStore(platform);
  const mirrors = createMirrors(platform, { locks });
  const { licensesChanged } = mirrors;
  const passwords = await createPasswords(platform, { people, locks, mirrors, dataFolder: configuration.dataFolder });
  const performer = createPerformer(platform, { people, passwords, locks, licensesChanged });
  const sync = createSyncService(platform, { people, performer, mirrors });
  const commands = { people, performer, sync };
  registerSync(router, platform, { sync, passwords });
  const groupSync = new GroupSync(platform, mirrors);
  registerGroups(router, platform, groupSync);
  registerPasswordPolicy(router, platform);
  registerUsers(router, platform, commands);
  registerOnlineAccounts(router, platform, commands);
  registerMailAddresses(router, platform, commands);
  registerImports(router, platform, commands);
  registerUserTemplates(router, platform);
  registerLicenses(router, platform);
  registerSubscription(router, platform, { cloud: configuration.cloud.kind, signUp: configuration.signUp });
  const domainWatch = registerDomains(router, {
    platform,
    dns: createDnsAccess(configuration.dns, () => connections.findDirectoryHost()),
    refreshTenant: () => mirrors.refreshTenantFacts(),
  });
  registerHome(router, platform, { alerts, findOrganization: organization, findServerCertificate });
  const integration: IntegrationParts = {
    setUp: createIntegrationSetUp(connections.endpoints, { clock, logger: platform.logger }),
    connect: (credentials) => connections.connectMicrosoft365(credentials),
    disconnect: async ({ keepWaitingPasswords }) => {
      await connections.disconnectMicrosoft365();
      await mirrors.forgetTenant();
      await passwords.forgetDelivered({ keepWaiting: keepWaitingPasswords });
    },
    findServerCertificate,
  };
  registerIntegration(router, platform, integration);
  return {
    agent: passwords.agent,
    services: [
      ['sessions', sessions],
      ['passwords', passwords],
      ['sync', sync],
      ['mirrors', mirrors],
      ['linked groups', groupSync],
      ...hourlyChecks(platform, commands, integration),
      ['domains', domainWatch],
      ['alerts by e-mail', alertMail(router, platform, parts)],
      ['waiting licenses', new WaitingSeats(platform, { people, performer })],
    ],
  };
}

function alertMail(router: Router, platform: ServerPlatform, { configuration, findAddress }: FeatureParts): Service {
  return registerNotifications(router, {
    platform,
    sender: new NodemailerSender(configuration.mail.caFile),
    findOrganization: () => findOrganization(platform, configuration.organization),
    findAddress,
  });
}

function hourlyChecks(
  platform: ServerPlatform,
  commands: Parameters<typeof removeDuePeople>[1],
  integration: IntegrationParts,
): Features['services'] {
  const check = (what: string, look: () => Promise<void>) => new PeriodicCheck(what, look, platform.logger);
  return [
    ['password policy', check('the password policy', () => watchPolicy(platform))],
    ['emergency access', check('who administers the tenant', () => watchEmergencyAccess(platform))],
    ['connection', check('the connection to the tenant', () => watchConnection(platform, integration))],
    ['subscriptions', check('the subscriptions', () => watchSubscriptions(platform))],
    ['people who leave', check('who is to be removed', () => removeDuePeople(platform, commands))],
  ];
}
