// Builds the pages and writes a C++ file that puts them into the binary.
//
//   node web/build.mjs DIST PAGE_TABLE.cpp
//
// DIST is shared by all presets: vite runs only where what it reads has changed since it last wrote there.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import config from './vite.config.mjs';

const TYPES = {
  '.css': 'text/css;charset=utf-8',
  '.html': 'text/html;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.svg': 'image/svg+xml',
};
const web = fileURLToPath(new URL('.', import.meta.url));
const [dist, table] = process.argv.slice(2).map((path) => resolve(path));

const files_in = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();

function hash_of_inputs() {
  const hash = createHash('sha256');
  const inputs = files_in(web).filter((file) => /\.(css|html|json|mjs|svg|tsx?)$/.test(file));
  for (const file of [...inputs, join(web, '../package-lock.json')]) hash.update(`${relative(web, file)}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

async function ensure_dist() {
  const stamp = `${dist}.inputs`;
  const hash = hash_of_inputs();
  if (existsSync(stamp) && existsSync(join(dist, 'index.html')) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config.build,
      outDir: dist,
      emptyOutDir: true,
      // "use client" in libraries is for servers that draw pages; there is none here.
      rolldownOptions: { onwarn(warning, warn) { if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning); } },
    },
  });
  writeFileSync(stamp, hash);
}

/** The pages' own list of their addresses; each is answered with index.html. */
function routes() {
  const list = /ROUTES = \[([^\]]*)\]/.exec(readFileSync(join(web, 'source/route.ts'), 'utf8'))?.[1];
  if (!list) throw new Error('web/source/route.ts: its list of routes is written otherwise than expected');
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]);
}

function page_table() {
  const contents = files_in(dist).map((file, i) => {
    const path = `/${relative(dist, file).replaceAll('\\', '/')}`;
    const type = TYPES[extname(file)];
    if (!type) throw new Error(`web/build.mjs: say in TYPES what kind of file ${path} is`);
    return { name: `reprise_web_${i}`, file, path, type, size: readFileSync(file).length };
  });
  const index = contents.find(({ path }) => path === '/index.html');
  const pages = [...contents.filter((content) => content !== index), ...routes().map((path) => ({ ...index, path }))]
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return `// Made by web/build.mjs.
#include "web/pages.h"

${contents.map(({ name, file }) => `asm(R"(.pushsection .rodata,"a",@progbits
.global ${name}
${name}: .incbin ${JSON.stringify(file)}
.popsection)");
extern "C" const char ${name}[];`).join('\n')}

namespace reprise::web {
namespace {
constexpr Page kPages[] = {
${pages.map(({ path, type, name, size }) => `    {"${path}", "${type}", {${name}, ${size}}, ${path.startsWith('/assets/')}},`).join('\n')}
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
