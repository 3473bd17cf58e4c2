import { mayRun } from './authorization/authorizeExchange.ts';
import { cmdlets } from './cmdlets/cmdletTable.ts';
import type { ExchangeRequest, ExchangeResult } from './ExchangeRequest.ts';
import type { ExchangeService } from './ExchangeService.ts';

/** The cmdlets that the caller's roles show, in the form of the PowerShell module's own question for them. */
export function listCmdlets(service: ExchangeService, request: ExchangeRequest): Promise<ExchangeResult> {
  return service.respond(async (progress) => {
    const { caller } = await service.identify(request, progress);
    const exportedCmdlets = cmdlets.filter((cmdlet) => mayRun(caller, cmdlet)).map(({ name }) => name);
    return {
      '@odata.context': `${request.origin}/adminapi/v1.0/${request.tenant}/$metadata#EXOModuleFile`,
      value: [{ 'exportedCmdlets@odata.type': '#Collection(String)', exportedCmdlets }],
    };
  });
}
