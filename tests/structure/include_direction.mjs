// SPDX-License-Identifier: Apache-2.0
// Fails where a source file includes something that the table of modules does not let it include, where includes
// run in a circle, where a namespace is not that of the file's folder, or where the engine reaches for the world
// (files, clock, threads) or for headers that the browser's compiler lacks.
//
//   node tests/structure/include_direction.mjs [ROOT] [TABLE]
// The table stands in docs/architecture.md, so that the documented rules are the enforced ones.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const NOT_SOURCES = new Set(['build', 'node_modules', 'out', 'compile_fail', 'fixtures']);
const MARKERS = ['<!-- modules:begin -->', '<!-- modules:end -->'];

// Also built as WebAssembly (emscripten 3.1.6) and free of effects: samples in, measurements out.
const PURE = ['base', 'json', 'engine/', 'fhir/', 'care/', 'exercises', 'session', 'wasm'];
const BANNED_IN_PURE = {
  files: ['fstream', 'filesystem'],
  logging: ['iostream', 'print', 'syslog.h', 'spdlog/spdlog.h'],
  threads: ['thread', 'mutex', 'shared_mutex', 'condition_variable', 'future', 'atomic', 'stop_token'],
  'headers that emscripten 3.1.6 lacks': ['expected', 'format', 'ranges', 'source_location', 'stacktrace'],
};

/** What any *_test.cpp may use. */
const FOR_TESTS = ['tests/support/', 'fhir/validation/'];

const BANNED_USE = [
  [/std::random_device|\bs?rand\(\)/, 'randomness without a seed: the same input must give the same result'],
  [/\b(system|steady|high_resolution|utc)_clock\b/, 'a clock: time comes in with the samples'],
];

/** Reads the table: rows of "| `folder` | … | `a`, `b` |" between two markers. */
export function parse_table(markdown, [begin, end] = MARKERS) {
  const from = markdown.indexOf(begin);
  const to = markdown.indexOf(end);
  if (from < 0 || to < from) throw new Error(`no table between ${begin} and ${end}`);
  const names = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  const direct = new Map();
  for (const line of markdown.slice(from, to).split('\n')) {
    const cells = line.split('|').slice(1, -1);
    if (cells.length < 3) continue;
    for (const folder of names(cells[0])) direct.set(folder, names(cells[cells.length - 1]));
  }
  return direct;
}

/** Every module that `folder` may reach, directly or through others. Throws where the table itself runs in a circle. */
export function reachable(direct, folder, path = []) {
  if (path.includes(folder)) throw new Error(`the table runs in a circle: ${[...path, folder].join(' → ')}`);
  const reached = new Set();
  for (const next of direct.get(folder) ?? []) {
    if (!direct.has(next)) throw new Error(`the table lets ${folder} include ${next}, which has no row`);
    reached.add(next);
    for (const further of reachable(direct, next, [...path, folder])) reached.add(further);
  }
  return reached;
}

function sources(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || NOT_SOURCES.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    if (is_example(`${path}/`)) return [];
    if (entry.isDirectory()) return sources(root, path);
    return /\.(h|hpp|cpp|cc|c)$/.test(entry.name) ? [path] : [];
  });
}

export function includes_of(text) {
  return text.split('\n').flatMap((line, i) => {
    const match = /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line);
    return match ? [{ line: i + 1, own: match[1], system: match[2] }] : [];
  });
}

/** The module of a file: the longest folder of the table that holds it. */
function module_of(direct, path) {
  const folders = [...direct.keys()].filter((folder) => path.startsWith(`${folder}/`));
  return folders.sort((a, b) => b.length - a.length)[0];
}

function is_pure(module) {
  return PURE.some((pure) => (pure.endsWith('/') ? module.startsWith(pure) : module === pure));
}

const is_test = (path) => /_test\.(cpp|h)$/.test(path);

// tests/ and bench/ cross modules by their nature; they may include everything and nothing may include them.
const crosses_modules = (path) => path.startsWith('tests/') || path.startsWith('bench/');

// Built apart from the tree, against the installed libraries.
const is_example = (path) => path.startsWith('examples/');

/** Ways of a graph, a Map of names to names, that come back to where they began. */
export function circles(graph) {
  const found = [];
  const state = new Map();
  const walk = (file, path) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const edge of graph.get(file) ?? []) walk(edge, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

/** The namespace that the files of a module open, or one within it: that of its first folder; base is the root. */
const namespace_of = (module) => (module === 'base' ? 'reprise' : `reprise::${module.split('/')[0]}`);

// Lends a name to the root: Json.
const OPENS_ROOT = 'json/fields.h';

/** Namespaces opened at the left margin that are not the module's. */
function foreign_namespaces(text, module) {
  const own = namespace_of(module);
  return [...text.matchAll(/^namespace (reprise[\w:]*) \{/gm)].filter(
    ([, opened]) => opened !== own && !opened.startsWith(`${own}::`),
  );
}

/** Returns the violations as lines "file:line: what, rule". */
export function check(root, direct) {
  const problems = [];
  const files = sources(root);
  const known = new Set(files);
  const graph = new Map();
  const strangers = new Set();
  const allowed = new Map([...direct.keys()].map((folder) => [folder, reachable(direct, folder)]));

  for (const file of files) {
    const module = module_of(direct, file);
    if (!module && !crosses_modules(file)) {
      const folder = posix.dirname(file);
      if (!strangers.has(folder)) {
        problems.push(`${file}:1: ${folder}/ is not in the table of modules; add a row to docs/architecture.md`);
      }
      strangers.add(folder);
      continue;
    }
    const text = readFileSync(join(root, file), 'utf8');
    const edges = [];
    for (const opened of module && file !== OPENS_ROOT ? foreign_namespaces(text, module) : []) {
      const line = text.slice(0, opened.index).split('\n').length;
      problems.push(`${file}:${line}: namespace ${opened[1]}: files of ${module} open ${namespace_of(module)}`);
    }
    for (const { line, own, system } of includes_of(text)) {
      const at = `${file}:${line}`;
      if (system) {
        if (!module || !is_pure(module) || is_test(file)) continue;
        const kind = Object.keys(BANNED_IN_PURE).find((key) => BANNED_IN_PURE[key].includes(system));
        // Reading the catalog's folder is the one thing that exercises does natively only; its name says so.
        if (kind === 'files' && module === 'exercises' && /_files\.(h|cpp)$/.test(file)) continue;
        if (kind) problems.push(`${at}: <${system}>: ${module} has no ${kind} in it (it runs in the browser too)`);
        if (system.startsWith('nlohmann/') && /^(base|engine\/.*)$/.test(module)) {
          problems.push(`${at}: <${system}>: ${module} has no JSON in it (samples in, measurements out)`);
        }
        continue;
      }
      if (!known.has(own)) {
        problems.push(`${at}: "${own}" is no file of ours; write own headers from the root, others with <>`);
        continue;
      }
      edges.push(own);
      const target = module_of(direct, own);
      if (crosses_modules(file) || (is_test(file) && FOR_TESTS.some((folder) => own.startsWith(folder)))) continue;
      if (!target) {
        problems.push(`${at}: ${module} includes "${own}": nothing may include ${own.split('/')[0]}`);
        continue;
      }
      if (target === module || allowed.get(module).has(target)) continue;
      // A test may draw its truth from the body model, as long as the body model does not depend on the tested module.
      const truth_for_test = is_test(file) && target === 'engine/synthesis' && !allowed.get(target).has(module);
      if (truth_for_test) continue;
      const way = allowed.get(target).has(module) ? 'upward' : 'sideways';
      const may = [...allowed.get(module)].sort().join(', ') || 'nothing of ours';
      problems.push(`${at}: ${module} includes "${own}" ${way}: it may include ${may}`);
    }
    graph.set(file, edges);
    if (!module || !is_pure(module)) continue;
    for (const [pattern, what] of BANNED_USE) {
      const use = pattern.exec(text);
      if (use) problems.push(`${file}:${text.slice(0, use.index).split('\n').length}: ${what}`);
    }
  }
  for (const circle of circles(graph)) problems.push(`${circle[0]}:1: includes run in a circle: ${circle.join(' → ')}`);
  return { problems, files: files.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
  const table = process.argv[3] ?? join(root, 'docs/architecture.md');
  const { problems, files } = check(root, parse_table(readFileSync(table, 'utf8')));
  for (const problem of problems) console.error(problem);
  console.log(`${files} files checked, ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
