import type { Settings } from '../settings.ts';
import type { World } from '../store/World.ts';
import type { AccessTokens } from './AccessTokens.ts';
import type { InteractiveFlows } from './interactive/InteractiveFlows.ts';
import type { Lockout } from './Lockout.ts';

/** What the parts of the sign-in service work with. */
export interface SignInServices {
  readonly world: World;
  readonly tokens: AccessTokens;
  readonly lockout: Lockout;
  readonly flows: InteractiveFlows;
  settings(): Settings;
}
