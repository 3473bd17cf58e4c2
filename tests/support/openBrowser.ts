import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Keeps the browser off the network: only the pages under test are asked for. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

async function findProgram(): Promise<string> {
  for (const program of PROGRAMS) {
    if (
      await access(program).then(
        () => true,
        () => false,
      )
    )
      return program;
  }
  throw new Error('Chromium is not installed. Run npm test, which installs it, or: sudo apt-get install chromium');
}

/** Chromium with a fresh profile; it trusts the certificates of the sandbox, which are made anew for each. */
export async function openBrowser(
  options: { readonly colorScheme?: 'light' | 'dark'; readonly width?: number } = {},
): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'isthmus-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findProgram(),
    headless: true,
    chromiumSandbox: false,
    args: QUIET,
    ignoreHTTPSErrors: true,
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: options.width ?? 1280, height: 800 },
    acceptDownloads: true,
    locale: 'en-US',
  });
  context.on('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  return context;
}
