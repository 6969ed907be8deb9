// SPDX-License-Identifier: Apache-2.0
// Fails where a source file of the pages imports something that the table of web folders does not let it import, or
// where imports run in a circle.
//
//   node tests/structure/import_direction.mjs [ROOT] [TABLE]
// The table stands in docs/architecture.md, so that the documented rules are the enforced ones. Types count as imports,
// too.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { circles, parse_table, reachable } from './include_direction.mjs';

const MARKERS = ['<!-- web-folders:begin -->', '<!-- web-folders:end -->'];

const sources = (root) =>
  readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => posix.join(entry.parentPath.slice(join(root, 'web').length + 1), entry.name))
    .sort();

/** What a file imports of ours, by the line: imports for types, at run time, for effects, and workers. */
export function imports_of(text) {
  return text.split('\n').flatMap((line, i) => {
    const code = line.replace(/^\s*(\/\/|\*|\/\*).*/, '');
    const all = code.matchAll(/(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*'(\.{1,2}\/[^'?]*)(?:\?\w+)?'/g);
    return [...all].map((match) => ({ line: i + 1, path: match[1] }));
  });
}

/** Returns the violations as lines "file:line: what, rule". */
export function check(root, direct) {
  const problems = [];
  const graph = new Map();
  const allowed = new Map([...direct.keys()].map((folder) => [folder, reachable(direct, folder)]));
  const files = sources(root);
  for (const file of files) {
    const folder = file.includes('/') ? file.split('/')[0] : '.';
    const own = allowed.get(folder);
    if (!own) {
      problems.push(`web/${file}:1: ${folder} is not in the table of web folders; add a row to docs/architecture.md`);
      continue;
    }
    const edges = [];
    for (const { line, path } of imports_of(readFileSync(join(root, 'web', file), 'utf8'))) {
      const target = posix.join(posix.dirname(file), path);
      if (target.startsWith('../')) continue; // the catalog's files
      edges.push(target);
      if (target.endsWith('.test.ts'))
        problems.push(`web/${file}:${line}: imports the test "${target}"; share by a module`);
      const other = target.split('/')[0];
      if (other === folder || own.has(other)) continue;
      const way = allowed.get(other)?.has(folder) ? 'upward' : 'sideways';
      const may = [...own].sort().join(', ') || 'nothing of ours';
      problems.push(`web/${file}:${line}: ${folder} imports "${target}" ${way}: it may import ${may}`);
    }
    graph.set(file, edges);
  }
  for (const circle of circles(graph)) {
    problems.push(`web/${circle[0]}:1: imports run in a circle: ${circle.join(' → ')}`);
  }
  return { problems, files: files.length };
}

export const table_of = (markdown) => parse_table(markdown, MARKERS);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
  const table = process.argv[3] ?? join(root, 'docs/architecture.md');
  const { problems, files } = check(root, table_of(readFileSync(table, 'utf8')));
  for (const problem of problems) console.error(problem);
  console.log(`${files} files checked, ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
