import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet';

/** An authoritative name server on loopback for one zone, which says what a test tells it to. */
export class TestDnsServer {
  /** Records it answers with. */
  records: Answer[] = [];
  /** Whether it answers at all, tells people to come again by TCP, and says how long nothing is nothing. */
  isSilent = false;
  isTruncating = false;
  negativeTtl: number | undefined;
  readonly questions: string[] = [];
  readonly #udp: Socket;
  readonly #tcp: Server;
  #port = 0;

  private constructor() {
    this.#udp = createSocket('udp4', (message, from) => {
      const query = decode(message);
      if (!this.isSilent) this.#udp.send(this.#answer(query, encode, this.isTruncating), from.port, from.address);
    });
    this.#tcp = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (data) => {
        socket.end(this.#answer(streamDecode(data), streamEncode, false));
      });
    });
  }

  static async start(): Promise<TestDnsServer> {
    const server = new TestDnsServer();
    await new Promise<void>((resolve) => server.#udp.bind(0, '127.0.0.1', resolve));
    server.#port = server.#udp.address().port;
    await new Promise<void>((resolve) => server.#tcp.listen(server.#port, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  async close(): Promise<void> {
    this.#udp.close();
    await new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
  }

  #answer(query: Packet, pack: typeof encode, isTruncated: boolean): Buffer {
    const [question] = query.questions ?? [];
    this.questions.push(`${question?.type ?? ''} ${question?.name ?? ''}${pack === streamEncode ? ' by TCP' : ''}`);
    const answers = this.records.filter(({ name, type }) => name === question?.name && type === question.type);
    const soa = {
      type: 'SOA' as const,
      name: 'contoso.example',
      ttl: this.negativeTtl,
      data: { mname: 'ns.contoso.example', rname: 'host.contoso.example', minimum: this.negativeTtl },
    };
    const flags = AUTHORITATIVE_ANSWER | (isTruncated ? TRUNCATED_RESPONSE : 0);
    return pack({
      type: 'response',
      id: query.id,
      flags,
      questions: query.questions,
      answers: isTruncated ? [] : answers,
      authorities: answers.length === 0 && this.negativeTtl !== undefined ? [soa] : [],
    });
  }
}
