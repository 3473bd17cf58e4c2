import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from '../../EmulatorClock.ts';

/** What the browser came for. */
export type FlowPurpose =
  | { readonly kind: 'deviceCode'; readonly deviceCodeId: string }
  | {
      readonly kind: 'authorize';
      readonly redirectUri: string;
      readonly state: string | null;
      readonly responseMode: 'query' | 'fragment' | 'form_post';
      readonly codeChallenge: string | null;
      readonly codeChallengeMethod: string | null;
      readonly nonce: string | null;
      readonly alwaysConsent: boolean;
    }
  | { readonly kind: 'adminConsent'; readonly redirectUri: string; readonly state: string | null };

/** A browser on its way through the sign-in pages. */
export interface Flow {
  readonly id: string;
  /** As in the path it started with. */
  readonly tenantName: string;
  readonly clientId: string;
  readonly scope: string;
  readonly purpose: FlowPurpose;
  readonly userName: string;
  readonly expiresAt: number;
  /** Set once the user has signed in. */
  readonly signedIn: { readonly tenantId: string; readonly userId: string } | null;
}

const LIFETIME_MS = 15 * 60_000;

/** The browsers that are on their way; they start anew when the process does. */
export class InteractiveFlows {
  readonly #clock: EmulatorClock;
  readonly #flows = new Map<string, Flow>();

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  start(flow: Omit<Flow, 'id' | 'expiresAt' | 'signedIn'>): Flow {
    this.#dropExpired();
    const id = randomBytes(24).toString('base64url');
    const started: Flow = { ...flow, id, expiresAt: this.#clock.milliseconds() + LIFETIME_MS, signedIn: null };
    this.#flows.set(id, started);
    return started;
  }

  find(id: string): Flow | undefined {
    this.#dropExpired();
    return this.#flows.get(id);
  }

  update(flow: Flow): Flow {
    this.#flows.set(flow.id, flow);
    return flow;
  }

  end(flow: Flow): void {
    this.#flows.delete(flow.id);
  }

  #dropExpired(): void {
    const now = this.#clock.milliseconds();
    for (const flow of this.#flows.values()) if (flow.expiresAt < now) this.#flows.delete(flow.id);
  }
}
