import { Secret, silentLogger } from '@isthmus/kernel';
import { GraphTransport } from '../graph/GraphTransport.ts';
import type { NewOnlineAccount } from '../OnlineAccount.ts';
import type { TokenSource } from '../sign-in/TokenSource.ts';
import { tenantLimits } from '../throttle/limits.ts';
import { ThrottleGovernor } from '../throttle/ThrottleGovernor.ts';
import { FakeGraph } from './FakeGraph.ts';
import { HurriedTimer } from './ManualTimer.ts';

export class FakeTokens implements TokenSource {
  rejected = 0;

  token(): Promise<Secret> {
    return Promise.resolve(new Secret(`token-${this.rejected}`));
  }

  reject(): void {
    this.rejected += 1;
  }
}

/** A transport to a {@link FakeGraph} on which waiting takes no time. */
export function fakeTransport(graph = new FakeGraph()) {
  const timer = new HurriedTimer();
  const { clock } = timer;
  const tokens = new FakeTokens();
  const governor = new ThrottleGovernor({ limits: tenantLimits('small'), clock, timer, random: () => 0.5 });
  const transport = new GraphTransport({
    graphUrl: 'https://graph.example',
    channel: graph,
    tokens,
    governor,
    clock,
    timer,
    logger: silentLogger,
    random: () => 0.5,
  });
  return { graph, timer, clock, tokens, governor, transport };
}

export function newAccount(number: number, changes: Partial<NewOnlineAccount> = {}): NewOnlineAccount {
  return {
    upn: `person${number}@contoso.example`,
    displayName: `Person ${number}`,
    mailNickname: `person${number}`,
    usageLocation: 'DE',
    signInAllowed: true,
    immutableId: Buffer.from(`anchor-${String(number).padStart(9, '0')}`).toString('base64'),
    password: new Secret('Correct-Horse-7'),
    mustChangePassword: true,
    ...changes,
  };
}
