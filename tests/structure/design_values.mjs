// SPDX-License-Identifier: Apache-2.0
// Fails where a page or the report has a color of its own, or writes a size out that web/design has a name for
// (docs/design.md). design_values.json names folders that draw things with colors of their own, and by file how many
// colors are meant as they are, and why; the numbers may fall, never rise.
//
//   node tests/structure/design_values.mjs            names the places of files with more than their number
//   node tests/structure/design_values.mjs --lower    stores numbers that have fallen

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STORE = 'tests/structure/design_values.json';
const SOURCES = ['web/**/*.{css,ts,tsx}', 'report/**/*.css'];
const DESIGN = /^web\/(?:design|node_modules)\/|\.test\.tsx?$/;

const COLOR =
  /(?<![\w&#])#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})(?![\w-])|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(\s*[\d.]/gi;
const NAMED =
  /(?:color|background|fill|stroke|border(?:-[a-z-]+)?|outline|shadow):[^;]*(?<![\w-])(?:white|black|gr[ae]y|red|green|blue|yellow|orange)\b/;
/** Sizes with a name: those of tokens.css. */
const SIZES = {
  'font-size': {
    'var(--type-small)': /^0?\.875rem$/,
    'var(--type-body)': /^1rem$/,
    'var(--type-heading)': /^1\.125rem$/,
    'var(--type-title)': /^1\.75rem$/,
  },
  'border-radius': { 'var(--radius-small)': /^0?\.5rem$/, 'var(--radius)': /^0?\.875rem$/ },
};

const blank = (comment) => comment.replace(/[^\n]/g, ' ');

/** Returns a source's own colors: the line of each. */
export function colors_in(source, is_sheet) {
  const text = is_sheet
    ? source.replace(/\/\*[\s\S]*?\*\//g, blank)
    : source.replace(/\/\*[\s\S]*?\*\/|(?<![:\w])\/\/.*/g, blank);
  return text.split('\n').flatMap((line, i) => {
    // The name of an element is no color: url(#hatch), #add { … }.
    const value = is_sheet ? line.replace(/url\(#[^)]*\)|^[^:;]*\{/g, '') : line;
    // A program's colors are texts; its private members begin with # as well.
    const found = is_sheet
      ? (value.match(COLOR) ?? [])
      : (value.match(/['"`][^'"`]*['"`]/g) ?? []).flatMap((one) => one.match(COLOR) ?? []);
    const named = is_sheet && NAMED.test(value) ? ['a name'] : [];
    return [...found, ...named].map((color) => ({ line: i + 1, text: line.trim(), color }));
  });
}

/** Returns the sizes of a style sheet that have a name: the line and the name of each. */
export function sizes_in(sheet) {
  return sheet
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .split('\n')
    .flatMap((line, i) =>
      [...line.matchAll(/(?<![\w-])(font-size|border-radius):\s*([^;}]+)/g)].flatMap(([, property, value]) =>
        Object.entries(SIZES[property]).flatMap(([name, size]) =>
          size.test(value.trim()) ? [{ line: i + 1, name }] : [],
        ),
      ),
    );
}

function main([option]) {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  const stored = JSON.parse(readFileSync(STORE, 'utf8'));
  const allowed = stored.files;
  const is_drawn = (file) => !file.endsWith('.css') && Object.keys(stored.drawn).some((at) => file.startsWith(at));
  const files = SOURCES.flatMap((pattern) => globSync(pattern))
    .filter((file) => !DESIGN.test(file))
    .sort();
  const found = {};
  let wrong = 0;
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    const is_sheet = file.endsWith('.css');
    for (const { line, name } of is_sheet ? sizes_in(source) : []) {
      wrong += 1;
      console.error(`${file}:${line}: write ${name}`);
    }
    const places = is_drawn(file) ? [] : colors_in(source, is_sheet);
    if (places.length > 0) found[file] = places.length;
    if (places.length <= (allowed[file]?.colors ?? 0)) continue;
    wrong += 1;
    for (const { line, text } of places) console.error(`${file}:${line}: ${text}`);
  }
  if (wrong > 0)
    console.error('Write a value of web/design instead; a new one needs a contrast of at least 4.5 for text.');
  const fallen = Object.keys(allowed).filter((file) => (found[file] ?? 0) < allowed[file].colors);
  if (option === '--lower' && wrong === 0) {
    for (const file of fallen) {
      if (found[file]) allowed[file].colors = found[file];
      else delete allowed[file];
    }
    writeFileSync(STORE, `${JSON.stringify(stored, undefined, 2)}\n`);
  } else if (fallen.length > 0)
    console.error(`${STORE} allows more than there is: node tests/structure/design_values.mjs --lower`);
  console.log(`${files.length} files checked, ${wrong} with values of their own`);
  return wrong === 0 && (fallen.length === 0 || option === '--lower') ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
