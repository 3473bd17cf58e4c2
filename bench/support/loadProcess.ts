import net from 'node:net';
import tls from 'node:tls';

/**
 * Sends one request over and over on several kept connections, the next one when the answer is there, and counts. It
 * only looks for the end of an answer, so that it costs less than any server it measures.
 */
export interface Load {
  readonly port: number;
  readonly secure: boolean;
  readonly request: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly answers: number;
  readonly failures: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Tells how many bytes of an answer are still to come; `undefined` while its head is not complete. */
class AnswerReader {
  #head: Buffer = Buffer.alloc(0);
  #missing = 0;
  status = 0;

  /** Takes bytes and says whether an answer ended with them. */
  take(chunk: Buffer): boolean {
    if (this.#missing > 0) {
      this.#missing -= chunk.length;
      return this.#missing <= 0;
    }
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.#head = bytes;
      return false;
    }
    const head = bytes.toString('latin1', 0, end);
    this.#head = Buffer.alloc(0);
    this.status = Number(head.slice(9, 12));
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    this.#missing = length - (bytes.length - end - HEAD_END.length);
    return this.#missing <= 0;
  }
}

function run(load: Load): Promise<LoadResult> {
  const bytes = Buffer.from(load.request);
  let answers = 0;
  let failures = 0;
  const sockets = Array.from({ length: load.connections }, () => {
    const at = { port: load.port, host: '127.0.0.1' };
    const socket = load.secure ? tls.connect({ ...at, rejectUnauthorized: false }) : net.connect(at);
    const reader = new AnswerReader();
    socket.once(load.secure ? 'secureConnect' : 'connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      if (!reader.take(chunk)) return;
      answers += 1;
      if (reader.status >= 400) failures += 1;
      socket.write(bytes);
    });
    return socket;
  });
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
      resolve({ answers, failures });
    }, load.seconds * 1000);
  });
}

let input = '';
for await (const chunk of process.stdin.setEncoding('utf8')) input += chunk;
process.stdout.write(`${JSON.stringify(await run(JSON.parse(input) as Load))}\n`);
