// SPDX-License-Identifier: Apache-2.0
// Builds the pages and writes a C++ file that puts them into the binary.
//
//   node web/build.mjs DIST PAGE_TABLE.cpp
//
// DIST is shared by all presets: vite runs only where what it reads has changed since it last wrote there. The engine's
// module for browsers must have been built. Compressed files are kept beside DIST by their content, because making them
// takes longest.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { keptFiles } from './offline/kept_files.mts';
import config from './vite.config.mjs';

const TYPES = {
  '.css': 'text/css;charset=utf-8',
  '.data': 'application/octet-stream',
  '.html': 'text/html;charset=utf-8',
  '.icc': 'application/vnd.iccprofile',
  '.js': 'text/javascript;charset=utf-8',
  '.svg': 'image/svg+xml',
  '.tflite': 'application/octet-stream',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
};
/** Weights of networks are noise to a compressor, and pictures are compressed. */
const INCOMPRESSIBLE = ['.data', '.tflite', '.webp'];
const web = fileURLToPath(new URL('.', import.meta.url));
const [dist, table] = process.argv.slice(2).map((path) => resolve(path));

const files_in = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function hash_of_inputs() {
  const hash = createHash('sha256');
  const inputs = files_in(web).filter((file) => /\.(css|html|json|mjs|mts|svg|tsx?|webmanifest|webp)$/.test(file));
  // The lock file stands for everything out of npm: libraries, LiteRT, the networks.
  for (const file of [
    ...inputs,
    ...files_in(join(web, '../build/wasm/module')),
    ...files_in(join(web, '../catalog/billing')),
    ...files_in(join(web, '../catalog/exercises')),
    ...files_in(join(web, '../translations')),
    join(web, '../package-lock.json'),
  ])
    hash
      .update(`${relative(web, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Tells the service worker which files there are, when no plugin takes one away any more: vite does so with scripts
 * that only brought styles. A file that is not there would keep the service worker from being installed at all.
 */
function tell_service_worker(chunks) {
  const worker = join(dist, 'service_worker.js');
  const all = files_in(join(dist, 'assets')).map((file) => ({
    fileName: relative(dist, file),
    bytes: statSync(file).size,
  }));
  const files = keptFiles(chunks, all);
  writeFileSync(worker, `const FILES = ${JSON.stringify(files)};\n${readFileSync(worker, 'utf8')}`);
}

/** What vite made, as kept_files.mts wants it. */
const chunks_of = ({ output }) =>
  output
    .filter(({ type }) => type === 'chunk')
    .map(({ fileName, isEntry, facadeModuleId, imports, dynamicImports, viteMetadata }) => ({
      fileName,
      isEntry,
      facadeModuleId,
      imports,
      dynamicImports,
      files: [...(viteMetadata?.importedCss ?? []), ...(viteMetadata?.importedAssets ?? [])],
    }));

async function ensure_dist() {
  const stamp = `${dist}.inputs`;
  const hash = hash_of_inputs();
  if (existsSync(stamp) && existsSync(join(dist, 'index.html')) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  const made = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config.build,
      outDir: dist,
      emptyOutDir: true,
      // "use client" in libraries is for servers that draw pages; there is none here.
      rolldownOptions: {
        input: { index: join(web, 'index.html'), service_worker: join(web, 'offline/service_worker.ts') },
        // A browser asks for a service worker by one name.
        output: { entryFileNames: ({ name }) => (name === 'service_worker' ? '[name].js' : 'assets/[name]-[hash].js') },
        onwarn(warning, warn) {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
  });
  tell_service_worker(chunks_of(made));
  writeFileSync(stamp, hash);
}

/** Returns the paths of the pages' table of routes; each is answered with index.html. */
function routes() {
  const table = readFileSync(join(web, 'app/routes.tsx'), 'utf8');
  const paths = new Set([...table.matchAll(/\bpath: '(\/[^']+)'/g)].map((match) => match[1]));
  if (paths.size === 0) throw new Error('web/app/routes.tsx: its table has no path as expected');
  return [...paths];
}

/** The file that holds a file's content compressed; nothing where that wins nothing. */
function compressed(file) {
  if (INCOMPRESSIBLE.includes(extname(file))) return undefined;
  const content = readFileSync(file);
  const folder = `${dist}.brotli`;
  const kept = join(folder, createHash('sha256').update(content).digest('hex'));
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true });
    const small = brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    });
    // Another preset's build may be making the same file.
    writeFileSync(`${kept}.${process.pid}`, small);
    renameSync(`${kept}.${process.pid}`, kept);
  }
  return statSync(kept).size < content.length ? kept : undefined;
}

function page_table() {
  const contents = files_in(dist).map((file, i) => {
    const path = `/${relative(dist, file).replaceAll('\\', '/')}`;
    const type = TYPES[extname(file)];
    if (!type) throw new Error(`web/build.mjs: say in TYPES what kind of file ${path} is`);
    const small = path.startsWith('/assets/') || path === '/service_worker.js' ? compressed(file) : undefined;
    return { name: `reprise_web_${i}`, file, small, path, type };
  });
  const index = contents.find(({ path }) => path === '/index.html');
  const pages = [
    ...contents.filter((content) => content !== index),
    ...routes().map((path) => ({ ...index, path })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const included = contents.flatMap(({ name, file, small }) => [
    [name, file],
    ...(small ? [[`${name}_br`, small]] : []),
  ]);
  const view = (name, file) => (file ? `{${name}, ${statSync(file).size}}` : '{}');
  return `// Made by web/build.mjs.
#include "web/pages.h"

${included
  .map(
    ([name, file]) => `asm(R"(.pushsection .rodata,"a",@progbits
.global ${name}
${name}: .incbin ${JSON.stringify(file)}
.popsection)");
extern "C" const char ${name}[];`,
  )
  .join('\n')}

namespace reprise::web {
namespace {
constexpr Page kPages[] = {
${pages
  .map(
    ({ path, type, name, file, small }) =>
      `    {"${path}", "${type}", ${view(name, file)}, ${view(`${name}_br`, small)}, ${path.startsWith('/assets/')}},`,
  )
  .join('\n')}
};
}  // namespace

std::span<const Page> pages() {
  return kPages;
}

}  // namespace reprise::web
`;
}

try {
  await ensure_dist();
} catch (error) {
  console.error(`The pages cannot be made. ${stripVTControlCharacters(String(error.message))}`);
  process.exit(1);
}
mkdirSync(dirname(table), { recursive: true });
writeFileSync(table, page_table());
