// SPDX-License-Identifier: Apache-2.0
// Runs clang-tidy (list: .clang-tidy) over every source of a build but tests and benchmarks, several at once, and
// remembers clean sources: a source is checked again only when it, a header of ours that it includes, its compile
// command, or the list changed. Of a build that compiles a module's sources together, a source is the whole module.
// Tests are left out because they take as long as all the rest together. What the last commits left alone passed this
// check then; --all checks it again.
//
//   node tests/structure/tidy.mjs BUILD_FOLDER [--all] [REGEX]

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { includes_of } from './include_direction.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const whole = process.argv.includes('--all');
const [build, only = '.'] = process.argv.slice(2).filter((argument) => argument !== '--all');
if (!build) {
  console.error('usage: node tests/structure/tidy.mjs BUILD_FOLDER [--all] [REGEX]');
  process.exit(2);
}
// More than usually reach the main branch at once.
const COMMITS = 30;
const memory = join(root, 'build/tidy');
mkdirSync(memory, { recursive: true });

const texts = new Map();
const text_of = (file) => {
  if (!texts.has(file)) texts.set(file, existsSync(file) ? readFileSync(file, 'utf8') : '');
  return texts.get(file);
};

/** The file and all headers of ours that it reaches. */
function reached(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { own } of includes_of(text_of(file))) if (own) reached(resolve(root, own), seen);
  return seen;
}

const version = execFileSync('clang-tidy', ['--version'], { encoding: 'utf8' });
const rules = text_of(join(root, '.clang-tidy'));
function stamp_of({ file, command }) {
  const hash = createHash('sha256').update(version).update(rules).update(command);
  for (const part of [...reached(file)].sort()) hash.update(part).update(text_of(part));
  return join(memory, hash.digest('hex'));
}

// The sources themselves, or a module's together; headers compiled alone are in the build folder, too, and are not
// meant.
const within = relative(root, resolve(build));
const place = (file) => relative(root, file).replace(`${within}/`, '');
const ours = (file) =>
  file.startsWith(root) &&
  !/^(build|node_modules|tests|bench)\/|_test(\.cpp$|\.dir\/)/.test(place(file)) &&
  (place(file) === relative(root, file) || file.includes('/Unity/'));

/** The files that the last commits or the working tree changed; undefined: all, because the list changed. */
function changed() {
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).split('\n');
  const files = [...git('log', `-${COMMITS}`, '--name-only', '--format='), ...git('diff', '--name-only', 'HEAD')];
  if (files.includes('.clang-tidy')) return undefined;
  return new Set(files.map((file) => resolve(root, file)));
}

/** Whether a source, or a header beside it, is among them: of a module, one of its sources. */
function touched(file, files) {
  const parts = includes_of(text_of(file)).map(({ own }) => resolve(root, own ?? ''));
  const folders = new Set((file.includes('/Unity/') ? parts : [file]).map(dirname));
  return [...files].some((one) => folders.has(dirname(one)) && /\.(h|cpp)$/.test(one) && !/_test\.cpp$/.test(one));
}

// Without the compiler's own precompiled headers, which clang-tidy cannot read, the sources say the same.
const all = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8')).map((one) => ({
  ...one,
  command: one.command.replace(/ -Winvalid-pch|( -Xclang)? -include(-pch)?( -Xclang)? \S*cmake_pch\.hxx(\.pch)?/g, ''),
}));
writeFileSync(join(memory, 'compile_commands.json'), JSON.stringify(all));
// A source that several programs share is looked at once.
const commands = [...new Map(all.map((one) => [one.file, one])).values()].filter(
  ({ file }) => ours(file) && new RegExp(only).test(place(file)),
);
const files = whole ? undefined : changed();
const stamped = commands
  .filter(({ file }) => !files || touched(file, files))
  .map((one) => ({ ...one, stamp: stamp_of(one) }));
const todo = stamped.filter(({ stamp }) => !existsSync(stamp));
console.log(
  `clang-tidy: ${commands.length} sources, ${commands.length - stamped.length} as ${COMMITS} commits ago, ` +
    `${stamped.length - todo.length} known to be clean`,
);

let failed = 0;
function run_next() {
  const one = todo.shift();
  if (!one) return Promise.resolve();
  return new Promise((done) => {
    // The commands are g++'s; its warning options that clang does not know are no finding.
    const tidy = spawn('clang-tidy', ['--quiet', '--extra-arg=-Wno-unknown-warning-option', '-p', memory, one.file], {
      cwd: root,
    });
    let output = '';
    tidy.stdout.on('data', (chunk) => (output += chunk));
    let errors = '';
    tidy.stderr.on('data', (chunk) => (errors += chunk));
    tidy.on('close', (code) => {
      if (code === 0) {
        writeFileSync(one.stamp, '');
      } else {
        failed += 1;
        console.log(`${place(one.file)}\n${output.trim() || errors.trim()}`);
      }
      done();
    });
  }).then(run_next);
}
await Promise.all(Array.from({ length: availableParallelism() }, run_next));
if (failed) console.log(`clang-tidy: ${failed} sources with findings`);
process.exit(failed ? 1 : 0);
