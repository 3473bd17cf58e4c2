import { fileURLToPath } from 'node:url';
import { startFakeServer } from './startFakeServer.ts';

// npm run look -w apps/dashboard -- [people]: the built dashboard on an API in memory, to look at.
const folder = fileURLToPath(new URL('../dist', import.meta.url));
const server = await startFakeServer(folder, { people: Number(process.argv[2] ?? '60') }, 4173);
process.stdout.write(`${server.url} (sign in as anybody with Passw0rd!)\n`);
