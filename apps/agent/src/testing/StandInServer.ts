import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { generateSealingKeyPair, open, textOf } from '@isthmus/sealing';
import { vi } from 'vitest';
import { z } from 'zod';

const passwordSchema = z.strictObject({
  userId: z.guid(),
  changedAt: z.iso.datetime(),
  version: z.string().regex(/^\d+$/),
  sealed: z.base64(),
});
const statusSchema = z.strictObject({
  capture: z.enum(['ready', 'not-configured', 'broken']),
  detail: z.string(),
  dcHostName: z.string(),
  lastChangeAt: z.iso.datetime().nullable(),
  pending: z.number().int(),
});

export interface ReceivedPassword {
  readonly userId: string;
  readonly changedAt: string;
  readonly version: string;
  readonly password: string;
  /** `performance.now()` at arrival. */
  readonly arrivedAt: number;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** Takes the place of the server: opens what it gets with the private key and keeps it for the test to look at. */
export class StandInServer {
  readonly keys = generateSealingKeyPair();
  readonly passwords: ReceivedPassword[] = [];
  readonly statuses: z.infer<typeof statusSchema>[] = [];
  /** What the next hand-overs are answered with. */
  answer: (userId: string) => number = () => 204;
  /** Called with each password before it is answered. */
  onPassword: (received: ReceivedPassword) => void = () => undefined;
  #server: Server | undefined;

  /** What happens with a request, for a server that the test makes itself. */
  readonly listener: RequestListener = (request, response) => {
    this.#take(request).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => response.writeHead(422).end(String(error)),
    );
  };

  async listen(socketPath: string): Promise<void> {
    const server = createServer(this.listener);
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  passwordsOf(userId: string): readonly string[] {
    return this.passwords.filter((received) => received.userId === userId).map((received) => received.password);
  }

  async waitForPassword(password: string): Promise<ReceivedPassword> {
    return vi.waitFor(() => {
      const found = this.passwords.find((received) => received.password === password);
      if (found === undefined) throw new Error('not handed over yet');
      return found;
    }, WAIT);
  }

  async waitForStatus(capture: string): Promise<z.infer<typeof statusSchema>> {
    return vi.waitFor(() => {
      const last = this.statuses.at(-1);
      if (last?.capture !== capture) throw new Error(`last status: ${JSON.stringify(last)}`);
      return last;
    }, WAIT);
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request);
    if (request.url === '/agent/v1/status') {
      this.statuses.push(statusSchema.parse(body));
      return 204;
    }
    const { sealed, ...item } = passwordSchema.parse(body);
    const status = this.answer(item.userId);
    if (status >= 300) return status;
    const opened = await open(this.keys.privateKey, sealed, `password:${item.userId}:${item.version}`);
    const received = { ...item, password: textOf(opened).reveal(), arrivedAt: performance.now() };
    this.passwords.push(received);
    this.onPassword(received);
    return status;
  }
}

export const WAIT = { timeout: 30_000, interval: 10 } as const;
