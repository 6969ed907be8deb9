// SPDX-License-Identifier: Apache-2.0
// Runs the lines of a README as a newcomer types them, in the root folder: the ```sh blocks in order, and the
// ```sh server blocks in a terminal of their own. The lines of the ```text blocks must be printed, in order, and those
// of the ```text page blocks must stand on the page at the README's address.
//
//   node tests/examples/readme.mjs examples/cpp/README.md

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launch_browser, open_window } from '../web/browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the fenced blocks as { info, lines }. */
function blocks_of(markdown) {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info, text]) => ({
    info,
    lines: text.trimEnd().split('\n'),
  }));
}

/** Starts lines of shell in the root folder, in a process group of their own. */
function start(lines, stdout) {
  return spawn('bash', ['-euc', lines.join('\n')], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', stdout, 'inherit'],
    env: { ...process.env, REPRISE_NO_INSTALL: '1' },
  });
}

const ended = (shell) => new Promise((resolve) => shell.once('exit', resolve));

/** Runs lines of shell and returns what they print. Throws if one fails. */
async function run(lines) {
  const shell = start(lines, 'pipe');
  let printed = '';
  shell.stdout.on('data', (part) => {
    printed += part;
  });
  const code = await ended(shell);
  if (code !== 0) throw new Error(`exit code ${code} after:\n${printed}`);
  return printed;
}

/** Starts a server and waits until its address responds. */
async function serve(lines, address) {
  const responds = () =>
    fetch(address).then(
      () => true,
      () => false,
    );
  if (await responds()) throw new Error(`another program serves ${address}`);
  const server = start(lines, 'ignore');
  while (!(await responds())) {
    if (server.exitCode !== null) throw new Error(`the server ended with exit code ${server.exitCode}`);
    await sleep(100);
  }
  return server;
}

/** Returns why these lines are not all in `text`, in order; empty if they are. */
function missing(text, lines) {
  const rest = text.split('\n');
  for (const line of lines) {
    const at = rest.indexOf(line);
    if (at < 0) return `the line "${line}" is missing in:\n${text}`;
    rest.splice(0, at + 1);
  }
  return '';
}

/** Throws unless the page shows the lines within 30 seconds, asks no other server and reports no problem. */
async function expect_page(address, lines) {
  const browser = await launch_browser();
  try {
    const { page, problems } = await open_window(browser, new URL(address).origin);
    await page.goto(address);
    const end = Date.now() + 30_000;
    for (;;) {
      const why = missing(await page.locator('body').innerText(), lines);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      if (!why) return;
      if (Date.now() > end) throw new Error(why);
      await sleep(100);
    }
  } finally {
    await browser.close();
  }
}

const markdown = readFileSync(process.argv[2], 'utf8');
const blocks = blocks_of(markdown);
const lines_of = (info) => blocks.filter((block) => block.info === info).flatMap((block) => block.lines);
const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(markdown)?.[0];
const [expected, on_page] = [lines_of('text'), lines_of('text page')];
if (expected.length + on_page.length === 0)
  throw new Error(`${process.argv[2]} has no \`\`\`text block to compare with`);

const servers = [];
try {
  let printed = '';
  for (const { info, lines } of blocks) {
    if (info === 'sh') printed += await run(lines);
    if (info === 'sh server') servers.push(await serve(lines, address));
  }
  const why = missing(printed, expected);
  if (why) throw new Error(why);
  if (on_page.length > 0) await expect_page(address, on_page);
} finally {
  for (const server of servers) {
    if (server.exitCode !== null) continue;
    process.kill(-server.pid, 'SIGTERM');
    await ended(server);
  }
}
