// SPDX-License-Identifier: Apache-2.0
// Every official R4 example of a type that can be written to the record: created, read back equal, found by its id,
// valid for npm `fhir`'s validator as the server returns it. Two put a placeholder in the place of a file, and are
// refused because it is not what they declare.
//
//   node tests/server/official_examples.mjs REPRISE_COMMAND

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Fhir } from 'fhir';
import { SUPPORTED } from '../../fhir/supported_resources.mjs';
import { ask, start_server } from './server.mjs';

const folder = fileURLToPath(new URL('../../node_modules/hl7.fhir.r4.examples', import.meta.url));
const kept = SUPPORTED.filter(
  (type) => !['AuditEvent', 'Bundle', 'CapabilityStatement', 'OperationOutcome', 'Parameters'].includes(type),
);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const resource = JSON.parse(text);
    return kept.includes(resource.resourceType) ? [{ name, text, resource }] : [];
  });

/** Without what the record says itself. */
const content_of = ({ id, meta: { versionId, lastUpdated, ...meta } = {}, ...rest }) => ({ ...rest, id, meta });

const server = await start_server(process.argv[2], ['--record-check-references', 'false', '--without-sign-in']);
const validator = new Fhir();
const counts = {
  created: 0,
  refused: 0,
  'read back equal': 0,
  'found by id': 0,
  'valid for npm fhir': 0,
  'invalid there, too, as published': 0,
};
const problems = [];
for (const { name, text, resource } of examples) {
  const address = `/${resource.resourceType}/${resource.id}`;
  const written = await ask(server.base, 'PUT', address, text);
  if (written.status !== 201) {
    counts.refused += 1;
    continue;
  }
  counts.created += 1;
  const read = await ask(server.base, 'GET', address);
  if (isDeepStrictEqual(content_of(read.json), content_of(resource))) counts['read back equal'] += 1;
  else problems.push(`${name}: read back otherwise`);
  const found = await ask(server.base, 'GET', `/${resource.resourceType}?_id=${resource.id}`);
  if (found.json.entry?.length === 1) counts['found by id'] += 1;
  else problems.push(`${name}: not found by its id (${found.status})`);
  const valid = (json) =>
    validator.validate(json).messages.every(({ severity }) => severity !== 'error' && severity !== 'fatal');
  if (valid(read.json)) counts['valid for npm fhir'] += 1;
  else if (!valid(resource)) counts['invalid there, too, as published'] += 1;
  else problems.push(`${name}: npm fhir refuses what the server returns`);
}
const code = await server.stop();
if (code !== 0) problems.push(`the server ended with ${code}`);
console.log(`${examples.length} examples`);
for (const [what, count] of Object.entries(counts)) console.log(`${what}: ${count}`);
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 && counts.created === 329 ? 0 : 1);
