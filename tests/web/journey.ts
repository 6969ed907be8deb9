// SPDX-License-Identifier: Apache-2.0
// What every journey gets: the program under test, and servers and browsers that end with the test.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { start_server } from '../server/server.mjs';
import { camera_file, open_demo } from './demo.mjs';

declare global {
  interface Window {
    /** Marks that a journey leaves in a page. */
    [mark: string]: any;
  }
}

const built = (file: string) => fileURLToPath(new URL(`../../build/release/${file}`, import.meta.url));

export { expect };
export const command = process.env.REPRISE_COMMAND ?? built('cli/reprise');
/** Shows the coach the pictures of a video one by one. */
export const clip_pictures = process.env.REPRISE_CLIP_PICTURES ?? built('tests/web/reprise_clip_pictures');
/** The folder for pictures of the pages that are looked at; undefined: none are made. */
export const pictures = process.env.REPRISE_PICTURES;
/** Whether journeys do what takes long, too. */
export const long = Boolean(process.env.REPRISE_LONG);

type Rest<T> = T extends (command: string, ...rest: infer R) => unknown ? R : never;

type Fixtures = {
  /** Does this when the test ends, the last first. */
  at_end: (work: () => unknown) => void;
  /** A folder that is gone after the test. */
  scratch: string;
  start_server: (...rest: Rest<typeof start_server>) => ReturnType<typeof start_server>;
  open_demo: (...rest: Rest<typeof open_demo>) => ReturnType<typeof open_demo>;
  /** Makes what the camera shows: camera_file() in demo.mjs. */
  camera: (options?: Parameters<typeof camera_file>[2]) => ReturnType<typeof camera_file>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that no other fixture is needed
  at_end: async ({}, use) => {
    const works: (() => unknown)[] = [];
    await use((work) => works.unshift(work));
    for (const work of works) await work();
  },
  scratch: async ({ at_end }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'reprise_journey_'));
    at_end(() => rmSync(folder, { recursive: true, force: true }));
    await use(folder);
  },
  start_server: async ({ at_end }, use) =>
    use(async (...rest) => {
      const server = await start_server(command, ...rest);
      at_end(() => server.stop());
      return server;
    }),
  open_demo: async ({ at_end }, use) =>
    use(async (...rest) => {
      const demo = await open_demo(command, ...rest);
      at_end(() => demo.close());
      return demo;
    }),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  camera: async ({}, use) => use((options) => camera_file(command, clip_pictures, options)),
});

/** Waits until `holds` returns a truthy value; fails with `what` after `timeout_ms`. */
export const until = (holds: () => unknown, what: string, timeout_ms = 60_000) =>
  expect.poll(async () => Boolean(await holds()), { message: what, timeout: timeout_ms, intervals: [50] }).toBe(true);
