import type { Emulator } from '../index.ts';
import { answerOf, getToken, type TestAnswer } from './TestTenant.ts';

export interface InvokeOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** What follows the path, `?$select=…`. */
  readonly query?: string;
}

export interface ExchangeClient {
  readonly token: string;
  /** Runs a cmdlet through InvokeCommand. */
  invoke(cmdlet: string, parameters?: object, options?: InvokeOptions): Promise<TestAnswer>;
  /** Runs a cmdlet that must not fail, and gives what it gives. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into objects of every shape
  run(cmdlet: string, parameters?: object): Promise<any[]>;
}

const everything = { permissions: ['Exchange.ManageAsApp'], roles: ['Exchange Administrator'] };

/** A client that calls Exchange as an application with these permissions and directory roles. */
export async function exchangeClientWith(
  emulator: Emulator,
  { permissions, roles }: { permissions: string[]; roles: string[] } = everything,
): Promise<ExchangeClient> {
  const { appId, secret = '' } = emulator.control.addApplication({ displayName: 'Exchange test', permissions, roles });
  const token = await getToken(emulator, {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secret,
    scope: 'https://outlook.office365.com/.default',
  });
  return exchangeClientFor(emulator, token.body.access_token);
}

export function exchangeClientFor(emulator: Pick<Emulator, 'url' | 'tenantId'>, token: string): ExchangeClient {
  const invoke: ExchangeClient['invoke'] = async (cmdlet, parameters = {}, { headers = {}, query = '' } = {}) => {
    const response = await fetch(`${emulator.url}/adminapi/beta/${emulator.tenantId}/InvokeCommand${query}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: cmdletInput(cmdlet, parameters),
    });
    return answerOf(response);
  };
  const run: ExchangeClient['run'] = async (cmdlet, parameters) => {
    const { status, body } = await invoke(cmdlet, parameters);
    if (status !== 200) throw new Error(`${cmdlet}: ${status} ${JSON.stringify(body)}`);
    return body.value;
  };
  return { token, invoke, run };
}

export function cmdletInput(cmdlet: string, parameters: object = {}): string {
  return JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
}

/** The text and the type of a failure, in whichever of its forms. */
export function failureOf({ status, body }: TestAnswer): { status: number; type: string; text: string } {
  const detail: string | undefined = body.error.details?.[0]?.message;
  const internal = body.error.innererror.internalexception;
  if (detail === undefined) return { status, type: internal.type, text: internal.message };
  if (detail.startsWith('{')) {
    const { Message, TypeName } = JSON.parse(detail);
    return { status, type: TypeName, text: Message };
  }
  const [, type = '', ...text] = detail.split('|');
  return { status, type, text: text.join('|') };
}
