import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Html, html } from '../http/html.ts';
import { inspectorPage, inspectorPaths } from './layout.ts';

const COOKIE = 'emulator-inspector';

/** Lets those in who have typed the control key once; their browser keeps a cookie that is worth nothing elsewhere. */
export class Entrance {
  readonly #key: string;
  readonly #pass: string;

  constructor(controlKey: string) {
    this.#key = controlKey;
    this.#pass = createHmac('sha256', controlKey).update('inspector').digest('base64url');
  }

  isOpenFor(request: FastifyRequest): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const given = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
    return given !== undefined && isSame(given, this.#pass);
  }

  /** The cookie for whoever knows the key. */
  cookieFor(typedKey: string): string | undefined {
    if (!isSame(typedKey.trim(), this.#key)) return undefined;
    return `${COOKIE}=${this.#pass}; Path=${inspectorPaths.home}; HttpOnly; Secure; SameSite=Strict`;
  }
}

function isSame(given: string, wanted: string): boolean {
  const one = Buffer.from(given);
  const other = Buffer.from(wanted);
  return one.length === other.length && timingSafeEqual(one, other);
}

export function entrancePage(isWrong: boolean): string {
  const alert: Html = isWrong ? html`<p role="alert" id="wrong">This is not the control key.</p>` : html``;
  const content = html`<h1>Look inside</h1>
<p>The key is in the file <code>control-key</code> of the emulator's state folder.</p>
<form method="post" action="${inspectorPaths.entrance}">${alert}
<div><label for="key">Control key</label>
<input id="key" name="key" type="password" required autofocus autocomplete="current-password"></div>
<button type="submit">Open</button>
</form>`;
  return inspectorPage('Look inside', content);
}
