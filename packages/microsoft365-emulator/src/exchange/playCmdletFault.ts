import type { PlannedFault } from '../FaultPlan.ts';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import { plannedAnswer } from '../http/serve.ts';
import { readCmdletInput } from './CmdletInput.ts';
import type { ExchangeRequest, ExchangeResult } from './ExchangeRequest.ts';
import type { ExchangeService } from './ExchangeService.ts';
import { ExchangeError } from './errors/ExchangeError.ts';

/** What a planned fault of one cmdlet makes of its call. */
export interface Played {
  readonly fault: PlannedFault | undefined;
  /** Set when the call is not to be carried out. */
  readonly answer: HttpAnswer | undefined;
}

/** All cmdlets share one path; for the plan of faults each has one of its own, with its name at the end. */
export async function playCmdletFault(service: ExchangeService, request: ExchangeRequest): Promise<Played> {
  const name = nameOf(request);
  if (name === undefined) return { fault: undefined, answer: undefined };
  const path = `/adminapi/${request.version}/${request.tenant}/${request.endpoint}/${name}`;
  const fault = await service.faultFor(request.method, path);
  return { fault, answer: plannedAnswer(fault) };
}

function nameOf(request: ExchangeRequest): string | undefined {
  try {
    return readCmdletInput(request.body()).CmdletName;
  } catch (error) {
    if (error instanceof ExchangeError) return undefined;
    throw error;
  }
}

/** A planned answer as an item of a batch shows it. */
export function plannedResult({ status, headers, body }: HttpAnswer, requestId: string): ExchangeResult {
  return { status, headers, body: objectOf(body), requestId, caller: undefined };
}

function objectOf(body: HttpAnswer['body']): object | undefined {
  if (body === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(String(body));
    return typeof parsed === 'object' && parsed !== null ? parsed : { value: parsed };
  } catch {
    return { value: String(body) };
  }
}
