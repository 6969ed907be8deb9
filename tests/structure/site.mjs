// SPDX-License-Identifier: Apache-2.0
// Builds the site of the documents and checks it: every link, picture and script is there, every anchor exists, and
// no page asks another server.
//
//   node tests/structure/site.mjs

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = join(root, 'build/site');
execFileSync(join(root, 'packaging/docs.sh'), { stdio: 'inherit' });

const files = readdirSync(site, { recursive: true }).map((name) => join(site, name));
const plain = (text) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');

const ids = new Map();
function has_anchor(file, anchor) {
  if (!ids.has(file)) {
    ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id)));
  }
  return ids.get(file).has(decodeURIComponent(anchor));
}

/** Returns why a reference of a page leads nowhere or outside; empty if it leads to a file of the site. */
function problem_of(page, element, target) {
  if (/^([a-z]+:|\/\/)/.test(target)) {
    if (element === 'a' || /^(data|javascript|mailto):/.test(target)) return '';
    return 'asks another server';
  }
  const [path, anchor] = target.split('#');
  let file = path ? join(dirname(page), decodeURIComponent(path.split('?')[0])) : page;
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return 'is not there';
  const checked = anchor && file.endsWith('.html') && !relative(site, file).startsWith('api/'); // Doxygen misses some
  return checked && !has_anchor(file, anchor) ? 'has no such anchor' : '';
}

const problems = [];
let pages = 0;
let references = 0;
for (const file of files) {
  const name = relative(site, file);
  if (file.endsWith('.css')) {
    for (const [, url] of readFileSync(file, 'utf8').matchAll(/url\(["']?([^)"']+)/g))
      if (/^(https?:)?\/\//.test(url)) problems.push(`${name}: ${url} asks another server`);
  }
  if (!file.endsWith('.html')) continue;
  ++pages;
  for (const [, element, target] of readFileSync(file, 'utf8').matchAll(/<(\w+)[^>]*?\s(?:href|src)="([^"]*)"/g)) {
    ++references;
    const problem = problem_of(file, element, plain(target));
    if (problem) problems.push(`${name}: ${target} ${problem}`);
  }
}
if (pages < 100 || references < 1000) problems.push(`only ${pages} pages with ${references} references`);
for (const problem of problems) console.error(problem);
console.log(`site: ${pages} pages, ${references} references, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
