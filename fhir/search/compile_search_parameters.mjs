// SPDX-License-Identifier: Apache-2.0
// Turns HL7's search parameters of the supported resources into C++ tables: their FHIRPath expressions become steps.
//
//   node fhir/search/compile_search_parameters.mjs PACKAGE_FOLDER OUTPUT.cpp
//
// An expression that is not understood stops the build.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED } from '../supported_resources.mjs';

const [folder, output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node fhir/search/compile_search_parameters.mjs PACKAGE_FOLDER OUTPUT.cpp');
  process.exit(2);
}
const BASES = new Set(['Resource', ...SUPPORTED]);

// Left out: what has no expression, what extensions add to R4, and the first resource of a bundle, which only a search
// through a chain of resources could use.
const left_out = ({ expression, version }) =>
  !expression || version !== '4.0.1' || /xtension\(|\[0\]\.resource/.test(expression);

/** "A.b | (C.d as E)" at its bars. */
const alternatives = (expression) => expression.split('|').map((text) => text.trim());

const STEPS = [
  [/^\.where\(resolve\(\) is (\w+)\)/, 'resolves_to'],
  [/^\.where\((\w+)='([^']*)'\)/, 'equals'],
  [/^\.as\((\w+)\)/, 'as_type'],
  [/^\.(\w+)(?!\()/, 'child'],
];
const MISPRINTS = new Map([['DateTime', 'dateTime']]);

/** The steps of ".a.as(B)". */
function steps_of(path) {
  const steps = [];
  for (let rest = path; rest; ) {
    const [pattern, kind] = STEPS.find(([one]) => one.test(rest)) ?? [];
    if (!kind) throw new Error(`an expression that is not understood: ${path}`);
    const [taken, name, value = ''] = pattern.exec(rest);
    steps.push({ kind, name: MISPRINTS.get(name) ?? name, value });
    rest = rest.slice(taken.length);
  }
  return steps;
}

/** The resource type that an alternative starts from, and its steps from there. */
function path_of(alternative) {
  const present = /^(\w+\.\w+)\.exists\(\) and \1 != false$/.exec(alternative);
  // "(A.b as C).d" is "A.b.as(C).d".
  const text = present
    ? present[1]
    : alternative.replace(/^\(([\w.]+) as (\w+)\)/, '$1.as($2)').replace(/^([\w.]+) as (\w+)$/, '$1.as($2)');
  const base = /^\w+/.exec(text)[0];
  const steps = steps_of(text.slice(base.length));
  if (present) steps.push({ kind: 'present', name: '', value: '' });
  return { base, steps };
}

const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const definitions = readdirSync(folder)
  .filter((name) => name.startsWith('SearchParameter-'))
  .map(read);
const kind_of = new Map(definitions.map(({ url, type }) => [url, type]));

/** The parts of a composite parameter; their paths start where its own paths end. */
function parts_of({ id, code, component = [] }) {
  const kinds = component.map(({ definition }) => kind_of.get(definition));
  // R4 names the parameters of this one the other way round than its paths.
  if (id === 'DocumentReference-relationship') kinds.reverse();
  return component.map(({ expression }, i) => ({
    code: `${code}$${i + 1}`,
    type: kinds[i],
    targets: [],
    parts: [],
    paths: alternatives(expression).map((one) => steps_of(`.${one}`)),
  }));
}

const rows = new Map(); // "Patient birthdate" → { base, code, type, paths, targets, parts }
for (const parameter of definitions) {
  if (left_out(parameter)) continue;
  const { code, type, url } = parameter;
  for (const alternative of alternatives(parameter.expression)) {
    // One parameter may serve many resources; each keeps its own expressions.
    if (!BASES.has(/\w+/.exec(alternative)[0])) continue;
    const { base, steps } = path_of(alternative);
    const key = `${base} ${code}`;
    if (!rows.has(key))
      rows.set(key, { base, code, type, url, paths: [], targets: parameter.target ?? [], parts: parts_of(parameter) });
    if (rows.get(key).url !== url) throw new Error(`${key} is defined twice`);
    rows.get(key).paths.push(steps);
  }
}
for (const row of rows.values()) {
  // Where each path asks for a type, it leads to no other, whatever the parameter does for other resources.
  const asked = row.paths.map((steps) => steps.at(-1)).map((step) => (step?.kind === 'resolves_to' ? step.name : null));
  row.targets = (asked.includes(null) ? row.targets : [...new Set(asked)])
    .filter((name) => SUPPORTED.includes(name))
    .sort();
}

// R4 leaves these out. They are about a patient all the same, and compartments decide about access to them.
const ALSO = [
  { code: 'Device', param: ['patient'] },
  { code: 'Task', param: ['patient'] },
];
const compartment = read('CompartmentDefinition-patient.json');
const compartment_rows = [...compartment.resource, ...ALSO]
  .filter(({ code }) => SUPPORTED.includes(code))
  .flatMap(({ code, param = [] }) => param.map((name) => ({ type: code, name })))
  .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
for (const { type, name } of compartment_rows) {
  if (rows.get(`${type} ${name}`)?.type !== 'reference')
    throw new Error(`${type} is in compartments by ${name}, which is no reference`);
}

const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const all = [...rows.values()].sort((a, b) => (`${a.base} ${a.code}` < `${b.base} ${b.code}` ? -1 : 1));
const paths = [];
const steps = [];
const targets = [];
const first_target = new Map(); // the same list of targets is kept once
const parts = [];

function place_of_targets(names) {
  const key = names.join();
  if (!first_target.has(key)) {
    first_target.set(key, targets.length);
    targets.push(...names.map(quoted));
  }
  return first_target.get(key);
}

function row_of({ base, code, type, paths: own, targets: own_targets, parts: own_parts }) {
  const first_part = parts.length;
  parts.push(...own_parts.map((part) => row_of({ base, ...part })));
  const first_path = paths.length;
  for (const path of own) {
    paths.push(`{${steps.length}, ${path.length}}`);
    steps.push(...path.map(({ kind, name, value }) => `{StepKind::${kind}, ${quoted(name)}, ${quoted(value)}}`));
  }
  return (
    `{${quoted(base)}, ${quoted(code)}, SearchKind::${type}, ${first_path}, ${own.length}, ` +
    `${place_of_targets(own_targets)}, ${own_targets.length}, ${first_part}, ${own_parts.length}}`
  );
}
const parameter_rows = all.map(row_of);
const table = (type, name, lines) =>
  `constexpr ${type} ${name}[] = {\n${lines.map((line) => `    ${line},`).join('\n')}\n};\n`;
writeFileSync(
  output,
  `// Made by fhir/search/compile_search_parameters.mjs from the official FHIR R4 definitions (4.0.1).
#include "fhir/search/search_tables.h"

namespace reprise::fhir {
namespace {

${table('SearchParameter', 'kSearchParameterTable', parameter_rows)}
${table('SearchParameter', 'kSearchPartTable', parts)}
${table('SearchPath', 'kSearchPathTable', paths)}
${table('SearchStep', 'kSearchStepTable', steps)}
${table('std::string_view', 'kSearchTargetTable', targets)}
${table(
  'CompartmentRule',
  'kCompartmentTable',
  compartment_rows.map(({ type, name }) => `{${quoted(type)}, ${quoted(name)}}`),
)}
constexpr SearchTables kSearchTables = {kSearchParameterTable, kSearchPartTable, kSearchPathTable,
                                        kSearchStepTable, kSearchTargetTable, kCompartmentTable};

}  // namespace

const SearchTables& search_tables() { return kSearchTables; }

}  // namespace reprise::fhir
`,
);
console.log(
  `FHIR R4 search: ${all.length} parameters with ${paths.length} paths, ` +
    `${compartment_rows.length} ways into a compartment`,
);
