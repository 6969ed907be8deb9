// SPDX-License-Identifier: Apache-2.0
// Fails where a source file does not say its license in its first lines (https://spdx.dev/ids).
//
//   node tests/structure/license_lines.mjs [--write]
// --write adds the line: after a shebang, else at the top.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LINE = 'SPDX-License-Identifier: Apache-2.0';
const COMMENTS = [
  [/\.(cpp|h|cpp\.in|ts|tsx|mts|mjs)$/, (text) => `// ${text}`],
  [/(\.(sh|py|pyi|cmake|cmake\.in)|(^|\/)(CMakeLists\.txt|Makefile|Dockerfile))$|^\.ci\/run$/, (text) => `# ${text}`],
];
const FIRST_LINES = 3;
const FIXTURES = /^tests\/structure\/fixtures\//; // their problems are named by line

/** The comment for a file's name; undefined for files that are no sources: data, documents, pictures. */
export const comment_for = (file) =>
  FIXTURES.test(file) ? undefined : COMMENTS.find(([name]) => name.test(file))?.[1](LINE);

export const has_line = (text) => text.split('\n', FIRST_LINES).some((line) => line.includes(LINE));

export function with_line(text, comment) {
  if (!text.startsWith('#!')) return `${comment}\n${text}`;
  const end = text.indexOf('\n') + 1;
  return `${text.slice(0, end)}${comment}\n${text.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const files = listed.split('\0').filter((file) => comment_for(file) && existsSync(file));
  const without = files.filter((file) => !has_line(readFileSync(file, 'utf8')));
  if (process.argv.includes('--write')) {
    for (const file of without) writeFileSync(file, with_line(readFileSync(file, 'utf8'), comment_for(file)));
  } else {
    for (const file of without) console.error(`${file}: no line "${LINE}" (make format adds it)`);
  }
  console.log(`${files.length} files checked, ${without.length} without a license line`);
  process.exit(without.length === 0 || process.argv.includes('--write') ? 0 : 1);
}
