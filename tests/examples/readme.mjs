// Runs the lines of a README as a newcomer types them: the ```sh blocks, in the root folder, in order. What they print
// must contain the lines of the ```text blocks, in order.
//
//   node tests/examples/readme.mjs examples/cpp/README.md

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the lines inside the fenced blocks with this info string. */
export function lines_of(markdown, info) {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter((block) => block[1] === info)
    .flatMap((block) => block[2].trimEnd().split('\n'));
}

/** Starts lines of shell in the root folder, in a process group of their own. */
export function start(lines) {
  return spawn('bash', ['-euc', lines.join('\n')], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, REPRISE_NO_INSTALL: '1' },
  });
}

/** Runs lines of shell and returns what they print. Throws if one fails. */
export async function run(lines) {
  const shell = start(lines);
  let printed = '';
  for await (const part of shell.stdout) printed += part;
  const code = shell.exitCode ?? (await new Promise((resolve) => shell.on('exit', resolve)));
  if (code !== 0) throw new Error(`exit code ${code} after:\n${printed}`);
  return printed;
}

/** Throws unless `printed` contains these lines, in order. */
export function expect_lines(printed, lines) {
  const rest = printed.split('\n');
  for (const line of lines) {
    const at = rest.indexOf(line);
    if (at < 0) throw new Error(`the line "${line}" is missing in:\n${printed}`);
    rest.splice(0, at + 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const markdown = readFileSync(process.argv[2], 'utf8');
  const expected = lines_of(markdown, 'text');
  if (expected.length === 0) throw new Error(`${process.argv[2]} has no \`\`\`text block to compare with`);
  expect_lines(await run(lines_of(markdown, 'sh')), expected);
}
