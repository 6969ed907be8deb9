// Runs clang-tidy (list: .clang-tidy) over every source of a build but tests and benchmarks, several at once, and remembers
// what was clean: a file is looked at again only when it, a header of ours that it includes, its compile command, or the
// list changed. Tests are left out because they take as long as all the rest together.
//
//   node tests/structure/tidy.mjs BUILD_FOLDER [REGEX]

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { includes_of } from './include_direction.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [build, only = '.'] = process.argv.slice(2);
if (!build) {
  console.error('usage: node tests/structure/tidy.mjs BUILD_FOLDER [REGEX]');
  process.exit(2);
}
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
  for (const { own } of includes_of(text_of(file))) if (own) reached(join(root, own), seen);
  return seen;
}

const version = execFileSync('clang-tidy', ['--version'], { encoding: 'utf8' });
const rules = text_of(join(root, '.clang-tidy'));
function stamp_of({ file, command }) {
  const hash = createHash('sha256').update(version).update(rules).update(command);
  for (const part of [...reached(file)].sort()) hash.update(part).update(text_of(part));
  return join(memory, hash.digest('hex'));
}

// Headers compiled alone appear as generated sources inside the build folder: those are not ours to judge.
const ours = (file) => file.startsWith(root) && !/^(build|tests|bench)\/|_test\.cpp$/.test(relative(root, file));
// clang cannot read g++'s precompiled headers; without them the sources say the same.
const all = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8')).map((one) => (
  { ...one, command: one.command.replace(/ -Winvalid-pch| -include \S*cmake_pch\.hxx/g, '') }));
writeFileSync(join(memory, 'compile_commands.json'), JSON.stringify(all));
// A source that several programs share is looked at once.
const commands = [...new Map(all.map((one) => [one.file, one])).values()].filter(
  ({ file }) => ours(file) && new RegExp(only).test(relative(root, file)),
);
const todo = commands.map((one) => ({ ...one, stamp: stamp_of(one) })).filter(({ stamp }) => !existsSync(stamp));
console.log(`clang-tidy: ${commands.length} files, ${commands.length - todo.length} known to be clean`);

let failed = 0;
function run_next() {
  const one = todo.shift();
  if (!one) return Promise.resolve();
  return new Promise((done) => {
    // The commands are g++'s; its warning options that clang does not know are no finding.
    const tidy = spawn('clang-tidy', ['--quiet', '--extra-arg=-Wno-unknown-warning-option', '-p', memory, one.file], { cwd: root });
    let output = '';
    tidy.stdout.on('data', (chunk) => (output += chunk));
    let errors = '';
    tidy.stderr.on('data', (chunk) => (errors += chunk));
    tidy.on('close', (code) => {
      if (code === 0) {
        writeFileSync(one.stamp, '');
      } else {
        failed += 1;
        console.log(`${relative(root, one.file)}\n${output.trim() || errors.trim()}`);
      }
      done();
    });
  }).then(run_next);
}
await Promise.all(Array.from({ length: availableParallelism() }, run_next));
if (failed) console.log(`clang-tidy: ${failed} files with findings`);
process.exit(failed ? 1 : 0);
