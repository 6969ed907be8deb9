// Makes the table that folds text for searching: without case and accents, as Unicode decomposes it.
//
//   node record/index/compile_text_folding.mjs OUTPUT.cpp

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const [output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node record/index/compile_text_folding.mjs OUTPUT.cpp');
  process.exit(2);
}

// Accents as Unicode keeps them apart from their letters, Hebrew and Arabic points, and what joins or breaks words
// unseen.
const MARKS =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\ufeff]/gu;
// Letters with a stroke and others that Unicode does not decompose, as people without them on the keyboard write them.
const LETTERS = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ħ: 'h',
    ı: 'i',
    ŧ: 't',
    ŋ: 'n',
    ĸ: 'k',
    ς: 'σ',
  }),
);
// Korean syllables stay whole: their parts are letters, not accents.
const KOREAN = [0xac00, 0xd7a3];

const decomposed = (text) =>
  text.normalize('NFKD').replace(MARKS, '').toLowerCase().normalize('NFKD').replace(MARKS, '');

function folded(text) {
  return [...decomposed(text)]
    .map((letter) => LETTERS.get(letter) ?? letter)
    .join('')
    .replace(/\s/gu, ' ');
}

const rows = [];
let folds = '';
const place = new Map();
for (let code = 0x80; code <= 0x10ffff; ++code) {
  if ((code >= 0xd800 && code <= 0xdfff) || (code >= KOREAN[0] && code <= KOREAN[1])) continue;
  const text = String.fromCodePoint(code);
  const fold = folded(text);
  if (fold === text) continue;
  if (folded(fold) !== fold) throw new Error(`U+${code.toString(16)} is not folded at once`);
  if (!place.has(fold)) {
    place.set(fold, Buffer.byteLength(folds));
    folds += fold;
  }
  rows.push({ code, at: place.get(fold), length: Buffer.byteLength(fold) });
}
const bytes = Buffer.from(folds);
if (bytes.length > 0xffff) throw new Error('more folds than the table can number');
const digest = createHash('sha256').update(JSON.stringify(rows)).update(bytes).digest('hex').slice(0, 16);

const escaped = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
const lines = Array.from(
  { length: Math.ceil(escaped.length / 24) },
  (_, i) => `    "${escaped.slice(24 * i, 24 * i + 24).join('')}"`,
);
writeFileSync(
  output,
  `// Made by record/index/compile_text_folding.mjs.
#include "record/index/text_folding_table.h"

namespace reprise::record {
namespace {

constexpr Folding kFoldings[] = {
${rows.map(({ code, at, length }) => `    {0x${code.toString(16)}, ${at}, ${length}},`).join('\n')}
};

constexpr std::string_view kFolds =
${lines.join('\n')};

constexpr FoldingTable kTable = {kFoldings, kFolds, "${digest}"};

}  // namespace

const FoldingTable& folding_table() { return kTable; }

}  // namespace reprise::record
`,
);
console.log(`Text folding: ${rows.length} letters`);
