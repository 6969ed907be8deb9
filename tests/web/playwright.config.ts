// SPDX-License-Identifier: Apache-2.0
// The journeys through the pages of a real server, in Debian's Chromium: CONTRIBUTING.md, "Journeys".

import { defineConfig } from '@playwright/test';
import { headless_shell, NO_NETWORKS } from './browser.mjs';

export default defineConfig({
  testDir: '.',
  // CTest runs several journeys at once, each with a folder of its own (--output).
  outputDir: '../../build/journeys',
  // Node.js loads the pages' modules itself: without a package.json Playwright takes them for CommonJS.
  build: { external: ['**/web/fhir/**'] },
  workers: 1,
  retries: 0,
  // Less than CTest allows (tests/run.sh), so that a journey that hangs still leaves its trace.
  timeout: 880_000,
  expect: {
    timeout: 30_000,
    // Of the color of a pixel, 0 to 1; edges of letters are left out.
    toHaveScreenshot: { threshold: 0.05, animations: 'disabled', scale: 'css' },
  },
  // The pictures of all screens (`make pictures`).
  snapshotPathTemplate: '../../docs/images/screens/{arg}{ext}',
  reporter: [['list', { printSteps: true }]],
  use: {
    launchOptions: headless_shell(NO_NETWORKS),
    screenshot: 'only-on-failure',
    // The page before and after each action takes a sixth of a journey's processor time, a film a third.
    trace: process.env.REPRISE_TRACE
      ? 'retain-on-failure'
      : { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
});
