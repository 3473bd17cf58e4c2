import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const besideRepository = '../../../../../shared/reference/graph-v1.0-subset.openapi.json';

/**
 * Where Microsoft's description of Graph (OpenAPI) is, when this machine has it. It is read from beside the repository and
 * never part of it; `GRAPH_DESCRIPTION` names another place.
 */
export function findGraphDescription(): string | undefined {
  const file = process.env['GRAPH_DESCRIPTION'] ?? resolve(import.meta.dirname, besideRepository);
  return existsSync(file) ? file : undefined;
}
