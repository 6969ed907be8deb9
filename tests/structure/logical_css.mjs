// SPDX-License-Identifier: Apache-2.0
// Fails where a style sheet of the patient's pages says "left" or "right" where it means the beginning or the end of a
// line: such a page is wrong in a language from right to left. logical_css.json names, by file, how many such places
// are meant as they are (the side of a hand, a drawing); the numbers may fall, never rise.
//
//   node tests/structure/logical_css.mjs            names the places of files with more than their number
//   node tests/structure/logical_css.mjs --lower    stores numbers that have fallen

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STORE = 'tests/structure/logical_css.json';
/** The clinician's and the administrator's pages speak languages from left to right only. */
const SHEETS = ['app', 'body', 'clinical/visit', 'components', 'design', 'patient'].map((at) => `web/${at}/**/*.css`);

const NAMED =
  /^(?:(?:scroll-)?(?:margin|padding)-|border-(?:(?:top|bottom)-)?)?(?:left|right)(?:-(?:width|style|color|radius))?$/;
const WITH_SIDES = ['text-align', 'float', 'clear', 'justify-content', 'justify-items', 'justify-self', 'place-self'];
const FOUR = ['margin', 'padding', 'inset', 'border-width', 'border-style', 'border-color'];

/** The parts of a value, functions whole. */
const parts = (value) => value.match(/[^\s()]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s]+/g) ?? [];

/** Returns the lines of a style sheet that name a side. */
export function sides_in(sheet) {
  const text = sheet.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return text.split('\n').flatMap((line, i) => {
    const [, name, value] = /^\s*([a-z-]+):\s*([^;{]+);/.exec(line) ?? [];
    if (name === undefined) return [];
    const [, right, , left] = parts(value);
    const is_sided =
      NAMED.test(name) ||
      (WITH_SIDES.includes(name) && /\b(left|right)\b/.test(value)) ||
      (FOUR.includes(name) && left !== undefined && left !== right);
    return is_sided ? [{ line: i + 1, text: line.trim() }] : [];
  });
}

function main([option]) {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  const allowed = JSON.parse(readFileSync(STORE, 'utf8'));
  const found = {};
  let more = 0;
  const files = SHEETS.flatMap((pattern) => globSync(pattern)).sort();
  for (const file of files) {
    const places = sides_in(readFileSync(file, 'utf8'));
    if (places.length > 0) found[file] = places.length;
    if (places.length <= (allowed[file] ?? 0)) continue;
    more += 1;
    for (const { line, text } of places) console.error(`${file}:${line}: ${text}`);
  }
  if (more > 0) console.error('Write inline-start or inline-end instead of left or right, and start or end of a text.');
  const fallen = Object.keys(allowed).some((file) => (found[file] ?? 0) < allowed[file]);
  if (option === '--lower' && more === 0) writeFileSync(STORE, `${JSON.stringify(found, undefined, 2)}\n`);
  else if (fallen) console.error(`${STORE} allows more than there is: node tests/structure/logical_css.mjs --lower`);
  console.log(`${files.length} style sheets checked, ${more} with new sides`);
  return more === 0 && (!fallen || option === '--lower') ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
