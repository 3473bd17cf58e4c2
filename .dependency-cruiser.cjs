const anyApp = '^apps/([^/]+)/';
const anyPackage = '^packages/([^/]+)/';
const tests = '\\.test\\.tsx?$|/contract-tests/|/testing/|^tests/|^bench/';

/** Third-party modules that only an adapter may touch. */
const adapterOnly = (name, module, allowed) => ({
  name,
  comment: `Only the adapter may touch ${module}; everybody else uses its port.`,
  severity: 'error',
  from: { path: '^(apps|packages)/', pathNot: [...allowed, tests] },
  to: { path: `node_modules/${module}/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle of imports has no order of understanding.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'apps-never-import-each-other',
      severity: 'error',
      from: { path: anyApp, pathNot: tests },
      to: { path: anyApp, pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: anyPackage },
      to: { path: '^apps/' },
    },
    {
      name: 'packages-only-through-their-index',
      comment: 'What a package exports in package.json is its whole surface.',
      severity: 'error',
      from: { path: anyPackage },
      to: {
        path: '^packages/[^/]+/src/.+',
        pathNot: [
          '^packages/[^/]+/src/index\\.ts$',
          '^packages/[^/]+/src/contract-tests/',
          '^packages/[^/]+/src/testing/index\\.ts$',
          '^packages/$1/',
        ],
      },
    },
    {
      name: 'apps-use-packages-through-their-index',
      severity: 'error',
      from: { path: '^(apps|tests|bench|tools)/' },
      to: {
        path: '^packages/[^/]+/src/.+',
        pathNot: [
          '^packages/[^/]+/src/index\\.ts$',
          '^packages/[^/]+/src/contract-tests/',
          '^packages/[^/]+/src/testing/index\\.ts$',
        ],
      },
    },
    {
      name: 'features-only-through-their-index',
      severity: 'error',
      from: { path: '^apps/server/src/features/([^/]+)/', pathNot: tests },
      to: {
        path: '^apps/server/src/features/([^/]+)/.+',
        pathNot: ['^apps/server/src/features/$1/', '^apps/server/src/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^packages/kernel/' },
      to: { path: '^(packages|apps)/', pathNot: '^packages/kernel/' },
    },
    {
      name: 'emulator-is-an-independent-reading',
      comment: 'It is written from the protocol, so it must not know our client.',
      severity: 'error',
      from: { path: '^packages/microsoft365-emulator/', pathNot: tests },
      to: { path: '^packages/', pathNot: ['^packages/microsoft365-emulator/', '^packages/kernel/'] },
    },
    {
      name: 'ports-know-only-the-kernel',
      severity: 'error',
      from: { path: '^packages/(directory|dns|microsoft365|sealing)/', pathNot: tests },
      to: { path: '^packages/', pathNot: ['^packages/$1/', '^packages/kernel/'] },
    },
    {
      name: 'clients-never-import-adapters',
      comment: 'The dashboard and the command line know the API only.',
      severity: 'error',
      from: { path: '^apps/(dashboard|cli)/', pathNot: tests },
      to: { path: '^packages/(directory|dns|microsoft365|microsoft365-emulator|sandbox|sealing)/' },
    },
    {
      name: 'products-never-import-the-sandbox',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [tests, '^packages/(sandbox|microsoft365-emulator)/'] },
      to: { path: '^packages/(sandbox|microsoft365-emulator)/' },
    },
    {
      name: 'domain-files-stay-pure',
      comment: 'Plans and domain types are functions of their arguments: no files, network, database or HTTP.',
      severity: 'error',
      from: { path: '/plan[A-Z][^/]*\\.ts$|/userAccount\\.ts$|/onlineAccount\\.ts$', pathNot: tests },
      to: {
        path: ['^(node:)?(fs|net|http|https|tls|child_process)(/|$)', 'node_modules/(fastify|kysely|pg|ldapts)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    adapterOnly('ldapts-only-in-directory-adapters', 'ldapts', [
      '^packages/directory/',
      '^packages/sandbox/',
      '^apps/agent/',
    ]),
    adapterOnly('database-driver-only-in-storage', 'pg', ['^apps/server/src/(storage|engine)/']),
    adapterOnly('mail-library-only-in-its-adapter', 'nodemailer', [
      '^apps/server/src/features/notifications/NodemailerSender\\.ts$',
    ]),
    adapterOnly('durable-engine-only-behind-engine', '@dbos-inc', ['^apps/server/src/engine/']),
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: { path: '^(apps|packages|tests|bench|tools)/' },
      // A package of types only has no code to be found; tsc knows whether it exists.
      to: { couldNotResolve: true, pathNot: '^@microsoft/microsoft-graph-types$|locales/.*\\.json$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
