import type { Platform } from '../../composition/Platform.ts';

const FRESH_MS = 60_000;
/** A page must not wait for the cloud. */
const PATIENCE_MS = 3_000;

/** What the application really holds, asked at most once a minute; undefined while nobody answers. */
export class GrantedPermissions {
  readonly #platform: Platform;
  #last: { readonly at: number; readonly granted: ReadonlySet<string> } | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    platform.connections.onChange(() => {
      this.#last = undefined;
    });
  }

  async read(): Promise<ReadonlySet<string> | undefined> {
    const microsoft365 = this.#platform.connections.findMicrosoft365();
    if (microsoft365 === undefined) return undefined;
    const now = this.#platform.clock.now().getTime();
    if (this.#last !== undefined && now - this.#last.at < FRESH_MS) return this.#last.granted;
    const asked = microsoft365.tenant.grantedPermissions().then(
      (permissions) => {
        this.#last = { at: now, granted: new Set(permissions) };
        return this.#last.granted;
      },
      (error: unknown) => {
        this.#platform.logger.debug({ error }, 'the granted permissions could not be read');
        return undefined;
      },
    );
    const patience = new Promise<undefined>((resolve) => {
      setTimeout(() => resolve(undefined), PATIENCE_MS).unref();
    });
    return Promise.race([asked, patience]);
  }
}
