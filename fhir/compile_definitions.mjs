// SPDX-License-Identifier: Apache-2.0
// Turns the official FHIR R4 definitions into C++ tables, so that what the program takes for valid is what HL7
// published.
//
//   node fhir/compile_definitions.mjs PACKAGE_FOLDER OUTPUT.cpp
//
// PACKAGE_FOLDER: npm's hl7.fhir.r4.examples. Reads the supported resources, every type that they reach, and the value
// sets of required bindings with their code systems. An unexpected form stops the build: nothing is left out in
// silence.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPPORTED } from './supported_resources.mjs';

const BASE = 'http://hl7.org/fhir/StructureDefinition/';
// Their codes are kept by others and not listed in the definitions: only the form is checked.
const WITHOUT_LIST = new Set(['urn:ietf:bcp:13', 'urn:iso:std:iso:4217']);
const NONE = 0xffff;

const [folder, output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node fhir/compile_definitions.mjs PACKAGE_FOLDER OUTPUT.cpp');
  process.exit(2);
}

const read_files = new Map();
function definition(kind, url) {
  const path = join(folder, `${kind}-${url.split('/').pop()}.json`);
  if (!read_files.has(path)) read_files.set(path, JSON.parse(readFileSync(path, 'utf8')));
  const found = read_files.get(path);
  if (found.url !== url) throw new Error(`${path} defines ${found.url}, not ${url}`);
  return found;
}

// --- Codes ---

const value_sets = new Map(); // URL without version → its codes, or null where they are not listed

function concepts_of(concepts = []) {
  return concepts.flatMap((concept) => [concept.code, ...concepts_of(concept.concept)]);
}

function codes_of(include) {
  if (include.filter || include.valueSet)
    throw new Error(`an include that is not understood: ${JSON.stringify(include)}`);
  if (include.concept) return concepts_of(include.concept).map((code) => ({ system: include.system, code }));
  if (WITHOUT_LIST.has(include.system)) return null;
  const { content, concept } = definition('CodeSystem', include.system);
  if (content !== 'complete') throw new Error(`${include.system} is ${content}`);
  return concepts_of(concept).map((code) => ({ system: include.system, code }));
}

function value_set(canonical) {
  const url = canonical.split('|')[0];
  if (!value_sets.has(url)) {
    const { compose } = definition('ValueSet', url);
    if (compose.exclude) throw new Error(`${url} excludes codes`);
    const parts = compose.include.map(codes_of);
    const codes = parts.includes(null) ? null : parts.flat();
    codes?.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
    value_sets.set(url, codes);
  }
  return url;
}

// --- Structures ---

const structures = new Map(); // name → { name, kind, elements }
const reached = [];

function need(name) {
  if (structures.has(name)) return name;
  structures.set(name, { name, kind: 'group', elements: [] });
  reached.push(name);
  return name;
}

const capitalized = (text) => text[0].toUpperCase() + text.slice(1);

/** The structure of a value of this type, and the word that a choice adds to the element's name. */
function type_of(element, type) {
  if (type.code.startsWith('http://hl7.org/fhirpath/')) {
    // What HL7 gives as the type of a resource's id is a text (4.0.1 contradicts itself here); its form is that of an
    // id.
    if (element.base.path === 'Resource.id') return { structure: 'id', plain: true };
    return {
      structure: type.extension.find(({ url }) => url === `${BASE}structuredefinition-fhir-type`).valueUrl,
      plain: true,
    };
  }
  if (type.code === 'BackboneElement' || type.code === 'Element') return { structure: element.path };
  const profile = type.code === 'Quantity' && type.profile?.[0];
  return { structure: profile ? profile.replace(BASE, '') : type.code, plain: type.code === 'xhtml' };
}

function targets_of({ code, targetProfile = [] }) {
  if (code !== 'Reference') return [];
  const names = targetProfile.map((url) => url.replace(BASE, ''));
  if (names.includes('Resource')) return [];
  for (const name of names) if (!resource_types.includes(name)) throw new Error(`${name} is no resource type`);
  return names.sort();
}

function add_element(owner, element) {
  const name = element.path.slice(owner.name.length + 1);
  if (name.includes('.') || element.max === '0') return;
  if (!['0', '1'].includes(String(element.min)) || !['1', '*'].includes(element.max)) {
    throw new Error(`${element.path} occurs ${element.min}..${element.max} times`);
  }
  const shared = {
    required: element.min === 1,
    many: element.max === '*',
    summary: element.isSummary === true,
    modifier: element.isModifier === true,
    targets: [],
    binding: null,
    plain: false,
  };
  if (element.contentReference) {
    owner.elements.push({ ...shared, name, stem: name.length, structure: need(element.contentReference.slice(1)) });
    return;
  }
  const stem = name.replace('[x]', '');
  const binding = element.binding?.strength === 'required' ? value_set(element.binding.valueSet) : null;
  if (binding && !element.type.every(({ code }) => ['code', 'CodeableConcept'].includes(code))) {
    throw new Error(`${element.path} has a required binding of another type`);
  }
  for (const type of element.type) {
    const { structure, plain = false } = type_of(element, type);
    owner.elements.push({
      ...shared,
      name: name === stem ? name : stem + capitalized(type.code),
      stem: stem.length,
      structure: need(structure),
      targets: targets_of(type),
      binding,
      plain,
    });
  }
}

function compile(name) {
  const structure = structures.get(name);
  if (name === 'Resource') {
    structure.kind = 'any_resource'; // of the supported ones
    return;
  }
  const root = definition('StructureDefinition', BASE + name.split('.')[0]);
  if (name === root.name && root.kind === 'primitive-type') {
    structure.kind = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return;
  }
  if (name === root.name && root.kind === 'resource') structure.kind = 'resource';
  // A profile of a type (SimpleQuantity) names its elements after the type.
  const path = name === root.name ? root.type : name;
  for (const element of root.snapshot.element) {
    if (element.path.startsWith(`${path}.`)) add_element({ name: path, elements: structure.elements }, element);
  }
  structure.elements.sort((a, b) => (a.name < b.name ? -1 : 1));
  structure.elements.forEach((one, i, own) => {
    // the types of a choice stand together
    const before = own.slice(0, i).map((other) => other.name.slice(0, other.stem));
    const stem = one.name.slice(0, one.stem);
    if (before.includes(stem) && before.at(-1) !== stem) throw new Error(`${name}: ${one.name} stands apart`);
  });
  if (structure.elements.length === 0 || structure.elements.length > 128)
    throw new Error(`${name}: ${structure.elements.length} elements`);
}

const resource_types = readdirSync(folder)
  .filter((file) => /^StructureDefinition-[A-Z]\w+\.json$/.test(file))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  .filter(({ kind, derivation, abstract }) => kind === 'resource' && derivation === 'specialization' && !abstract)
  .map(({ name }) => name)
  .sort();

need('Element'); // of what stands beside a primitive value
SUPPORTED.forEach(need);
for (let i = 0; i < reached.length; ++i) compile(reached[i]);

// --- What a narrative may hold, from the definition of its constraint txt-1 ---

const txt_1 = definition('StructureDefinition', `${BASE}Narrative`)
  .snapshot.element.flatMap(({ constraint = [] }) => constraint)
  .find(({ key }) => key === 'txt-1').xpath;
const [html_elements, html_attributes] = [...txt_1.matchAll(/name\(\.\)=\(([^)]+)\)/g)].map(([, list]) =>
  [...list.matchAll(/'([^']+)'/g)].map(([, word]) => word).sort(),
);

// --- The tables ---

const all = [...structures.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
const index_of = new Map(all.map(({ name }, i) => [name, i]));
const sets = [...value_sets.keys()].sort();
const systems = [
  ...new Set([...value_sets.values()].flatMap((codes) => (codes ?? []).map(({ system }) => system))),
].sort();

const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const elements = [];
const targets = [];
const codes = [];
const first_target = new Map(); // the same list of targets is kept once

function place_of_targets(names) {
  const key = names.join();
  if (!first_target.has(key)) {
    first_target.set(key, targets.length);
    targets.push(...names.map((name) => resource_types.indexOf(name)));
  }
  return first_target.get(key);
}

const structure_rows = all.map(({ name, kind, elements: own }) => {
  const first = elements.length;
  for (const one of own) {
    elements.push(
      `{${quoted(one.name)}, ${index_of.get(one.structure)}, ${one.binding ? sets.indexOf(one.binding) : NONE}, ` +
        `${one.targets.length ? place_of_targets(one.targets) : 0}, ${one.targets.length}, ${one.stem}, ` +
        `${one.required}, ${one.many}, ${one.plain}, ${one.summary}, ${one.modifier}}`,
    );
  }
  return `{${quoted(name)}, Kind::${kind}, ${first}, ${own.length}}`;
});
const set_rows = sets.map((url) => {
  const own = value_sets.get(url) ?? [];
  const first = codes.length;
  codes.push(...own.map(({ system, code }) => `{${quoted(code)}, ${systems.indexOf(system)}}`));
  return `{${quoted(url)}, ${first}, ${own.length}}`;
});
if (Math.max(elements.length, codes.length, targets.length) >= NONE) throw new Error('more than the tables can number');

const table = (type, name, rows) =>
  `constexpr ${type} ${name}[] = {\n${rows.map((row) => `    ${row},`).join('\n')}\n};\n`;
const text = `// Made by fhir/compile_definitions.mjs from the official FHIR R4 definitions (4.0.1).
#include "fhir/model/definition_tables.h"

namespace reprise::fhir {
namespace {

${[
  table('Structure', 'kStructureTable', structure_rows),
  table('Element', 'kElementTable', elements),
  table('std::uint16_t', 'kTargetTable', targets),
  table('ValueSet', 'kValueSetTable', set_rows),
  table('Code', 'kCodeTable', codes),
  table('std::string_view', 'kSystemTable', systems.map(quoted)),
  table('std::string_view', 'kResourceTypeTable', resource_types.map(quoted)),
  table('std::string_view', 'kHtmlElementTable', html_elements.map(quoted)),
  table('std::string_view', 'kHtmlAttributeTable', html_attributes.map(quoted)),
].join('\n')}
constexpr Tables kTables = {kStructureTable, kElementTable, kTargetTable, kValueSetTable, kCodeTable,
                            kSystemTable, kResourceTypeTable, kHtmlElementTable, kHtmlAttributeTable};

}  // namespace

const Tables& tables() { return kTables; }

}  // namespace reprise::fhir
`;
writeFileSync(output, text);
console.log(
  `FHIR R4 definitions: ${SUPPORTED.length} resources, ${all.length} structures, ${elements.length} elements, ` +
    `${sets.length} required value sets, ${codes.length} codes`,
);
