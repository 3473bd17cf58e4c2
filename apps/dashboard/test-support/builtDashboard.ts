import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = fileURLToPath(new URL('../../../packages', import.meta.url));
const sources = [
  join(root, 'src'),
  join(root, 'public'),
  join(root, 'index.html'),
  join(root, 'vite.config.ts'),
  join(root, 'package.json'),
  join(packages, 'contracts/src'),
  join(packages, 'api-client/src'),
];

async function filesOf(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await Promise.all(sources.map(filesOf))).flat().sort();
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 20);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The folder of the built dashboard; built once for the same sources, whoever asks first. */
export async function builtDashboard(): Promise<string> {
  const cache = join(tmpdir(), `isthmus-dashboard-${userInfo().uid}`);
  const folder = join(cache, await fingerprint());
  if (await exists(join(folder, 'index.html'))) return folder;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(join(cache, 'new-'));
  // The test runner's own NODE_ENV would build React for development.
  const environment = process.env['NODE_ENV'] ?? 'test';
  process.env['NODE_ENV'] = 'production';
  await build({ root, mode: 'production', logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } });
  process.env['NODE_ENV'] = environment;
  // Two tests may build at once; the second finds the first one's work and throws its own away.
  await rename(fresh, folder).catch(async () => {
    if (!(await exists(join(folder, 'index.html')))) await cp(fresh, folder, { recursive: true });
    await rm(fresh, { recursive: true, force: true });
  });
  return folder;
}
