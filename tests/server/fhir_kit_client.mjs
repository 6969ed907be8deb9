// SPDX-License-Identifier: Apache-2.0
// The server with npm fhir-kit-client, as programs use it.
//
//   node tests/server/fhir_kit_client.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Client } from 'fhir-kit-client';
import { Fhir } from 'fhir';
import { ask, start_server } from './server.mjs';

const command = process.argv[2];
const server = await start_server(command);
const token = execFileSync(
  command,
  ['token', 'create', '--name', 'test', '--scopes', 'system/*.cruds', '--record-folder', server.folder],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
).trim();
const client = new Client({ baseUrl: server.base, bearerToken: token });
const validator = new Fhir();
const valid = (resource) => {
  const wrong = validator
    .validate(resource)
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  assert.deepEqual(wrong, [], resource.resourceType);
  return resource;
};

try {
  const statement = valid(await client.capabilityStatement());
  assert.equal(statement.fhirVersion, '4.0.1');
  assert.ok(
    statement.rest[0].resource
      .find(({ type }) => type === 'Patient')
      .searchParam.some(({ name }) => name === 'birthdate'),
  );

  const patient = valid(
    await client.create({
      resourceType: 'Patient',
      body: {
        resourceType: 'Patient',
        name: [{ family: 'Example', given: ['Åsa'] }],
        birthDate: '1980-02-29',
        gender: 'female',
      },
    }),
  );
  assert.deepEqual(valid(await client.read({ resourceType: 'Patient', id: patient.id })), patient);

  const changed = await client.update({ resourceType: 'Patient', id: patient.id, body: { ...patient, active: true } });
  assert.equal(changed.meta.versionId, '2');
  const patched = await client.patch({
    resourceType: 'Patient',
    id: patient.id,
    jsonPatch: [{ op: 'replace', path: '/active', value: false }],
  });
  assert.equal(patched.active, false);
  const first = await client.vread({ resourceType: 'Patient', id: patient.id, version: '1' });
  assert.equal(first.active, undefined);

  for (let i = 0; i < 5; i += 1) {
    await client.create({
      resourceType: 'Observation',
      body: {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
        subject: { reference: `Patient/${patient.id}` },
        effectiveDateTime: `2026-03-0${i + 1}`,
        valueQuantity: { value: 36.5 + i / 10, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
      },
    });
  }
  const found = valid(
    await client.search({ resourceType: 'Patient', searchParams: { family: 'exam', gender: 'female' } }),
  );
  assert.equal(found.entry.length, 1);
  let page = await client.search({
    resourceType: 'Observation',
    searchParams: { patient: patient.id, _sort: '-date', _count: '2', _total: 'accurate' },
  });
  assert.equal(page.total, 5);
  const dates = [];
  while (page) {
    dates.push(...(valid(page).entry ?? []).map(({ resource }) => resource.effectiveDateTime));
    page = page.link.some(({ relation }) => relation === 'next') ? await client.nextPage({ bundle: page }) : undefined;
  }
  assert.deepEqual(dates, ['2026-03-05', '2026-03-04', '2026-03-03', '2026-03-02', '2026-03-01']);
  const included = await client.search({
    resourceType: 'Observation',
    searchParams: { _include: 'Observation:subject', _count: '1' },
  });
  assert.deepEqual(
    included.entry.map(({ search }) => search.mode),
    ['match', 'include'],
  );

  const resolved = await client.resolve({ reference: `Patient/${patient.id}` });
  assert.equal(resolved.id, patient.id);
  assert.equal(valid(await client.history({ resourceType: 'Patient', id: patient.id })).entry.length, 3);

  const batch = valid(
    await client.batch({
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { request: { method: 'GET', url: `Patient/${patient.id}` } },
          { request: { method: 'GET', url: 'Patient/nobody' } },
        ],
      },
    }),
  );
  assert.deepEqual(
    batch.entry.map(({ response }) => response.status),
    ['200', '404'],
  );
  const transaction = valid(
    await client.transaction({
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:0b1ee2d2-5a1c-4bd5-9a0e-0a4b3f0d7a11',
            resource: { resourceType: 'Practitioner', active: true },
            request: { method: 'POST', url: 'Practitioner' },
          },
          {
            resource: {
              resourceType: 'Encounter',
              status: 'finished',
              class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
              subject: { reference: `Patient/${patient.id}` },
              participant: [{ individual: { reference: 'urn:uuid:0b1ee2d2-5a1c-4bd5-9a0e-0a4b3f0d7a11' } }],
            },
            request: { method: 'POST', url: 'Encounter' },
          },
        ],
      },
    }),
  );
  assert.match(transaction.entry[1].resource.participant[0].individual.reference, /^Practitioner\//);

  await client.delete({ resourceType: 'Patient', id: patient.id });
  await assert.rejects(
    client.read({ resourceType: 'Patient', id: patient.id }),
    ({ response }) => response.status === 410,
  );
  await assert.rejects(
    client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', favorite: 'blue' } }),
    ({ response }) => response.status === 422 && valid(response.data).resourceType === 'OperationOutcome',
  );

  // Who did all that, page by page.
  const events = [];
  for (
    let log = await client.search({ resourceType: 'AuditEvent', searchParams: { patient: patient.id, _count: '7' } });
    log;
    log = log.link.some(({ relation }) => relation === 'next') ? await client.nextPage({ bundle: log }) : undefined
  ) {
    events.push(...(valid(log).entry ?? []).map(({ resource }) => valid(resource)));
  }
  assert.ok(events.length > 15, `${events.length} events`);
  assert.ok(
    events.every(({ entity }) => entity.some(({ what }) => what?.reference?.startsWith(`Patient/${patient.id}`))),
  );
  assert.deepEqual(
    events.map(({ id }) => Number(id)),
    events.map(({ id }) => Number(id)).sort((a, b) => b - a),
  );
  assert.deepEqual(await client.read({ resourceType: 'AuditEvent', id: events[0].id }), events[0]);

  // Without a token, or with one that ended.
  assert.equal((await ask(server.base, 'GET', '/Patient')).status, 401);
  assert.equal(
    (await ask(server.base, 'GET', '/Patient', undefined, { authorization: `Bearer ${token.slice(1)}A` })).status,
    401,
  );
  const narrow = execFileSync(
    command,
    ['token', 'create', '--name', 'narrow', '--scopes', 'system/Patient.rs', '--record-folder', server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
  const as_narrow = { authorization: `Bearer ${narrow}` };
  assert.equal((await ask(server.base, 'GET', '/Patient', undefined, as_narrow)).status, 200);
  assert.equal((await ask(server.base, 'GET', '/Observation', undefined, as_narrow)).status, 403);
  assert.equal((await ask(server.base, 'POST', '/Patient', { resourceType: 'Patient' }, as_narrow)).status, 403);
  assert.equal(
    (await ask(server.base, 'GET', '/Patient?_revinclude=Observation:subject', undefined, as_narrow)).status,
    403,
  );
} finally {
  process.kill(server.pid, 'SIGTERM');
  await server.ended;
}
// All of that is in the log, and the log is as it was written.
const said = JSON.parse(
  execFileSync(command, ['audit', 'verify', '--json', '--record-folder', server.folder], { encoding: 'utf8' }),
);
assert.deepEqual(said.findings, []);
assert.ok(said.entries > 25, `${said.entries} entries`);
assert.equal(said.covered, said.entries);
server.remove();
console.log(`fhir-kit-client works; ${said.entries} entries of the audit log verified`);
