import { SetupError } from './SetupError.mjs';

const OLDEST_MAJOR = 20;

/** The scripts run under the machine's Node; everything else under the one among the dependencies. */
export function checkNode(version = process.versions.node) {
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new SetupError(
      `Node.js ${version} is too old.`,
      `Install Node.js ${OLDEST_MAJOR} or newer (https://nodejs.org/en/download), then run the command again.`,
    );
  }
}
