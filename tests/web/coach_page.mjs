// SPDX-License-Identifier: Apache-2.0
// The coach alone in Debian's Chromium: its page is built as the server's pages are, and served under their policy.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import config from '../../web/vite.config.mjs';
import { start_server } from '../server/server.mjs';
import { close_browser, launch_browser, open_window } from './browser.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** The fields with which the server answers a page and what belongs to it. */
async function fields_of_the_server(command) {
  const server = await start_server(command);
  const fields = async (path) => {
    const { headers } = await fetch(`${server.origin}${path}`);
    return Object.fromEntries(
      ['content-security-policy', 'permissions-policy', 'cross-origin-opener-policy', 'x-content-type-options']
        .filter((name) => headers.has(name))
        .map((name) => [name, headers.get(name)]),
    );
  };
  try {
    const document = await (await fetch(`${server.origin}/sign-in`)).text();
    return { page: await fields('/sign-in'), asset: await fields(/\/assets\/[^"]+\.js/.exec(document)[0]) };
  } finally {
    await server.stop();
  }
}

function answer({ folder, fields, clip_pictures, clips, changed }, request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const change = [...changed].find(([part]) => pathname.includes(part))?.[1];
  if (pathname.startsWith('/clips/')) {
    const child = spawn(clip_pictures, [clips.get(pathname)], { stdio: ['ignore', 'pipe', 'inherit'] });
    response.on('close', () => child.kill());
    return child.stdout.pipe(response);
  }
  const asset = pathname.startsWith('/assets/');
  try {
    const file = readFileSync(join(folder, asset ? pathname : 'index.html'));
    const body = change ? change(file) : file;
    const type = asset ? (TYPES[extname(pathname)] ?? 'application/octet-stream') : TYPES['.html'];
    return response.writeHead(200, { ...(asset ? fields.asset : fields.page), 'content-type': type }).end(body);
  } catch {
    return response.writeHead(404).end();
  }
}

/**
 * Opens the page; `args`: further options for the browser. `add_clip` gives the address at which the page gets a
 * video's pictures.
 */
export async function open_coach_page({ command, clip_pictures, args = [], permissions = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'reprise_coach_'));
  const fields = await fields_of_the_server(command);
  await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('coach_page/', import.meta.url)),
    build: { ...config.build, outDir: folder, emptyOutDir: true },
  });
  const clips = new Map();
  const changed = new Map();
  const site = { folder, fields, clip_pictures, clips, changed };
  const server = createServer((request, response) => answer(site, request, response));
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launch_browser(...args);
  const window = await open_window(browser, origin, { permissions });
  await window.page.goto(`${origin}/`);
  await window.page.waitForFunction(() => window.ready);
  return {
    ...window,
    /** What each answer says about itself: `page` and `asset`. */
    fields,
    origin,
    /** From a part of an address to what its file becomes; a function that throws: it is not there. */
    changed,
    add_clip(file) {
      const address = `/clips/${clips.size}`;
      clips.set(address, file);
      return address;
    },
    async close() {
      await close_browser(browser);
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
