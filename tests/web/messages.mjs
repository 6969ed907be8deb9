// Messages as FHIR Communications, texts to read, and what is named in the record's answers.
//
//   node --test tests/web/messages.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { communicationOf, messagesIn, messagesWaiting, joined, unreadIn, lastArrived } = await load('data/messages.ts');
const { clinicIn } = await load('fhir/clinic.ts');
const { newest, canonicalsIn } = await load('fhir/resources.ts');
const { blocksOf } = await load('components/plain_markdown.tsx');

const bundle = (...resources) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
const draft = {
  id: 'one',
  kind: 'message',
  text: ' Hello\u0000 \n',
  patient: 'p',
  teams: ['t'],
  simulated: false,
  sent: '2026-03-02T10:00:00+01:00',
};
const answer = {
  resourceType: 'Communication',
  id: 'c',
  meta: { lastUpdated: '2026-03-02T10:00:00Z' },
  status: 'completed',
  subject: { reference: 'Patient/p' },
  sender: { reference: 'Practitioner/k' },
  category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
  sent: '2026-03-02T09:30:00Z',
  payload: [{ contentString: 'Well done' }, { contentString: 'See you' }],
};
const kim = { resourceType: 'Practitioner', id: 'k', name: [{ given: ['Kim'], family: 'Simulated' }] };

test('what a patient writes is a Communication in the own name, of plain words', () => {
  const made = communicationOf(draft);
  assert.deepEqual(
    [made.sender, made.subject, made.recipient],
    [{ reference: 'Patient/p' }, { reference: 'Patient/p' }, [{ reference: 'CareTeam/t' }]],
  );
  assert.deepEqual(made.payload, [{ contentString: 'Hello' }]);
  assert.equal('meta' in made, false);
  assert.equal(communicationOf({ ...draft, simulated: true }).meta.tag[0].code, 'simulated');
  assert.equal('recipient' in communicationOf({ ...draft, teams: [] }), false);
  assert.equal(communicationOf({ ...draft, text: 'a'.repeat(5000) }).payload[0].contentString.length, 2000);
  assert.equal(communicationOf({ ...draft, kind: 'erasure' }).category[0].coding[0].code, 'erasure-request');
});

test('what counts as a message, and whose it is', () => {
  const [message, ...others] = messagesIn([bundle(answer, kim)], 'p');
  assert.deepEqual(message, {
    id: 'c',
    recordId: 'c',
    sender: 'Practitioner/k',
    kind: 'message',
    own: false,
    closes: true,
    notice: false,
    by: 'Kim Simulated',
    text: 'Well done\nSee you',
    sent: answer.sent,
    arrived: answer.meta.lastUpdated,
    refused: false,
    more: false,
  });
  assert.deepEqual(others, []);
  for (const change of [
    { status: 'entered-in-error' },
    { status: 'preparation' },
    { subject: { reference: 'Patient/q' } },
    { category: [] },
    { payload: [] },
    { payload: undefined },
  ])
    assert.deepEqual(messagesIn([bundle({ ...answer, ...change })], 'p'), [], JSON.stringify(change));
  assert.equal(messagesIn([bundle(answer)], 'p')[0].by, undefined);
  const [attached] = messagesIn([bundle({ ...answer, payload: [{ contentAttachment: { title: 'a' } }] })], 'p');
  assert.deepEqual([attached.text, attached.more], ['', true], 'what cannot be shown is said, not left out');
  assert.equal(messagesIn([bundle({ ...answer, sender: undefined })], 'p')[0].own, false);
});

test('a message is shown once, wherever it is known from, by the time of its writing', () => {
  const waiting = [
    { kind: 'message', bundle: bundle(communicationOf(draft)) },
    { kind: 'message', refused: 422, bundle: bundle(communicationOf({ ...draft, id: 'two' })) },
    { kind: 'set', bundle: '{}' },
  ];
  const unsent = messagesWaiting(waiting, 'p');
  assert.deepEqual(
    unsent.map(({ id, refused, own }) => [id, refused, own]),
    [
      ['one', false, true],
      ['two', true, true],
    ],
  );
  const arrived = messagesIn(
    [bundle({ ...communicationOf(draft), id: 'x', meta: { lastUpdated: '2026-03-02T12:00:00Z' } }, answer)],
    'p',
  );
  // 10:00 in Berlin is before 9:30 in Greenwich.
  assert.deepEqual(
    joined(arrived, unsent, unsent).map(({ id }) => id),
    ['one', 'two', 'c'],
  );
  assert.equal(joined(arrived, unsent)[0].arrived, '2026-03-02T12:00:00Z');
});

test('unread is what the clinic wrote after what was read here', () => {
  const messages = messagesIn(
    [
      bundle(
        answer,
        { ...answer, id: 'd', meta: { lastUpdated: '2026-03-03T10:00:00Z' } },
        { ...communicationOf(draft), id: 'x', meta: { lastUpdated: '2026-03-04T10:00:00Z' } },
      ),
    ],
    'p',
  );
  assert.equal(unreadIn(messages, undefined).length, 2);
  assert.equal(unreadIn(messages, '2026-03-02T10:00:00Z').length, 1);
  assert.equal(lastArrived(messages), '2026-03-04T10:00:00Z');
  assert.equal(unreadIn(messages, lastArrived(messages)).length, 0);
  assert.equal(lastArrived([]), undefined);
});

test('whom to call is what the clinic has set, and nothing else', () => {
  const patient = { resourceType: 'Patient', managingOrganization: { reference: 'Organization/o' } };
  const clinic = {
    resourceType: 'Organization',
    id: 'o',
    name: 'Clinic',
    telecom: [
      { system: 'phone', use: 'old', value: '1' },
      { system: 'email', value: 'a' },
      { system: 'phone', value: '2' },
    ],
    extension: [{ url: 'urn:reprise:emergency-number', valueString: '112' }],
  };
  assert.deepEqual(clinicIn([bundle(patient, clinic)]), {
    clinic: { name: 'Clinic', phone: '2' },
    emergencyNumber: '112',
    simulated: false,
  });
  assert.deepEqual(clinicIn([bundle(patient, { ...clinic, id: 'other' })]), {
    clinic: { name: null, phone: null },
    emergencyNumber: null,
    simulated: false,
  });
  assert.deepEqual(clinicIn([bundle(patient)]).emergencyNumber, null);
  assert.equal(
    clinicIn([bundle(patient, { ...clinic, extension: [clinic.extension[0], clinic.extension[0]] })]).emergencyNumber,
    null,
  );
});

test('the newest version, and what a programme names', () => {
  assert.equal(newest([{ version: '9' }, { version: '10' }, {}]).version, '10');
  assert.equal(newest([{ version: '1.2.0' }, { version: '1.10.0' }]).version, '1.10.0');
  assert.equal(newest([]), undefined);
  assert.deepEqual(
    canonicalsIn(
      bundle(
        {
          resourceType: 'CarePlan',
          activity: [
            { detail: { instantiatesCanonical: ['q|1', 'q|2'] } },
            { reference: {} },
            { detail: { instantiatesCanonical: 3 } },
          ],
        },
        { resourceType: 'ServiceRequest', instantiatesCanonical: ['e|1'] },
        { resourceType: 'ServiceRequest' },
      ),
    ),
    { exercises: ['e'], questionnaires: ['q'] },
  );
});

test('of Markdown only paragraphs, lists and headings; the rest stays letters', () => {
  assert.deepEqual(blocksOf('One\nline\n\n## Two\n- a\n- b\n\n<b>x</b> [y](http://z)'), [
    { kind: 'paragraph', text: 'One line' },
    { kind: 'heading', text: 'Two' },
    { kind: 'list', points: ['a', 'b'] },
    { kind: 'paragraph', text: '<b>x</b> [y](http://z)' },
  ]);
  assert.deepEqual(blocksOf(' \n\n'), []);
});
