// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium with one page from this machine: where the references run.

import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The path of a program in the build folder (option --build, else build/release); ends with a clear text without it.
 */
export function builtProgram(name) {
  const at = process.argv.indexOf('--build');
  const program = path.resolve(root, at < 0 ? 'build/release' : (process.argv[at + 1] ?? ''), name);
  if (existsSync(program)) return program;
  console.error(`${program} is missing: run \`cmake --preset release && cmake --build --preset release\` first`);
  process.exit(2);
}

const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves the page, the installed npm packages and what `answer` returns for a path, to this machine only. */
async function serve(page, answer) {
  const server = createServer(async (request, response) => {
    // Isolation gives the page's clock its full resolution.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (name === '/') return response.setHeader('Content-Type', 'text/html').end(page);
    const type = types[path.extname(name)] ?? 'application/octet-stream';
    const body = answer(name);
    if (body !== undefined) return response.setHeader('Content-Type', type).end(body);
    const modules = path.join(root, 'node_modules');
    const file = path.join(modules, name);
    const allowed = file.startsWith(modules + path.sep) && (await stat(file).catch(() => null))?.isFile();
    if (!allowed) return response.writeHead(404).end();
    response.setHeader('Content-Type', type);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * Opens `page` (HTML that sets window.ready in the end) in a browser with a fresh profile. `answer`: from a path to the
 * bytes that the page gets for it, or undefined; `args`: further options for the browser. Returns the tab, the
 * browser's version and `close`, which ends it and removes its profile.
 */
export async function openPage(page, answer, args = []) {
  const server = await serve(page, answer);
  const profile = await mkdtemp(path.join(tmpdir(), 'reprise-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.REPRISE_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
  const close = async () => {
    await browser.close();
    server.close();
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => console.error('in the page:', error.message));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction(() => window.ready); // a function, because a strict page refuses text
    const version = browser.browser()?.version() ?? (await tab.evaluate('navigator.userAgent'));
    return { tab, version, close };
  } catch (error) {
    await close();
    throw error;
  }
}
