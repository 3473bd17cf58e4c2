import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { z } from 'zod';
import { type Channel, NetworkFailure } from '../http/HttpChannel.ts';

/** Body of a refused token request; only these two fields are stable, the texts are not. */
const refusal = z.object({ error: z.string(), error_codes: z.array(z.number()).default([]) });

/** Why the last request of a sign-in did not give a token, in our own reading instead of the library's. */
export type SignInTrouble =
  | { readonly kind: 'network'; readonly failure: NetworkFailure }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly error: string;
      readonly codes: readonly number[];
      readonly headers: Readonly<Record<string, string>>;
    };

/** Carries the sign-in library's requests over our own connection, so that our trust and our timeouts hold there too. */
export class SignInNetwork implements INetworkModule {
  readonly #channel: Channel;
  readonly #signal: AbortSignal | undefined;
  trouble: SignInTrouble | undefined;

  constructor(channel: Channel, signal?: AbortSignal) {
    this.#channel = channel;
    this.#signal = signal;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    return this.#send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(method: 'GET' | 'POST', url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      ...lowerCase(options?.headers),
    };
    const body = method === 'POST' ? { body: options?.body ?? '' } : {};
    try {
      const answer = await this.#channel.send({ method, url, headers, ...body, signal: this.#signal });
      const parsed = parse(answer.text);
      this.trouble = answer.status < 400 ? undefined : readRefusal(answer.status, parsed, answer.headers);
      // The library types the body by what it expects; it checks the fields that it uses.
      return { status: answer.status, headers: { ...answer.headers }, body: parsed as T };
    } catch (error) {
      if (error instanceof NetworkFailure) this.trouble = { kind: 'network', failure: error };
      throw error;
    }
  }
}

export interface NetworkAnswer<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

function lowerCase(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function readRefusal(status: number, body: unknown, headers: Readonly<Record<string, string>>): SignInTrouble {
  const known = refusal.safeParse(body);
  return {
    kind: 'refused',
    status,
    error: known.success ? known.data.error : 'unknown',
    codes: known.success ? known.data.error_codes : [],
    headers,
  };
}
