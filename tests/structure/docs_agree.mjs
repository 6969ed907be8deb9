// SPDX-License-Identifier: Apache-2.0
// Docs rot where nothing checks them. This fails where docs and code name different things: measures
// (frames-and-units.md), packages (dependencies.md), tests that prove a control (hazards.md, security.md), and links.
//
//   node tests/structure/docs_agree.mjs [ROOT]

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unproven } from './proofs.mjs';

const backticked = (text) => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);
const missing = (wanted, have) => [...wanted].filter((one) => !have.has(one));

/** Lists the files below a folder whose names match, without build and installed files. */
function files(root, pattern, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['build', 'node_modules', 'out', 'fixtures'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(root, pattern, path);
    return pattern.test(entry.name) ? [path] : [];
  });
}

export function measures_of(source) {
  return new Set([...source.matchAll(/^ +\{"([a-z_]+)", "[^"]+", MeasureUnit::/gm)].map((match) => match[1]));
}

export function marker_angles_of(source) {
  return new Set([...source.matchAll(/^ +\{"([a-z_]+)", "[^"]+", (?:true|false)\}/gm)].map((match) => match[1]));
}

export function tests_of(sources) {
  const pattern = /^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+),\s*(\w+)\)/gm;
  return new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => `${match[1]}.${match[2]}`)));
}

/** Lists the anchors of a Markdown text: its headings as hosting sites spell them, and explicit ids. */
export function anchors_of(markdown) {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/ /g, '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1])]);
}

/** Lists the link targets of a file, and the anchors in them, that do not exist. */
export function broken_links(root, file, markdown) {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1])
    .filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path, anchor] = target.split('#');
      const full = join(root, path ? normalize(join(dirname(file), path)) : file);
      if (path && !existsSync(full)) return true;
      return anchor && full.endsWith('.md') && !anchors_of(path ? readFileSync(full, 'utf8') : markdown).has(anchor);
    });
}

/** All unit tests of the sources, and those that must not compile. */
export function declared_tests(root) {
  const tests = tests_of(files(root, /_test\.cpp$/).map((path) => readFileSync(join(root, path), 'utf8')));
  for (const path of files(root, /\.cpp$/, 'tests/compile_fail'))
    tests.add(`compile_fail.${path.split('/').pop().slice(0, -4)}`);
  return tests;
}

export function check(root) {
  const problems = [];
  const read = (path) => readFileSync(join(root, path), 'utf8');

  const documented = new Set(backticked(read('docs/reference/frames-and-units.md')));
  const measures = measures_of(read('engine/kinematics/measure.cpp'));
  if (measures.size < 10)
    problems.push('engine/kinematics/measure.cpp: its table of measures is written otherwise than expected');
  for (const name of missing(measures, documented))
    problems.push(`docs/reference/frames-and-units.md: has no row for the measure ${name}`);
  const rows = [...read('docs/reference/frames-and-units.md').matchAll(/^\| `([a-z_]+)` \|/gm)].map(
    (match) => match[1],
  );
  const angles = marker_angles_of(read('engine/kinematics/marker_angles.cpp'));
  if (angles.size < 5)
    problems.push('engine/kinematics/marker_angles.cpp: its table of angles is written otherwise than expected');
  for (const name of missing(angles, documented))
    problems.push(`docs/reference/frames-and-units.md: has no row for the angle of markers ${name}`);
  for (const name of missing(rows, new Set([...measures, ...angles]))) {
    problems.push(
      `docs/reference/frames-and-units.md: ${name} is no measure of engine/kinematics/measure.cpp ` +
        'and no angle of marker_angles.cpp',
    );
  }

  const packages = new Set(backticked(read('docs/reference/dependencies.md')));
  const debian = read('packaging/debian-packages.txt')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/)[1]);
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read('package.json'));
  for (const name of missing([...debian, ...Object.keys({ ...dependencies, ...devDependencies })], packages)) {
    problems.push(`docs/reference/dependencies.md: does not say why and under which license ${name} is used`);
  }
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (!read('docs/reference/dependencies.md').includes(`\`${name}\` | ${version} |`)) {
      problems.push(`docs/reference/dependencies.md: ${name} is pinned to ${version} in package.json`);
    }
  }

  problems.push(...unproven(root, declared_tests(root)));

  for (const file of files(root, /\.md$/)) {
    for (const target of broken_links(root, file, read(file)))
      problems.push(`${file}: links to ${target}, which is not there`);
  }
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = check(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  console.log(`docs and code: ${problems.length} disagreements`);
  process.exit(problems.length === 0 ? 0 : 1);
}
