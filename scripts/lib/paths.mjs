import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const node24 = join(root, 'node_modules', 'node', 'bin', 'node');
export const stateFolder = join(root, '.isthmus');

/** Environment in which the project's own Node and tools come first. */
export function projectEnvironment(more = {}) {
  const folders = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin')];
  return { ...process.env, PATH: `${folders.join(':')}:${process.env.PATH}`, ...more };
}
