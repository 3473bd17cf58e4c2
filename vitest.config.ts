import { defineConfig } from 'vitest/config';

// On two busy cores a real part or a browser may miss a wait once; missing it twice is a failure.
const slow = { retry: 1, testTimeout: 60_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    // Every Graph exchange of every emulator is held against Microsoft's description when the run is over.
    globalSetup: ['packages/microsoft365-emulator/src/testing/contract/globalSetup.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,tools}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['**/node_modules/**', '**/*.{contract,http,samba,browser}.test.ts'],
        },
      },
      {
        // Tests that start real parts: Samba, PostgreSQL, the emulator, the server.
        test: {
          name: 'parts',
          include: ['{apps,packages,tools}/**/*.{contract,http,samba}.test.ts'],
          // One PostgreSQL for all of them; each test file makes a database of its own on it.
          globalSetup: ['apps/server/src/storage/testing/globalSetup.ts'],
          ...slow,
        },
      },
      {
        test: { name: 'end-to-end', include: ['tests/end-to-end/**/*.test.ts'], fileParallelism: false, ...slow },
      },
    ],
  },
});
