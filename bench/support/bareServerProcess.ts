import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * The least a server can do: it reads the body, parses it when there is one, and answers with the JSON of an object
 * that it has in memory. Arguments: the file that holds the answer, and the PEM file with the certificate and its key.
 */
const [answerFile = '', pemFile = ''] = process.argv.slice(2);
const { status, body } = JSON.parse(readFileSync(answerFile, 'utf8')) as { status: number; body?: unknown };

const answer: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (body === undefined) {
      response.writeHead(status).end();
      return;
    }
    const text = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
  });
};

const pem = readFileSync(pemFile);
const plain = createHttpServer(answer).listen(0, '127.0.0.1');
const secure = createHttpsServer({ cert: pem, key: pem }, answer).listen(0, '127.0.0.1');
const portOf = (server: { address(): AddressInfo | string | null }): number => (server.address() as AddressInfo).port;
await Promise.all([plain, secure].map((server) => new Promise((resolve) => server.once('listening', resolve))));
process.stdout.write(`${JSON.stringify({ http: portOf(plain), https: portOf(secure) })}\n`);
process.stdin.once('end', () => process.exit(0)).resume();
