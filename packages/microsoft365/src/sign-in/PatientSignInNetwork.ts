import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { NetworkFailure } from '../http/HttpChannel.ts';
import { sleep } from '../http/Timer.ts';
import { type NetworkAnswer, SignInNetwork, type SignInTrouble } from './SignInNetwork.ts';
import type { SignInParts } from './SignInParts.ts';
import { isTemporary, waitBeforeRepeating } from './temporaryTrouble.ts';

/**
 * The sign-in library ends a sign-in at the first answer it does not know, and a person would have to start again
 * because of one 503. Here a failed request is repeated a few times; a failed question whether the code was typed
 * counts as "not yet", and the library asks again at its pace until the code ends.
 */
export class PatientSignInNetwork implements INetworkModule {
  readonly #network: SignInNetwork;
  readonly #parts: SignInParts;
  readonly #signal: AbortSignal | undefined;

  constructor(parts: SignInParts, signal?: AbortSignal) {
    this.#network = new SignInNetwork(parts.channel, signal);
    this.#parts = parts;
    this.#signal = signal;
  }

  get trouble(): SignInTrouble | undefined {
    return this.#network.trouble;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    return this.#patiently(() => this.#network.sendGetRequestAsync<T>(url, options));
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    const send = () => this.#network.sendPostRequestAsync<T>(url, options);
    const isPoll = new URLSearchParams(options?.body).has('device_code');
    return isPoll ? this.#poll(send) : this.#patiently(send);
  }

  async #patiently<T>(send: () => Promise<NetworkAnswer<T>>): Promise<NetworkAnswer<T>> {
    for (let attempt = 0; ; attempt++) {
      const answer = await send().catch(networkFailure);
      const wait = waitBeforeRepeating(this.#parts, this.trouble, attempt);
      if (wait === undefined && answer instanceof NetworkFailure) throw answer;
      if (wait === undefined && !(answer instanceof NetworkFailure)) return answer;
      if (wait !== undefined) await sleep(this.#parts.timer, wait, this.#signal);
    }
  }

  async #poll<T>(send: () => Promise<NetworkAnswer<T>>): Promise<NetworkAnswer<T>> {
    const answer = await send().catch(networkFailure);
    if (answer instanceof NetworkFailure) {
      if (answer.isDistrust) throw answer;
      return notYet();
    }
    return this.trouble !== undefined && isTemporary(this.trouble) ? notYet() : answer;
  }
}

function networkFailure(error: unknown): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  throw error;
}

function notYet<T>(): NetworkAnswer<T> {
  // The library reads this one field of a refusal.
  return { status: 400, headers: {}, body: { error: 'authorization_pending' } as T };
}
