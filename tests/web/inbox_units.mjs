// Who waits for an answer, in what order, and how an answer is sent once.
//
//   node --test tests/web/inbox_units.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { conversationsIn, messagesSince, unanswered, waitingIn } = await load('fhir/unanswered.ts');
const { rowsOf } = await load('clinician/inbox/inbox.ts');
const { attempted, hasArrived } = await load('clinician/inbox/draft.ts');
const { answerOf, messagesIn, settledBy } = await load('data/messages.ts');
const { askedSince, withNews } = await load('clinical/attention.ts');

const said = (id, of, arrived, { own = true, sent = arrived, code = 'message', ...more } = {}) => ({
  resourceType: 'Communication',
  id,
  status: 'completed',
  meta: { lastUpdated: arrived },
  sent,
  subject: { reference: `Patient/${of}` },
  sender: { reference: own ? `Patient/${of}` : 'Practitioner/kim' },
  category: [{ coding: [{ system: 'urn:reprise:communication', code }] }],
  payload: [{ contentString: id }],
  ...more,
});
const of = (...all) => conversationsIn(all).get('a');

test("what reached the record after the clinic's last answer waits, whatever the writer's clock says", () => {
  assert.equal(
    of(said('1', 'a', '2026-03-01T08:00:00Z'), said('2', 'a', '2026-03-01T09:00:00Z', { own: false })).waiting,
    0,
  );
  assert.equal(
    of(said('1', 'a', '2026-03-01T08:00:00Z', { own: false }), said('2', 'a', '2026-03-01T09:00:00Z')).waiting,
    1,
  );
  // Written in a train before the clinic's answer, sent after it.
  assert.equal(
    of(
      said('1', 'a', '2026-03-01T09:00:00Z', { own: false }),
      said('2', 'a', '2026-03-01T10:00:00Z', { sent: '2026-03-01T08:00:00Z' }),
    ).waiting,
    1,
  );
  // A clock that is a year ahead keeps nobody waiting, one that is a year behind hides nothing.
  assert.equal(
    of(
      said('1', 'a', '2026-03-01T08:00:00Z', { sent: '2027-03-01T08:00:00Z' }),
      said('2', 'a', '2026-03-01T09:00:00Z', { own: false }),
    ).waiting,
    0,
  );
  assert.equal(
    of(
      said('1', 'a', '2026-03-01T08:00:00Z', { own: false }),
      said('2', 'a', '2026-03-01T09:00:00Z', { sent: '2025-03-01T09:00:00Z' }),
    ).waiting,
    1,
  );
  // Written to the record at once, as the simulated clinic is: then by when it was written.
  const at_once = (sent, own) => said(sent, 'a', '2026-03-02T00:00:00Z', { own, sent });
  assert.equal(of(at_once('2026-03-01T09:00:00Z', false), at_once('2026-03-01T08:00:00Z', true)).waiting, 0);
  assert.equal(of(at_once('2026-03-01T08:00:00Z', false), at_once('2026-03-01T09:00:00Z', true)).waiting, 1);
});

test('what is wrong or about nobody counts for nothing; a wish to be erased is said until it is answered', () => {
  const question = said('1', 'a', '2026-03-01T08:00:00Z');
  for (const status of ['entered-in-error', 'preparation'])
    assert.equal(of(question, said('2', 'a', '2026-03-01T09:00:00Z', { own: false, status })).waiting, 1, status);
  assert.equal(
    conversationsIn([
      { ...question, subject: undefined },
      { ...question, subject: { reference: 'Group/a' } },
    ]).size,
    0,
  );
  const wish = said('2', 'a', '2026-03-01T09:00:00Z', { code: 'erasure-request' });
  assert.deepEqual([of(question, wish).erasure, of(question, wish).waiting], [true, 2]);
  assert.deepEqual(
    [of(question, wish, said('3', 'a', '2026-03-01T10:00:00Z', { own: false })).erasure, of(question).erasure],
    [false, false],
  );
});

// Clinician finding 3: the notice that a programme has changed closed the patient's question.
test("only a person's answer closes a question, or their word that it needs none", () => {
  const question = said('1', 'a', '2026-03-01T08:00:00Z');
  const from = { patient: 'a', practitioner: 'kim', simulated: false, sent: '2026-03-01T09:00:00Z' };
  const kept = (resource, id = resource.identifier[0].value) => ({
    ...resource,
    id,
    meta: { lastUpdated: '2026-03-01T09:00:00Z' },
  });
  const notice = kept(answerOf({ id: 'n', text: 'Your programme has changed.', notice: true, ...from }));
  assert.deepEqual(
    [of(question, notice).waiting, of(question, notice).waitingSince],
    [1, Date.parse('2026-03-01T08:00:00Z')],
  );
  assert.equal(of(question, notice).newest.id, notice.id, 'the patient reads it all the same');
  assert.equal(of(question, kept(answerOf({ id: 'y', text: 'Go on.', ...from }))).waiting, 0);
  for (const sender of [undefined, { reference: 'Device/d' }, { reference: 'Organization/clinic' }]) {
    assert.equal(
      of(question, { ...said('2', 'a', '2026-03-01T09:00:00Z', { own: false }), sender }).waiting,
      1,
      JSON.stringify(sender),
    );
  }
  const settled = kept(settledBy({ id: 's', about: ['1'], ...from }));
  assert.deepEqual(
    [of(question, settled).waiting, of(question, settled).settled, of(question, settled).newest.id],
    [0, true, '1'],
  );
  assert.equal(of(question, { ...settled, status: 'entered-in-error' }).waiting, 1, 'taken back');
  assert.deepEqual(settled.inResponseTo, [{ reference: 'Communication/1' }]);
  assert.equal('payload' in settled, false);
  const shown = messagesIn(
    [JSON.stringify({ resourceType: 'Bundle', entry: [question, notice, settled].map((resource) => ({ resource })) })],
    'a',
  );
  assert.deepEqual(
    shown.map(({ kind, notice: automatic }) => [kind, automatic]),
    [
      ['message', false],
      ['message', true],
      ['settled', false],
    ],
  );
  assert.deepEqual(
    unanswered(shown.slice(0, 2)).map(({ id }) => id),
    ['1'],
  );
  assert.deepEqual(unanswered(shown), []);
});

test('the marks in a conversation are on the same messages that the navigation counts', () => {
  const all = [
    said('1', 'a', '2026-03-01T08:00:00Z', { own: false }),
    said('2', 'a', '2026-03-01T10:00:00Z', { sent: '2026-03-01T07:00:00Z' }),
    said('3', 'a', '2026-03-01T09:00:00Z'),
  ];
  const shown = messagesIn(
    [JSON.stringify({ resourceType: 'Bundle', entry: all.map((resource) => ({ resource })) })],
    'a',
  );
  assert.deepEqual(
    unanswered(shown).map(({ id }) => id),
    ['2', '3'],
  );
  assert.equal(of(...all).waiting, 2);
});

// Clinician finding 20: who had waited longest stood last.
test('who has waited longest comes first, then the newest; the navigation counts patients', () => {
  const conversations = conversationsIn([
    said('1', 'old', '2026-02-01T08:00:00Z'),
    said('2', 'new', '2026-03-01T08:00:00Z'),
    said('3', 'new', '2026-03-01T09:00:00Z'),
    said('4', 'done', '2026-03-03T09:00:00Z', { own: false }),
    said('5', 'before', '2026-03-02T09:00:00Z', { own: false }),
    said('6', 'hidden', '2026-03-02T09:00:00Z'),
  ]);
  const patients = ['done', 'old', 'before', 'new', 'silent'].map((id) => ({
    id,
    name: [{ text: `The ${id}` }],
    ...(id === 'new' && { birthDate: '1950-02-01', meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] } }),
  }));
  const rows = rowsOf(conversations, patients);
  assert.deepEqual(
    rows.map(({ patient, waiting }) => [patient, waiting]),
    [
      ['old', 1],
      ['new', 2],
      ['done', 0],
      ['before', 0],
    ],
  );
  assert.deepEqual(
    rows.map(({ who }) => [who.name, who.simulated, who.birthDate]),
    [
      ['The old', false, undefined],
      ['The new', true, '1950-02-01'],
      ['The done', false, undefined],
      ['The before', false, undefined],
    ],
  );
  assert.equal(waitingIn(conversations), 3);
});

test('the same words are sent by the same identifier, other words by another', () => {
  let next = 0;
  const uuid = () => `u${++next}`;
  const first = attempted({ text: 'Hello' }, uuid);
  assert.equal(attempted(first, uuid).attempt.id, first.attempt.id);
  const other = attempted({ ...first, text: 'Hello there' }, uuid);
  assert.notEqual(other.attempt.id, first.attempt.id);
  assert.equal(hasArrived(first, [{ id: 'x' }, { id: first.attempt.id }]), true);
  assert.equal(hasArrived(first, [{ id: 'x' }]), false);
  // Written on after the answer was lost: that is not in the record.
  assert.equal(hasArrived({ ...first, text: 'Hello there' }, [{ id: first.attempt.id }]), false);
  assert.equal(hasArrived({ text: '' }, [{ id: 'x' }]), false);
});

test("an answer is the practitioner's, to the patient", () => {
  const made = answerOf({
    id: 'one',
    text: ' Yes\u0000 ',
    patient: 'a',
    practitioner: 'kim',
    simulated: true,
    sent: '2026-03-02T10:00:00+01:00',
  });
  assert.deepEqual(
    [made.sender, made.recipient, made.subject],
    [{ reference: 'Practitioner/kim' }, [{ reference: 'Patient/a' }], { reference: 'Patient/a' }],
  );
  assert.deepEqual(
    [made.payload, made.category[0].coding[0].code, made.meta.tag[0].code],
    [[{ contentString: 'Yes' }], 'message', 'simulated'],
  );
  assert.equal(
    'meta' in answerOf({ id: 'one', text: 'a', patient: 'a', practitioner: 'kim', simulated: false, sent: '' }),
    false,
  );
});

test("after the first look only what is new is asked for, by the record's own time", () => {
  assert.deepEqual([askedSince(undefined), askedSince(new Map())], [undefined, undefined]);
  assert.doesNotMatch(
    messagesSince(undefined),
    /_lastUpdated=|sent=/,
    'a question that waits for more than 90 days still waits',
  );
  assert.match(messagesSince('2026-03-01T07:58:00.000Z'), /&_lastUpdated=ge2026-03-01T07%3A58/);
  assert.equal(
    askedSince(
      new Map([
        ['1', said('1', 'a', '2026-03-01T08:00:00Z', { sent: '2030-01-01T00:00:00Z' })],
        ['2', said('2', 'a', '2026-02-01T08:00:00Z')],
      ]),
    ),
    '2026-03-01T07:58:00.000Z',
  );
});

test('nothing is drawn anew where nothing is new', () => {
  const [one, two] = [said('1', 'a', '2026-03-01T08:00:00Z'), said('2', 'a', '2026-03-01T09:00:00Z')];
  const known = withNews(undefined, [one], false);
  assert.equal(withNews(known, [{ ...one }], false), known);
  assert.equal(withNews(known, [], false), known);
  assert.deepEqual([...withNews(known, [two], false).keys()], ['1', '2']);
  // Taken back, and gone: somebody has left a care team.
  assert.equal(
    withNews(known, [{ ...one, meta: { lastUpdated: '2026-03-01T10:00:00Z' }, status: 'entered-in-error' }], false).get(
      '1',
    ).status,
    'entered-in-error',
  );
  assert.equal(withNews(known, [], true).size, 0);
  assert.equal(withNews(known, [{ ...one }], true), known);
});
