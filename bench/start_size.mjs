// SPDX-License-Identifier: Apache-2.0
// Prints the compressed size of a first visit: all that index.html links to, and the texts of each language. A visit
// loads the texts of one language. Build the pages first (make build).
//
//   node bench/start_size.mjs [--json]

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../build/web/dist', import.meta.url));
const bytes = (file) => brotliCompressSync(readFileSync(join(dist, file))).length; // quality 11, as the build has it

const linked = new Set(readFileSync(join(dist, 'index.html'), 'utf8').match(/assets\/[^"]+/g));
const texts = readdirSync(join(dist, 'assets')).filter((file) => /^(en|de|es)-[\w-]+\.js$/.test(file));
if (linked.size === 0 || texts.length !== 3)
  throw new Error(`${dist} has other files than expected: build the pages anew`);

const start = [...linked].reduce((sum, file) => sum + bytes(file), 0);
const languages = Object.fromEntries(texts.map((file) => [file.slice(0, 2), bytes(join('assets', file))]));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ start, languages }));
} else {
  console.log(`linked by index.html: ${start} bytes in ${linked.size} files`);
  for (const [language, size] of Object.entries(languages)) console.log(`texts in ${language}: ${size} bytes`);
}
