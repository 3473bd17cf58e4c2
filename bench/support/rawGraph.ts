import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestSandbox } from '../../tests/support/TestSandbox.ts';

interface BatchItem {
  readonly method: string;
  readonly url: string;
  readonly body: object;
}

/** Graph without any product around it: what the comparisons are made with. */
export interface RawGraph {
  post(path: string, body: object): Promise<Record<string, unknown>>;
  /** @throws Error when an item failed */
  batch(
    items: readonly BatchItem[],
  ): Promise<readonly { readonly status: number; readonly body: Record<string, unknown> }[]>;
}

const PERMISSIONS = ['User.ReadWrite.All', 'LicenseAssignment.ReadWrite.All', 'User-PasswordProfile.ReadWrite.All'];

async function accessToken({ ready, stateFolder }: TestSandbox): Promise<string> {
  const { url, tenantId } = ready.emulator;
  const key = (await readFile(join(stateFolder, 'sandbox', 'emulator', 'control-key'), 'utf8')).trim();
  const made = await fetch(`${url}/_emulator/applications`, {
    method: 'POST',
    headers: { 'x-emulator-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Bare client', permissions: PERMISSIONS, roles: ['User Administrator'] }),
  });
  const { appId, secret } = (await made.json()) as { appId: string; secret: string };
  const answer = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function rawGraph(sandbox: TestSandbox): Promise<RawGraph> {
  const headers = { authorization: `Bearer ${await accessToken(sandbox)}`, 'content-type': 'application/json' };
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${sandbox.ready.emulator.url}/v1.0${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    post,
    batch: async (items) => {
      const requests = items.map((item, index) => ({
        id: String(index),
        headers: { 'Content-Type': 'application/json' },
        ...item,
      }));
      const { responses } = (await post('/$batch', { requests })) as {
        responses: { id: string; status: number; body: Record<string, unknown> }[];
      };
      const failed = responses.find(({ status }) => status >= 300);
      if (failed !== undefined)
        throw new Error(`An item of the batch answered ${failed.status}: ${JSON.stringify(failed.body)}`);
      return responses.sort((left, right) => Number(left.id) - Number(right.id));
    },
  };
}
