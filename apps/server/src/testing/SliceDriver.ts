import type { TestServer } from './startTestServer.ts';

// biome-ignore lint/suspicious/noExplicitAny: the body of an answer is whatever the test expects of it
export type Body = Record<string, any>;

export interface Row {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly state: string;
  readonly online: {
    readonly address: string;
    readonly state: string;
    readonly id: string;
    readonly signInAllowed: boolean;
    readonly licenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  } | null;
  readonly password: { readonly state: string; readonly reason: { readonly code: string } | null };
}

/** Looks until there is something to see; the test's own time limit ends a wait in vain. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A page as a person without JavaScript uses it: fill in the form and send it. */
async function submit(page: { url: string; html: string }, fields: Record<string, string>) {
  const action = /<form[^>]* action="([^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? page.url;
  const form = new URLSearchParams(fields);
  for (const [input] of page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    form.set(/ name="([^"]*)"/.exec(input)?.[1] ?? '', / value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  const answer = await fetch(new URL(action, page.url), { method: 'POST', body: form });
  return { url: answer.url, html: await answer.text() };
}

/** Uses the whole server through its API as the dashboard does, and the tenant's pages as its administrator does. */
export class SliceDriver {
  readonly #server: TestServer;

  constructor(server: TestServer) {
    this.#server = server;
  }

  async get(path: string): Promise<Body> {
    return (await this.#server.api.get(path)).body;
  }

  async post(path: string, body: object = {}): Promise<Body> {
    return (await this.#server.api.post(path, body)).body;
  }

  async patch(path: string, body: object): Promise<Body> {
    return (await this.#server.api.patch(path, body)).body;
  }

  async users(query = ''): Promise<Row[]> {
    return (await this.get(`/users?limit=500${query}`))['items'];
  }

  async user(userName: string): Promise<Row> {
    const found = (await this.users(`&q=${userName}`)).find((row) => row.userName === userName);
    if (found === undefined) throw new Error(`${userName} is not in the list`);
    return found;
  }

  /** Waits until the attempt is in this state. */
  attempt(id: string, state: string): Promise<Body> {
    return until(async () => {
      const answer = await this.get(`/integration/attempts/${id}?wait=5`);
      if (answer['state'] === 'failed' && state !== 'failed') throw new Error(JSON.stringify(answer));
      return answer['state'] === state && answer;
    });
  }

  /** A new set-up, with the code typed on the tenant's page. */
  async signedIn(): Promise<Body> {
    const started = await this.post('/integration/attempts');
    const { prompt } = started;
    const { username, password } = this.#server.emulator.administrator;
    const first = await fetch(prompt.verificationUri);
    let page = { url: first.url, html: await first.text() };
    page = await submit(page, { otc: prompt.userCode });
    page = await submit(page, { login: username, passwd: password });
    if (page.html.includes('Permissions requested')) await submit(page, { decision: 'accept' });
    return this.attempt(started['id'], 'signed-in');
  }

  confirm(attemptId: string): Promise<Body> {
    const { tenantId } = this.#server.emulator;
    return this.post(`/integration/attempts/${attemptId}/confirm`, { tenantId, usageLocation: 'DE' });
  }
}
