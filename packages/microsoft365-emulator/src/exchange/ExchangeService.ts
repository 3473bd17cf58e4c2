import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultPlan, PlannedFault } from '../FaultPlan.ts';
import type { Settings } from '../settings.ts';
import type { AccessTokens } from '../sign-in/AccessTokens.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { authenticateExchange } from './authorization/authenticateExchange.ts';
import { authorizeApi, authorizeCmdlet, hiddenParameters } from './authorization/authorizeExchange.ts';
import { Forbidden } from './authorization/Forbidden.ts';
import { Unauthorized } from './authorization/Unauthorized.ts';
import { bindParameters } from './binding/bindParameters.ts';
import type { Cmdlet, CmdletCall } from './Cmdlet.ts';
import { type CmdletInput, readCmdletInput } from './CmdletInput.ts';
import { findCmdlet } from './cmdlets/cmdletTable.ts';
import type { ExchangeCaller } from './ExchangeCaller.ts';
import type { ExchangeRequest, ExchangeResult } from './ExchangeRequest.ts';
import { ExchangeError } from './errors/ExchangeError.ts';
import { type PageRules, unpackPage } from './paging.ts';
import { RateLimiter } from './RateLimiter.ts';
import { noRows } from './Rows.ts';
import { isInEndpoint } from './v2Endpoints.ts';
import { plainHeaders, writePage } from './writeAnswer.ts';

export interface ExchangeServices {
  readonly world: World;
  readonly tokens: AccessTokens;
  readonly faults: FaultPlan;
  settings(): Settings;
}

export interface Identity {
  readonly caller: ExchangeCaller;
  readonly tenant: Tenant;
}

interface Progress {
  caller?: ExchangeCaller;
  headers: Readonly<Record<string, string>>;
  readonly warnings: string[];
}

/** Exchange's admin API: runs cmdlets for callers that their roles allow to. */
export class ExchangeService {
  readonly #services: ExchangeServices;
  readonly #limiter: RateLimiter;

  constructor(services: ExchangeServices) {
    this.#services = services;
    this.#limiter = new RateLimiter(services.world.clock, services.settings);
  }

  /** Starts all budgets anew. */
  clearThrottling(): void {
    this.#limiter.clear();
  }

  /** The answer to a call of one cmdlet. */
  answer(request: ExchangeRequest): Promise<ExchangeResult> {
    return this.respond(async (progress) => {
      const identity = await this.identify(request, progress);
      progress.headers = this.#limiter.take(identity.caller.appId, identity.tenant.id);
      this.#checkHeaders(request);
      return this.#invoke(request, identity, progress);
    });
  }

  /** Who calls which tenant, with a token that is good for this API. */
  async identify(request: ExchangeRequest, progress: Progress): Promise<Identity> {
    const { world, tokens, settings } = this.#services;
    const authorization = request.headers['authorization'];
    const identity = await authenticateExchange(world, tokens, { authorization, tenant: request.tenant });
    progress.caller = identity.caller;
    if (settings().enforcePermissions) authorizeApi(identity.caller, request.version);
    return identity;
  }

  /** Puts an answer, or a refusal, into the service's form. */
  async respond(produce: (progress: Progress) => Promise<object>): Promise<ExchangeResult> {
    const requestId = randomUUID();
    const progress: Progress = { headers: {}, warnings: [] };
    const finish = (status: number, body: ExchangeResult['body'], headers: Readonly<Record<string, string>> = {}) => ({
      status,
      body,
      requestId,
      caller: progress.caller,
      headers: { ...plainHeaders(requestId, status, progress.caller), ...progress.headers, ...headers },
    });
    try {
      return finish(200, await produce(progress));
    } catch (error) {
      if (error instanceof Unauthorized) return finish(401, undefined, error.headers);
      if (error instanceof Forbidden) return finish(403, null);
      if (!(error instanceof ExchangeError)) throw error;
      const form = this.#services.settings().exchange.errorText;
      return finish(error.status, error.body(form, progress.warnings), error.headers);
    }
  }

  /** Plays a fault on an item of a batch. */
  async faultFor(method: string, path: string): Promise<PlannedFault | undefined> {
    const fault = this.#services.faults.take(method, path);
    if (fault?.delayMs !== undefined) await wait(fault.delayMs);
    return fault;
  }

  async #invoke(request: ExchangeRequest, { caller, tenant }: Identity, progress: Progress): Promise<object> {
    const settings = this.#services.settings();
    const rules = this.#pageRules(request, settings);
    const { position, input } = this.#pageOf(request, rules);
    const cmdlet = this.#cmdletFor(request, input, caller, settings);
    const hidden = settings.enforcePermissions ? hiddenParameters(caller) : [];
    const call: CmdletCall = {
      tenant,
      caller,
      settings,
      parameters: bindParameters(cmdlet, parametersOf(request, input), hidden),
      warnings: progress.warnings,
      cmdlet: cmdlet.name,
      change: (change) => this.#services.world.transaction(change),
    };
    const isTrial = call.parameters.flag('WhatIf') === true;
    const rows = isTrial ? noRows : await cmdlet.run(call);
    return writePage(request, { tenant, rows, position, input, rules, warnings: progress.warnings });
  }

  #cmdletFor(request: ExchangeRequest, input: CmdletInput, caller: ExchangeCaller, settings: Settings): Cmdlet {
    if (request.version === 'v2.0' && !isInEndpoint(request.endpoint, input)) {
      const text = `The endpoint ${request.endpoint} does not run ${input.CmdletName} with these parameters.`;
      throw new ExchangeError('malformed', { text });
    }
    const cmdlet = findCmdlet(input.CmdletName);
    if (!settings.enforcePermissions && cmdlet !== undefined) return cmdlet;
    return authorizeCmdlet(caller, cmdlet);
  }

  #pageOf(request: ExchangeRequest, rules: PageRules): { position: number; input: CmdletInput } {
    const token = request.query.get('$skiptoken');
    if (token !== null) return unpackPage(token, rules);
    return { position: 0, input: readCmdletInput(request.body()) };
  }

  #pageRules({ headers }: ExchangeRequest, { exchange }: Settings): PageRules {
    return {
      now: this.#services.world.clock.milliseconds(),
      lifetimeSeconds: exchange.pageTokenSeconds,
      connection: exchange.pagesBoundToConnection ? (headers['connection-id'] ?? '') : null,
    };
  }

  #checkHeaders({ version, headers }: ExchangeRequest): void {
    const isRequired = version === 'v2.0' || this.#services.settings().exchange.requireAnchorMailbox;
    if (isRequired && !headers['x-anchormailbox']) {
      throw new ExchangeError('malformed', { text: 'The header X-AnchorMailbox is missing.' });
    }
    const format = headers['x-responseformat'] ?? 'json';
    if (format.toLowerCase() === 'json') return;
    throw new ExchangeError('malformed', { text: `The response format ${format} is not emulated: ask for json.` });
  }
}

/** In v2.0 `ResultSize` is the size of a page and limits nothing. */
function parametersOf({ version }: ExchangeRequest, { Parameters }: CmdletInput): CmdletInput['Parameters'] {
  return version === 'v2.0' && 'ResultSize' in Parameters ? { ...Parameters, ResultSize: 'Unlimited' } : Parameters;
}
