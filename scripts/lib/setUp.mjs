import { bothOrNeither } from './bothOrNeither.mjs';
import { checkNode } from './checkNode.mjs';
import { ensureDashboard } from './dashboardBuild.mjs';
import { prepareDebianPackages } from './debianPackages.mjs';
import { ensureDependencies } from './dependencies.mjs';

/** Everything that has to be there before the project's own programs can run. `title` says what for. */
export async function setUp(title, debianPackages) {
  checkNode();
  console.log(`Isthmus: ${title}`);
  const installPackages = await prepareDebianPackages(debianPackages);
  await bothOrNeither(installPackages(), ensureDependencies());
  await ensureDashboard();
}
