// SPDX-License-Identifier: Apache-2.0
// `reprise serve --demo` as a new user meets it: links, the simulated patient's programme, a set sent twice; and its
// refusals.
//
//   node tests/server/demonstration.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ask, start_server } from './server.mjs';

const command = resolve(process.argv[2]);
const PASSWORD = 'a red bicycle at noon';

const link_of = (server, who) =>
  new RegExp(`${who}, has no password yet[^\\n]*\\n +\\S+/invitation#(\\S+)`).exec(server.said())?.[1];

/** A signed-in browser: sends its cookie and the token of its session's pages. */
async function sign_in(server, name) {
  const answer = await fetch(`${server.origin}/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  assert.equal(answer.status, 200);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const session = await (await fetch(`${server.origin}/auth/session`, { headers: { cookie } })).json();
  return { person: session.account.person, headers: { cookie, 'x-csrf-token': session.csrf } };
}

let server = await start_server(command, ['--demo', '--demo-patients', '0']);
const secret = link_of(server, 'Robin Simulated, the patient');
assert.ok(secret && link_of(server, 'Kim Simulated, the clinician'), server.said());
assert.match(server.said(), /Added \d+ exercises, questionnaires, texts, rules and templates/);
const accepted = await fetch(`${server.origin}/auth/invitation/acceptance`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ secret, password: PASSWORD }),
});
assert.equal(accepted.status, 200);
const robin = await sign_in(server, 'robin');
const plans = await ask(
  server.base,
  'GET',
  `/CarePlan?subject=Patient/${robin.person}&status=active&category=urn:reprise:care-plan%7Cexercise-programme` +
    '&_include=CarePlan:activity-reference:ServiceRequest',
  undefined,
  robin.headers,
);
const requests = plans.json.entry
  .map(({ resource }) => resource)
  .filter(({ resourceType }) => resourceType === 'ServiceRequest');
assert.equal(requests.length, 5);
const questionnaires = await ask(
  server.base,
  'GET',
  '/Questionnaire?url=urn:reprise:questionnaire:red-flags',
  undefined,
  robin.headers,
);
assert.equal(questionnaires.json.entry[0].resource.item.length, 10);

// As setBundle makes it.
const identifier = [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:0b8e2a60-7c1f-4f6e-8d7a-000000000001' }];
const bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      request: {
        method: 'POST',
        url: 'Procedure',
        ifNoneExist: `identifier=${identifier[0].system}%7C${identifier[0].value}`,
      },
      resource: {
        resourceType: 'Procedure',
        identifier,
        status: 'completed',
        subject: { reference: `Patient/${robin.person}` },
        performer: [{ actor: { reference: `Patient/${robin.person}` } }],
        basedOn: [{ reference: `ServiceRequest/${requests[0].id}` }],
      },
    },
  ],
};
for (const status of ['201', '200']) {
  const sent = await ask(server.base, 'POST', '', bundle, robin.headers);
  assert.equal(sent.status, 200, sent.text);
  assert.ok(sent.json.entry[0].response.status.startsWith(status), sent.text);
}
const { folder } = server;
await server.kill();

server = await start_server(command, ['--demo', '--demo-patients', '0'], folder);
assert.match(server.said(), /Robin Simulated, the patient, signs in as "robin"/);
assert.equal(link_of(server, 'Robin Simulated, the patient'), undefined);
assert.ok(link_of(server, 'Kim Simulated, the clinician'));
const again = await sign_in(server, 'robin');
const procedures = await ask(server.base, 'GET', '/Procedure', undefined, again.headers);
assert.equal(procedures.json.entry.length, 1);
// Clinician finding 8: every person registered in a demonstration is simulated, and stays so; it starts again.
const token = execFileSync(
  command,
  ['token', 'create', '--name', 'test', '--scopes', 'system/*.cruds', '--record-folder', folder],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
).trim();
const program = { authorization: `Bearer ${token}` };
const is_simulated = ({ meta }) =>
  meta.tag?.some(({ system, code }) => system === 'urn:reprise:tag' && code === 'simulated') ?? false;
const registered = await ask(
  server.base,
  'POST',
  '/Patient',
  '{"resourceType":"Patient","extension":[{"url":"urn:x","valueDecimal":1.50}]}',
  program,
);
assert.equal(registered.status, 201);
assert.match(registered.text, /1\.50/, 'the rest stays as it was written');
const { id } = registered.json;
const written = [
  registered,
  await ask(server.base, 'PUT', `/Patient/${id}`, { resourceType: 'Patient', id, birthDate: '1949-05-01' }, program),
  await ask(server.base, 'PATCH', `/Patient/${id}`, [{ op: 'remove', path: '/meta/tag' }], {
    ...program,
    'content-type': 'application/json-patch+json',
  }),
  await ask(
    server.base,
    'PUT',
    '/Patient?identifier=urn:x%7C1',
    { resourceType: 'Patient', identifier: [{ system: 'urn:x', value: '1' }] },
    program,
  ),
];
assert.deepEqual(
  written.map(({ json }) => is_simulated(json)),
  [true, true, true, true],
  JSON.stringify(written.map(({ json }) => json)),
);
const several = await ask(
  server.base,
  'POST',
  '',
  {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000002',
        request: { method: 'POST', url: 'Patient' },
        resource: { resourceType: 'Patient', active: true },
      },
      {
        request: { method: 'POST', url: 'Goal' },
        resource: {
          resourceType: 'Goal',
          lifecycleStatus: 'active',
          description: { text: 'Walk to the shop' },
          subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000002' },
        },
      },
    ],
  },
  program,
);
assert.equal(several.status, 200, several.text);
const everybody = await ask(server.base, 'GET', '/Patient?_count=100', undefined, program);
assert.ok(
  everybody.json.entry.length >= 4 && everybody.json.entry.every(({ resource }) => is_simulated(resource)),
  everybody.text,
);
await server.kill();
server = await start_server(command, ['--demo', '--demo-patients', '0'], folder);
await server.kill();

// A record with a real patient is refused.
server = await start_server(command, [], folder);
const real = await ask(server.base, 'POST', '/Patient', { resourceType: 'Patient' }, program);
assert.equal(real.status, 201);
await server.kill();

const refused = (options, cwd) =>
  spawnSync(command, ['serve', '--demo', '--listen-address', '127.0.0.1', '--listen-port', '0', ...options], {
    encoding: 'utf8',
    cwd,
    timeout: 60_000,
  });
const mixed = refused(['--record-folder', folder]);
assert.ok(mixed.status > 0, mixed.stdout);
assert.match(mixed.stderr, /a patient who is not marked as simulated/);
const elsewhere = mkdtempSync(join(tmpdir(), 'reprise_demo_'));
const postgres = refused(['--database-connection', 'postgresql://nobody@localhost/none'], elsewhere);
assert.ok(postgres.status > 0, postgres.stdout);
assert.match(postgres.stderr, /PostgreSQL/);
assert.ok(!existsSync(join(elsewhere, 'reprise-data')), 'the real record is not touched');
rmSync(elsewhere, { recursive: true, force: true });
server.remove();

// With a small simulated clinic: made once; a second start with other options keeps it.
const clinic = (patients) => ['--demo', '--demo-patients', patients, '--demo-days', '6'];
server = await start_server(command, clinic('2'));
// It answers while the history is being written, and says so.
const start = await (await fetch(`${server.origin}/`)).text();
const session = await (await fetch(`${server.origin}/auth/session`)).json();
if (session.filling) assert.equal(session.filling.of, 2);
assert.ok(/still being written: \d of 2 patients/.test(start) || !session.filling, start);
await server.filled();
assert.match(server.said(), /The simulated clinic is complete: 2 patients/);
const shown = await (await fetch(`${server.origin}/`)).text();
assert.doesNotMatch(shown, /still being written/);
await server.kill();
server = await start_server(command, clinic('5'), server.folder);
await server.filled();
assert.doesNotMatch(server.said(), /imulating a clinic/);
const reader = execFileSync(
  command,
  ['token', 'create', '--name', 'test', '--scopes', 'system/*.rs', '--record-folder', server.folder],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
).trim();
const patients = await ask(server.base, 'GET', '/Patient?_tag=urn:reprise:tag%7Csimulated', undefined, {
  authorization: `Bearer ${reader}`,
});
assert.equal(patients.json.entry.length, 3, 'Robin and two');
await server.stop();
console.log(
  'demonstration: links, programme, a set sent twice, started again, refused among people; a simulated clinic',
);
