#!/usr/bin/env node
// TypeScript runs by Node's type stripping, which Node 22.18 and later have switched on.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  // What was compiled at one start is ready at the next, which makes that one about twice as fast.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  await import('../src/main.ts');
} else {
  const { spawn } = await import('node:child_process');
  const { createRequire } = await import('node:module');
  let node;
  try {
    node = createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    console.error(`microsoft365-emulator needs Node 22.18 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
