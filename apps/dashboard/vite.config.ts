import { fileURLToPath } from 'node:url';
import { operations } from '@isthmus/contracts';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Leaves method and path of every operation in `endpoints.ts`: the schemas would be an eighth of the first load. */
function endpoints(): Plugin {
  const table = Object.entries(operations).map(([id, { method, path, produces }]) => [id, { method, path, produces }]);
  const file = fileOf('src/shell/endpoints.ts');
  return {
    name: 'isthmus:endpoints',
    load: (id) => (id === file ? `export const endpoints = ${JSON.stringify(Object.fromEntries(table))};` : undefined),
  };
}

/** What every screen needs, in three files instead of eighty; features and their icons stay apart. */
const base =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)|i18next|react-i18next|eventsource-parser|@griffel\/[a-z]+|stylis|rtl-css-js|keyborg)\/|packages\/api-client\//;
const controls =
  /node_modules\/(@floating-ui\/[a-z]+|@fluentui\/(tokens|keyboard-keys|priority-overflow|react-(provider|theme|utilities|shared-contexts|jsx-runtime|button|tooltip|positioning|portal|text|spinner|label|field|input|search|message-bar|link|overflow|motion|motion-components-preview|aria|context-selector)))\//;
const parts =
  /apps\/dashboard\/src\/ui\/(BusyIcon|EmptyState|FilterBox|LoadingScreen|Page|ProblemMessage|StateLabel|TabNav|Time|Waiting|useMediaQuery|useNow)\.tsx?/;

export default defineConfig({
  plugins: [react(), endpoints()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileOf('src/zodWithoutEval.ts') }],
  },
  build: {
    target: 'baseline-widely-available',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'zod', test: /node_modules\/zod\/|zodWithoutEval/ },
            { name: 'base', test: base },
            { name: 'controls', test: controls },
            { name: 'parts', test: parts },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: process.env['ISTHMUS_API'] ?? 'https://localhost:8443', secure: false, changeOrigin: true },
    },
  },
});
