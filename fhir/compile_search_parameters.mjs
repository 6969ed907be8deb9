// Turns HL7's search parameters of the supported resources into C++ tables: their FHIRPath expressions become steps.
//
//   node fhir/compile_search_parameters.mjs PACKAGE_FOLDER OUTPUT.cpp
//
// An expression that is not understood stops the build.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED } from './supported_resources.mjs';

const [folder, output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node fhir/compile_search_parameters.mjs PACKAGE_FOLDER OUTPUT.cpp');
  process.exit(2);
}
const BASES = new Set(['Resource', ...SUPPORTED]);

// Left out: what combines other parameters or has no expression, what extensions add to R4, and the first resource of a
// bundle, which only a search through a chain of resources could use.
const left_out = ({ type, expression, version }) => (
  type === 'composite' || !expression || version !== '4.0.1' || /xtension\(|\[0\]\.resource/.test(expression));

/** "A.b | (C.d as E)" at its bars. */
const alternatives = (expression) => expression.split('|').map((text) => text.trim());

const STEPS = [
  [/^\.where\(resolve\(\) is (\w+)\)/, 'resolves_to'],
  [/^\.where\((\w+)='([^']*)'\)/, 'equals'],
  [/^\.as\((\w+)\)/, 'as_type'],
  [/^\.(\w+)(?!\()/, 'child'],
];

function steps_of(alternative) {
  const present = /^(\w+\.\w+)\.exists\(\) and \1 != false$/.exec(alternative);
  // "(A.b as C).d" is "A.b.as(C).d".
  const text = present ? present[1] : alternative.replace(/^\(([\w.]+) as (\w+)\)/, '$1.as($2)').replace(/^([\w.]+) as (\w+)$/, '$1.as($2)');
  const base = /^\w+/.exec(text)[0];
  const steps = [];
  for (let rest = text.slice(base.length); rest;) {
    const [pattern, kind] = STEPS.find(([one]) => one.test(rest)) ?? [];
    if (!kind) throw new Error(`an expression that is not understood: ${alternative}`);
    const [taken, name, value = ''] = pattern.exec(rest);
    steps.push({ kind, name, value });
    rest = rest.slice(taken.length);
  }
  if (present) steps.push({ kind: 'present', name: '', value: '' });
  return { base, steps };
}

const rows = new Map(); // "Patient birthdate" → { base, code, type, paths }
for (const file of readdirSync(folder).filter((name) => name.startsWith('SearchParameter-'))) {
  const parameter = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  if (left_out(parameter)) continue;
  for (const alternative of alternatives(parameter.expression)) {
    // One parameter may serve many resources; each keeps its own expressions.
    if (!BASES.has(/\w+/.exec(alternative)[0])) continue;
    const { base, steps } = steps_of(alternative);
    const key = `${base} ${parameter.code}`;
    if (!rows.has(key)) rows.set(key, { base, code: parameter.code, type: parameter.type, url: parameter.url, paths: [] });
    if (rows.get(key).url !== parameter.url) throw new Error(`${key} is defined twice`);
    rows.get(key).paths.push(steps);
  }
}

const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const all = [...rows.values()].sort((a, b) => (`${a.base} ${a.code}` < `${b.base} ${b.code}` ? -1 : 1));
const paths = [];
const steps = [];
const parameter_rows = all.map(({ base, code, type, paths: own }) => {
  const first = paths.length;
  for (const path of own) {
    paths.push(`{${steps.length}, ${path.length}}`);
    steps.push(...path.map(({ kind, name, value }) => `{StepKind::${kind}, ${quoted(name)}, ${quoted(value)}}`));
  }
  return `{${quoted(base)}, ${quoted(code)}, SearchKind::${type}, ${first}, ${own.length}}`;
});
const table = (type, name, lines) => `constexpr ${type} ${name}[] = {\n${lines.map((line) => `    ${line},`).join('\n')}\n};\n`;
writeFileSync(output, `// Made by fhir/compile_search_parameters.mjs from the official FHIR R4 definitions (4.0.1).
#include "fhir/search_tables.h"

namespace reprise::fhir {
namespace {

${table('SearchParameter', 'kSearchParameterTable', parameter_rows)}
${table('SearchPath', 'kSearchPathTable', paths)}
${table('SearchStep', 'kSearchStepTable', steps)}
constexpr SearchTables kSearchTables = {kSearchParameterTable, kSearchPathTable, kSearchStepTable};

}  // namespace

const SearchTables& search_tables() { return kSearchTables; }

}  // namespace reprise::fhir
`);
console.log(`FHIR R4 search: ${all.length} parameters with ${paths.length} paths`);
