import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every screen needs, in two files instead of eighty; features and their icons stay apart. */
const base =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)|i18next|react-i18next|eventsource-parser|@griffel\/[a-z]+|stylis|rtl-css-js|tabster|keyborg)\/|packages\/(contracts|api-client)\//;
const controls =
  /node_modules\/(@floating-ui\/[a-z]+|@fluentui\/(tokens|keyboard-keys|priority-overflow|react-(provider|theme|utilities|shared-contexts|tabster|jsx-runtime|button|tooltip|positioning|portal|menu|text|spinner|label|field|input|checkbox|search|message-bar|link|overflow|motion|motion-components-preview|aria|context-selector)))\//;

export default defineConfig({
  plugins: [react()],
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
            // Apart, because it has to be told to do without eval before the first schema is made (main.ts).
            { name: 'zod', test: /node_modules\/zod\//, priority: 1 },
            { name: 'base', test: base },
            { name: 'controls', test: controls },
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
