// SPDX-License-Identifier: Apache-2.0
// Compares what two builds of `reprise` make of the same input: results for the real clips, a simulated clinic, and the
// answers of the FHIR API to the same requests. For changes of structure, which must change none of them.
//
//   node tests/revalidation/compare_builds.mjs OLD NEW [--model heavy|full|lite] [--json]
//
// Addresses, times of the server and UUIDs that it makes are replaced by placeholders first. session.json is compared
// field by field, whatever its version. Exit code 1: they differ.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, start_server } from '../server/server.mjs';
import { clip_jobs } from './clips.mjs';
import { recording } from './recordings.mjs';

const usage = 'usage: node tests/revalidation/compare_builds.mjs OLD NEW [--model heavy|full|lite] [--json]';
const [before, after] = process.argv.slice(2);
if (!before) {
  // As one of all comparisons, it has nothing to compare.
  console.log('skipped: no two builds are named (OLD NEW)');
  process.exit(0);
}
if (!before || !after || before.startsWith('-') || after.startsWith('-')) {
  console.error(usage);
  process.exit(2);
}
const at = process.argv.indexOf('--model');
const model = at < 0 ? 'lite' : process.argv[at + 1];
const scratch = mkdtempSync(join(tmpdir(), 'compare_builds_'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const results = [];

function first_difference(old, now) {
  let i = 0;
  while (i < old.length && old[i] === now[i]) ++i;
  const from = Math.max(0, i - 40);
  return `at ${i}: ${JSON.stringify(old.slice(from, i + 80))} and ${JSON.stringify(now.slice(from, i + 80))}`;
}

function compare(what, old, now) {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const different = names.filter((name) => old[name] !== now[name]);
  results.push({ what, compared: names.length, different });
  process.stderr.write(`${what}: ${names.length} compared, ${different.length} different\n`);
  for (const name of different)
    process.stderr.write(`  ${name}: ${first_difference(old[name] ?? '', now[name] ?? '')}\n`);
}

/** Returns session.json of any version in one layout: version 1 has the fields of `exercise` on the top level. */
function in_one_layout(text) {
  const { schema: _, exercise, ...common } = JSON.parse(text);
  const fields = Object.entries({ ...common, ...exercise }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(fields, null, 1);
}

const contents = (folder) =>
  Object.fromEntries(
    readdirSync(folder).map((f) => {
      const text = readFileSync(join(folder, f), 'utf8');
      return [f, f === 'session.json' ? in_one_layout(text) : text];
    }),
  );

function outputs(command, folder, args) {
  const out = join(scratch, folder);
  try {
    execFileSync(command, [...args, '--out', out], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    return { exit: String(error.status), said: String(error.stderr) };
  }
  return contents(out);
}

const clinic = ['simulate-clinic', '--patients', '15', '--days', '40', '--seed', '3', '--today', '2026-03-02'];
const [old_clinic, new_clinic] = [before, after].map((command, i) =>
  outputs(command, `clinic_${i}`, [...clinic, '--zone-minutes', '60']),
);
compare('simulated clinic', old_clinic, new_clinic);

const REQUESTS = [
  'metadata',
  'Patient?_count=50',
  'Patient?family=a&_sort=birthdate',
  'CarePlan?status=active&_include=CarePlan:subject&_count=20',
  'ServiceRequest?_count=100&_sort=-_lastUpdated',
  'Observation?code=http://loinc.org|72514-3&_count=100',
  'Observation?subject:Patient.gender=female&_count=30',
  'Procedure?_revinclude=Observation:part-of&_count=10',
  'QuestionnaireResponse?_count=50&_elements=status,authored',
  'Flag?_summary=true',
  'Appointment?date=ge2026-02-01&_count=20',
  'Communication?_total=accurate&_count=5',
  'Goal?_has:none',
  'Patient?nonsense=1',
  'Patient/none',
  'Practitioner/_history',
  'Composition?_format=xml',
];

async function answers(command) {
  const server = await start_server(command, ['--without-sign-in', '--record-check-references', 'false']);
  const began = Date.now();
  const uuids = new Map();
  const plain = (text) =>
    text
      .replaceAll(server.base.replace(/\/fhir$/, ''), 'http://server')
      .replace(/(?<=last(?:Updated|Modified)": ?")[^"]+|(?<="date": ?")2[^"]+/g, 'TIME')
      .replace(/2\d{3}-\d\d-\d\dT[\d:.]+Z/g, (time) => (Date.parse(time) >= began ? 'TIME' : time))
      .replace(/localhost:\d+|127\.0\.0\.1:\d+/g, 'server')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (uuid) => {
        if (!uuids.has(uuid)) uuids.set(uuid, `UUID-${uuids.size}`);
        return uuids.get(uuid);
      });
  const said = {};
  let number = 0;
  for (const line of old_clinic['transactions.ndjson'].trim().split('\n')) {
    const { status, text } = await ask(server.base, 'POST', '', JSON.parse(line));
    said[`transaction ${++number}`] = `${status} ${plain(text)}`;
  }
  // Alert rules look a moment after a change, and then raise and close Flags.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  for (const request of REQUESTS) {
    const { status, text } = await ask(server.base, 'GET', `/${request}`);
    said[request] = `${status} ${plain(text)}`;
  }
  await server.stop();
  return said;
}
compare('FHIR API', await answers(before), await answers(after));

for (const [i, { clip, folder, exercise }] of clip_jobs().entries()) {
  const input = recording(join(folder, clip));
  const args = ['analyze', input, '--exercise', exercise, '--model', model, '--landmarks'];
  compare(`${clip} as ${exercise}`, outputs(before, `old_${i}`, args), outputs(after, `new_${i}`, args));
}

const different = results.filter((one) => one.different.length > 0);
const texts = results.reduce((sum, one) => sum + one.compared, 0);
if (process.argv.includes('--json')) console.log(JSON.stringify(results, null, 2));
console.log(`${results.length} comparisons of ${texts} texts, ${different.length} differ`);
process.exit(different.length === 0 ? 0 : 1);
