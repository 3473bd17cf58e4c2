import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@isthmus/kernel';
import type { FastifyInstance } from 'fastify';
import { registerAzureManagement } from './azure-management/azureManagementRoutes.ts';
import { registerControl } from './control/controlRoutes.ts';
import { EmulatorControl } from './control/EmulatorControl.ts';
import { EmulatorClock } from './EmulatorClock.ts';
import { ExchangeRecorder } from './ExchangeRecorder.ts';
import { ExchangeService } from './exchange/ExchangeService.ts';
import { registerExchange } from './exchange/exchangeRoutes.ts';
import { FaultPlan } from './FaultPlan.ts';
import { registerTransfers } from './graph/drives/registerTransfers.ts';
import { GraphService } from './graph/GraphService.ts';
import { registerGraph } from './graph/graphRoutes.ts';
import { registerReportDownloads } from './graph/reports/reportDownloads.ts';
import { makeServerCertificate } from './http/certificates.ts';
import { createServer } from './http/createServer.ts';
import type { HttpServices } from './http/HttpServices.ts';
import { registerInspector } from './inspector/registerInspector.ts';
import type { Emulator, EmulatorOptions } from './options.ts';
import { RequestLog } from './RequestLog.ts';
import { StateFolder } from './StateFolder.ts';
import { makePassword } from './secrets.ts';
import { plantTenant } from './seed/plantTenant.ts';
import { type ParsedSeed, readSeed } from './seed/seedSchema.ts';
import { changeSettings, defaultSettings, type Settings } from './settings.ts';
import { registerSharePoint } from './sharepoint/registerSharePoint.ts';
import { AccessTokens } from './sign-in/AccessTokens.ts';
import { InteractiveFlows } from './sign-in/interactive/InteractiveFlows.ts';
import { Lockout } from './sign-in/Lockout.ts';
import { registerSignIn } from './sign-in/signInService.ts';
import { readStandingSwitches } from './standingSwitches.ts';
import { World } from './store/World.ts';

const PASSWORD_FILE = 'administrator-password';
const CONTROL_KEY_FILE = 'control-key';

/** Starts a Microsoft 365 tenant on loopback. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const folder = new StateFolder(options.stateFolder);
  try {
    return await startIn(folder, options);
  } catch (error) {
    folder.close();
    throw error;
  }
}

async function startIn(folder: StateFolder, options: EmulatorOptions): Promise<Emulator> {
  const host = options.host ?? '127.0.0.1';
  const names = [...new Set(['localhost', '127.0.0.1', '::1', host, ...(options.hostNames ?? [])])];
  const certificate = await makeServerCertificate(folder.path, names);
  const parts = makeParts(folder, options);
  const { world, control, http } = parts;
  const controlKey = folder.secretFile(CONTROL_KEY_FILE, () => randomBytes(24).toString('base64url'));
  const app = createServer(certificate);
  const recorder = makeRecorder(options);
  registerServices(app, parts, controlKey, recorder);
  await app.listen({ port: options.port ?? 0, host });
  const [address] = app.addresses();
  const port = typeof address === 'object' ? address.port : 0;
  const { record } = world.primary;
  return {
    url: `https://localhost:${port}`,
    port,
    caPem: certificate.caPem,
    caFile: certificate.caFile,
    tenantId: world.primary.id,
    initialDomain: record.initialDomain,
    administrator: { username: record.administratorUpn, password: parts.administratorPassword() },
    passwordFile: folder.file(PASSWORD_FILE),
    controlKey,
    controlKeyFile: folder.file(CONTROL_KEY_FILE),
    control,
    close: async () => {
      await app.close();
      world.close();
      folder.close();
      recorder?.close();
      http.log.clear();
    },
  };
}

interface Parts {
  readonly world: World;
  readonly control: EmulatorControl;
  readonly http: HttpServices;
  readonly lockout: Lockout;
  readonly onClear: (() => void)[];
  administratorPassword(): string;
}

function makeParts(folder: StateFolder, options: EmulatorOptions): Parts {
  const clock = new EmulatorClock(baseClock(options));
  const standing = readStandingSwitches();
  const faults = new FaultPlan(standing.faults);
  const initial = changeSettings(initialSettings(options), standing.settings);
  let control: EmulatorControl | undefined;
  const settings = (): Settings => control?.settings ?? initial;
  const log = new RequestLog(() => settings().requestLogSize);
  const lagMs = (kind: string): number => (settings().lagMs as Readonly<Record<string, number>>)[kind] ?? 0;
  const world = new World({ clock, lagMs, folder: folder.isTemporary ? undefined : folder.path });
  const lockout = new Lockout(clock);
  const onClear = [(): void => lockout.clear()];
  const replant = (): void => plant(world, folder, options);
  if (world.tenants.size === 0) replant();
  const clearMemory = (): void => {
    for (const clear of onClear) clear();
  };
  control = new EmulatorControl({ clock, faults, log, world: () => world, replant, clearMemory }, initial);
  const http: HttpServices = { clock, faults, log, settings };
  const administratorPassword = (): string => folder.secretFile(PASSWORD_FILE, () => '');
  return { world, control, http, lockout, onClear, administratorPassword };
}

function makeRecorder({ recordExchanges }: EmulatorOptions): ExchangeRecorder | undefined {
  const folder = recordExchanges ?? process.env['MICROSOFT365_EMULATOR_RECORD'];
  return folder === undefined || folder === '' ? undefined : new ExchangeRecorder(folder);
}

function registerServices(
  app: FastifyInstance,
  parts: Parts,
  controlKey: string,
  recorder: ExchangeRecorder | undefined,
): void {
  const { world, control, http, lockout, onClear } = parts;
  const tokens = new AccessTokens(world);
  const flows = new InteractiveFlows(http.clock);
  registerSignIn(app, { world, tokens, lockout, flows, settings: http.settings }, http);
  const graph = new GraphService({ world, tokens, faults: http.faults, settings: http.settings, recorder });
  onClear.push(() => graph.clearThrottling());
  registerGraph(app, graph, http);
  const exchange = new ExchangeService({ world, tokens, faults: http.faults, settings: http.settings });
  onClear.push(() => exchange.clearThrottling());
  registerExchange(app, exchange, http);
  registerTransfers(app, world, graph, http);
  registerSharePoint(app, { world, tokens, throttle: graph.filesThrottle }, http);
  registerReportDownloads(app, world, http);
  registerAzureManagement(app, { world, tokens }, http);
  registerControl(app, control, controlKey);
  registerInspector(app, { world, control }, controlKey);
}

/** Fills an empty world from the seed and keeps the administrator's password for whoever owns the folder. */
function plant(world: World, folder: StateFolder, options: EmulatorOptions): void {
  const keys = world.signingKeys.values();
  const seeds = readSeed(options.seed).map((seed, index) => keepIdentity(world, seed, index));
  world.clear();
  const password = folder.secretFile(PASSWORD_FILE, makePassword);
  const planted = world.plant(() => {
    for (const key of keys) world.signingKeys.put(key);
    return seeds.map((seed) => plantTenant(world, seed, password));
  });
  folder.writeSecret(PASSWORD_FILE, planted[0]?.administrator.password ?? password);
}

/** A tenant that is planted again keeps its id, as clients and signed tokens know it by that. */
function keepIdentity(world: World, seed: ParsedSeed, index: number): ParsedSeed {
  const id = seed.id ?? [...world.tenants.keys()][index];
  return id === undefined ? seed : { ...seed, id };
}

function baseClock(options: EmulatorOptions): Clock {
  return options.clock ?? systemClock;
}

function initialSettings({ throttling, latencyMs, settings }: EmulatorOptions): Settings {
  const given = {
    ...(throttling === undefined ? {} : { throttling }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
  };
  return changeSettings(changeSettings(defaultSettings, given), settings ?? {});
}
