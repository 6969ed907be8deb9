// Notes: what is typed comes back as it was, what was inserted stays linked as long as it stands there, and nobody's
// words are lost. Questionnaires that are asked for: what became of each.
//
//   node --test tests/web/notes_units.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const {
  appendsTo,
  divOf,
  excerptOf,
  joinedWords,
  kindOf,
  lastSigned,
  loosened,
  newNote,
  same,
  sectionsOf,
  signedNote,
  standing,
  textOf,
  threadsOf,
  withWords,
  wordsOf,
} = await load('clinician/notes/note.ts');
const { observationsOf, valuesBefore, valuesSince } = await load('clinician/notes/values.ts');
const { seriesOf } = await load('clinical/chart/series.ts');
const { askedOrders, offered, plusDays, withAsk, withStatus } = await load('clinician/orders/orders.ts');
const { measurementOf, measurementsOf } = await load('clinician/orders/measurements.ts');
const { assessmentsIn, withoutDone } = await load('fhir/assessments.ts');
const { placeIn, addressOf } = await load('clinical/chart/address.ts');

const about = {
  id: 'n',
  patient: 'p',
  author: 'kim',
  authorName: 'Kim',
  date: '2026-03-02T10:00:00+01:00',
  simulated: true,
};
const words = (parts, more = {}) => ({ title: 'Visit', parts, evidence: [], ...more });

test('what is typed comes back letter by letter, whatever it is', () => {
  for (const text of [
    'a < b & c > "d" \'e\'',
    'one\ntwo\n\nthree',
    '<script>alert(1)</script>',
    '&amp; &lt; &#65;',
    '3/10\t95° ± 4°',
    'Größe, año, 膝, 👩‍🔬',
  ])
    assert.equal(textOf(divOf(text)), text);
  assert.doesNotMatch(divOf('<b>x</b>\u0000\u0007'), /<b>|[\u0000\u0007]/u);
  assert.equal(textOf(divOf('half \ud83d of it')), 'half \ufffd of it');
  assert.equal(
    textOf('<div><h3>A</h3><ul><li>b</li><li>c&nbsp;d &#x41;&#66;&unknown;</li></ul><!-- not -- this --></div>'),
    'A\n\nb\nc\u00A0d AB&unknown;',
  );
  assert.equal(textOf(undefined), '');
  assert.equal(textOf('<div>&#99999999;&#xD7;</div>'), '\ufffd×');
});

test('a note keeps its four parts by code, leaves out the empty ones, and is read back as it was', () => {
  const typed = words({ subjective: 'Better.', plan: 'Go on.\nSlowly.', objective: '  ' });
  const note = withWords(newNote(about), typed);
  assert.deepEqual(
    note.section.map(({ code }) => code.coding[0].code),
    ['61150-9', '18776-5'],
  );
  assert.deepEqual(
    [note.status, note.title, note.author[0].reference, note.meta.tag[0].code],
    ['preliminary', 'Visit', 'Practitioner/kim', 'simulated'],
  );
  assert.ok(same(wordsOf(note), typed));
  assert.ok(!same(wordsOf(note), words({ subjective: 'Better' })));
  assert.equal(withWords(newNote({ ...about, simulated: false }), words({})).section, undefined);
  assert.equal(newNote({ ...about, simulated: false }).meta, undefined);
  // As the simulated clinic wrote them, by titles.
  assert.equal(
    wordsOf({ ...note, section: [{ title: 'Plan', text: { div: '<div><p>x</p></div>' } }] }).parts.plan,
    'x',
  );
  // What the editor could not give back is not edited.
  for (const section of [
    [{ title: 'History' }],
    [note.section[0], note.section[0]],
    [{ title: 'Plan', code: { coding: [{ system: 'http://loinc.org', code: '10164-2' }] } }],
  ]) {
    assert.equal(wordsOf({ ...note, section }), undefined);
    assert.equal(sectionsOf({ ...note, section }).length, section.length);
  }
});

test('an addendum has one part and names the note', () => {
  const note = withWords(
    newNote({ ...about, id: 'm', appends: 'n' }),
    words({ addendum: 'Left, not right.', plan: 'lost?' }),
  );
  assert.deepEqual(
    [appendsTo(note), note.section.length, wordsOf(note).parts],
    ['n', 1, { addendum: 'Left, not right.' }],
  );
  assert.equal(
    withWords(newNote({ ...about, appends: 'n' }), words({ addendum: 'x' }, { title: '' })).title,
    'Addendum',
  );
});

// Clinician finding 32
test('notes of one title are told apart by their kind and their first words', () => {
  const note = withWords(newNote(about), words({ objective: `Knee:\n\n${'walks well '.repeat(30)}`, plan: 'Go on.' }));
  assert.match(excerptOf(note), /^Knee: walks well .*walks?( well)?…$/);
  assert.ok(excerptOf(note).length <= 161, excerptOf(note));
  assert.deepEqual(
    [
      kindOf(note),
      kindOf({ type: { coding: [{ code: 'x', display: 'Discharge summary' }] } }),
      kindOf({}),
      excerptOf({}),
    ],
    ['Progress note', 'Discharge summary', undefined, ''],
  );
});

test('evidence stays as long as its words stand there as they were inserted', () => {
  const value = { reference: 'Observation/1', words: 'Squat: 95° ± 4°' };
  const typed = words({ objective: 'Today\nSquat: 95° ± 4°\n', plan: 'x' }, { evidence: [value, value] });
  assert.equal(standing(typed, 'objective').length, 1);
  assert.equal(standing(typed, 'plan').length, 0);
  const note = withWords(newNote(about), typed);
  assert.deepEqual(note.section[0].entry, [{ reference: 'Observation/1', display: 'Squat: 95° ± 4°' }]);
  assert.deepEqual(wordsOf(note).evidence, [value]);
  // Typed over: no longer what was measured.
  const changed = { ...typed, parts: { objective: 'Squat: 99° ± 4°' } };
  assert.equal(withWords(newNote(about), changed).section[0].entry, undefined);
  assert.equal(loosened(changed).length, 2);
  assert.equal(loosened(typed).length, 0);
});

test('of two texts both are kept where they differ', () => {
  const both = joinedWords(
    words({ subjective: 'Mine.', plan: 'Go on.' }),
    words({ subjective: 'Theirs.', plan: 'Go on. And more.', objective: 'Only theirs.' }),
  );
  assert.deepEqual(both.parts, { subjective: 'Mine.\n\nTheirs.', objective: 'Only theirs.', plan: 'Go on. And more.' });
});

test('drafts come first, then the newest; an addendum stands under its note, also a draft', () => {
  const at = (id, date, more = {}) => ({ ...newNote({ ...about, id, date }), status: 'final', ...more });
  const to = (id) => ({ relatesTo: [{ code: 'appends', targetReference: { reference: `Composition/${id}` } }] });
  const threads = threadsOf([
    at('old', '2026-01-01'),
    at('new', '2026-03-01'),
    at('draft', '2026-02-01', { status: 'preliminary' }),
    at('a2', '2026-04-02', to('old')),
    at('a1', '2026-04-01', to('old')),
    at('lost', '2026-02-02', to('gone')),
  ]);
  assert.deepEqual(
    threads.map(({ note, addenda }) => [note.id, addenda.map(({ id }) => id)]),
    [
      ['draft', []],
      ['new', []],
      ['lost', []],
      ['old', ['a1', 'a2']],
    ],
  );
  assert.equal(
    lastSigned([at('x', '2026-03-01T00:00:00Z', { status: 'preliminary' }), at('y', '2026-02-01T00:00:00Z')]),
    Date.UTC(2026, 1, 1),
  );
  assert.equal(lastSigned([]), undefined);
  const done = signedNote(at('x', '2026-03-01'), 'kim', 'Kim', '2026-03-01T10:00:00Z');
  assert.deepEqual(
    [done.status, done.attester],
    [
      'final',
      [{ mode: 'legal', time: '2026-03-01T10:00:00Z', party: { reference: 'Practitioner/kim', display: 'Kim' } }],
    ],
  );
});

const DAY_MS = 24 * 3600_000;
const now = Date.UTC(2026, 2, 20, 12);
const time = (day) => new Date(now - day * DAY_MS).toISOString();
const set = (id, day) => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
  performedPeriod: { start: time(day) },
});
const own = (code) => ({ coding: [{ system: 'urn:reprise:observation', code }] });
const range = (id, of, day, value, unit = 'deg') => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: own('best-range'),
  partOf: [{ reference: `Procedure/${of}` }],
  effectiveDateTime: time(day),
  valueQuantity: { value, code: unit },
  component: [
    { code: own('from'), valueQuantity: { value: 3 } },
    { code: own('uncertainty'), valueQuantity: { value: 4 } },
  ],
});
const pain = (id, day, value) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }] },
  effectiveDateTime: time(day),
  valueQuantity: { value },
});

test('what was measured since the last note is offered with what was before, and with the Observations it rests on', () => {
  const series = seriesOf(
    [set('1', 20), set('2', 10), set('3', 2), set('4', 1)],
    [
      range('o1', '1', 20, 80),
      range('o2', '2', 10, 85),
      range('o3', '3', 2, 95),
      range('o4', '4', 1, 4000),
      pain('q1', 9, 2),
      pain('q2', 3, 6),
      pain('q3', 1, 3),
    ],
    now,
  );
  const [of_pain, of_range] = valuesSince(series, now - 7 * DAY_MS, now);
  assert.deepEqual([of_range.now.value, of_range.now.uncertainty, of_range.before.value], [95, 4, 85]);
  assert.deepEqual(observationsOf(of_range), ['Observation/o3', 'Observation/o2']);
  assert.deepEqual([of_pain.now.value, of_pain.before, of_pain.highest.value], [3, undefined, 6]);
  assert.deepEqual(observationsOf(of_pain), ['Observation/q3', 'Observation/q2']);
  // Nothing since: nothing is offered; what cannot be so never is.
  assert.deepEqual(valuesSince(series, now, now), []);
  assert.equal(
    valuesSince(series, now - 1.5 * DAY_MS, now).some(({ measurable }) => measurable.kind === 'range'),
    false,
  );
  // The first since, where nothing was before.
  assert.equal(
    valuesSince(series, now - 30 * DAY_MS, now).find(({ measurable }) => measurable.kind === 'range').before.value,
    80,
  );
  // Clinician finding 19: anything older may be cited, the newest first.
  assert.deepEqual(
    valuesBefore(series, now - 7 * DAY_MS).map(({ now: { value } }) => value),
    [2, 85, 80],
  );
  assert.deepEqual(observationsOf(valuesBefore(series, now - 7 * DAY_MS)[2]), ['Observation/o1']);
});

test('the address names the note under its tab alone', () => {
  const place = placeIn('?id=p&tab=notes&note=n-1');
  assert.equal(place.note, 'n-1');
  assert.equal(addressOf(place), '/patient?id=p&tab=notes&note=n-1');
  assert.equal(addressOf({ ...place, tab: 'overview' }), '/patient?id=p');
  assert.equal(placeIn('?id=p&tab=notes&note=%3Cb%3E').note, undefined);
});

const questionnaire = (url, more = {}) => ({
  resourceType: 'Questionnaire',
  url,
  version: '1',
  status: 'active',
  title: url,
  item: [{ linkId: 'a', type: 'boolean', text: 'Well?' }],
  ...more,
});
const response = (id, url, authored, status = 'completed') => ({ id, questionnaire: `${url}|1`, authored, status });
/** As the engine reads an activity. */
const read = (canonical, more = {}) => ({
  canonical,
  everyDays: 0,
  reason: null,
  answerBy: null,
  lastAnswered: null,
  done: false,
  due: '2026-03-10',
  ...more,
});

test('what is asked for is due, overdue, answered or withdrawn as the engine reads it', () => {
  const plan = withAsk(
    { resourceType: 'CarePlan', activity: [{ reference: { reference: 'ServiceRequest/1' } }] },
    { url: 'urn:q', everyDays: 0, by: '2026-03-17', reason: ' Before the visit ', since: '2026-03-10T08:00:00+01:00' },
  );
  assert.equal(plan.activity.length, 2);
  const { detail } = plan.activity[1];
  assert.deepEqual(
    [detail.status, detail.instantiatesCanonical, detail.description, detail.scheduledTiming],
    ['scheduled', ['urn:q'], 'Before the visit', undefined],
  );
  const all = [questionnaire('urn:q'), questionnaire('urn:q', { version: '2' })];
  const of = (asked, responses = [], today = '2026-03-12') =>
    askedOrders(plan, { questionnaires: asked }, all, responses, today)[0];
  const one = read('urn:q', { answerBy: '2026-03-17' });
  assert.deepEqual([of([one]).state, of([one]).questionnaire.version, of([one]).by], ['due', '2', '2026-03-17']);
  assert.deepEqual([of([one], [], '2026-03-17').state, of([one], [], '2026-03-18').state], ['due', 'overdue']);
  // What was answered before it was asked for is none of its answers; nor is one that is not finished.
  const answers = [
    response('before', 'urn:q', '2026-03-10T06:59:00Z'),
    response('after', 'urn:q', '2026-03-10T07:01:00Z'),
    response('half', 'urn:q', '2026-03-11T07:01:00Z', 'in-progress'),
    response('other', 'urn:r', '2026-03-11T07:01:00Z'),
  ];
  assert.deepEqual(
    of([{ ...one, done: true, due: null, lastAnswered: '2026-03-10' }], answers).answers.map(({ id }) => id),
    ['after'],
  );
  assert.equal(of([{ ...one, done: true, due: null }], answers).state, 'done');
  assert.equal(of([]).state, 'unreadable');
  const withdrawn = withStatus(plan, of([one]).key, 'cancelled');
  assert.equal(askedOrders(withdrawn, { questionnaires: [] }, all, [], '2026-03-12')[0].state, 'withdrawn');
  assert.deepEqual(withStatus(withdrawn, of([one]).key, 'scheduled'), plan);
  assert.deepEqual(withdrawn.activity[0], plan.activity[0]);
});

test('again and again is overdue when it would be due once more, and later when it was answered', () => {
  const plan = withAsk(
    { resourceType: 'CarePlan' },
    { url: 'urn:q', everyDays: 7, by: undefined, reason: '', since: '2026-03-01T08:00:00Z' },
  );
  assert.deepEqual(plan.activity[0].detail.scheduledTiming, { repeat: { frequency: 1, period: 7, periodUnit: 'd' } });
  const state = (today) =>
    askedOrders(
      plan,
      { questionnaires: [read('urn:q', { everyDays: 7, lastAnswered: '2026-03-03' })] },
      [],
      [],
      today,
    )[0].state;
  assert.deepEqual(['2026-03-09', '2026-03-10', '2026-03-17', '2026-03-18'].map(state), [
    'later',
    'due',
    'due',
    'overdue',
  ]);
  assert.deepEqual([plusDays('2028-02-28', 2), plusDays('2026-12-31', 1)], ['2028-03-01', '2027-01-01']);
});

test("only what the patient's app shows whole is offered, and not what is asked around exercises", () => {
  const all = [
    questionnaire('urn:q'),
    questionnaire('urn:q', { version: '10' }),
    questionnaire('urn:q', { version: '11', status: 'retired' }),
    questionnaire('urn:reprise:questionnaire:red-flags'),
    questionnaire('urn:table', { item: [{ linkId: 'a', type: 'quantity' }] }),
  ];
  assert.deepEqual(
    offered(all).map(({ url, version }) => `${url}|${version}`),
    ['urn:q|10'],
  );
});

test('a measurement that is asked for once has all that keeps the exercise safe, and is over when it was done', () => {
  const ceiling = {
    url: 'urn:reprise:max-range',
    extension: [
      { url: 'measure', valueCode: 'knee_flexion' },
      { url: 'value', valueQuantity: { value: 90, code: 'deg' } },
    ],
  };
  const source = {
    resourceType: 'ServiceRequest',
    id: 's',
    meta: { versionId: '3', tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
    identifier: [{ value: 'x' }],
    status: 'active',
    intent: 'plan',
    patientInstruction: 'Hold the rail.',
    extension: [
      {
        url: 'urn:reprise:dosage',
        extension: [
          { url: 'sets', valuePositiveInt: 3 },
          { url: 'repetitions', valuePositiveInt: 8 },
        ],
      },
      ceiling,
      { url: 'urn:reprise:support', extension: [{ url: 'helper', valueBoolean: true }] },
    ],
    instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
    bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] }],
  };
  const made = measurementOf(source, {
    id: 'm',
    practitioner: 'kim',
    by: '2026-03-25',
    reason: 'Please.',
    authored: '2026-03-18T08:00:00Z',
  });
  assert.deepEqual(
    [made.id, made.identifier, made.meta, made.bodySite, made.status],
    ['m', undefined, { tag: source.meta.tag }, source.bodySite, 'active'],
  );
  assert.deepEqual(made.extension, [
    {
      url: 'urn:reprise:dosage',
      extension: [
        { url: 'sets', valuePositiveInt: 1 },
        { url: 'repetitions', valuePositiveInt: 8 },
      ],
    },
    ceiling,
    source.extension[2],
    { url: 'urn:reprise:answer-by', valueDate: '2026-03-25' },
  ]);
  assert.equal(made.patientInstruction, 'Please.\nHold the rail.');
  assert.equal(
    measurementOf(
      { ...source, patientInstruction: undefined },
      { id: 'm', practitioner: 'kim', by: undefined, reason: ' ', authored: '' },
    ).patientInstruction,
    undefined,
  );
  const of = (series, today) => measurementsOf([source, made], series.sets, series.ranges, today);
  assert.deepEqual(
    [of(seriesOf([], [], now), '2026-03-25')[0].state, of(seriesOf([], [], now), '2026-03-26')[0].state],
    ['due', 'overdue'],
  );
  const based = { ...set('1', 1), basedOn: [{ reference: 'ServiceRequest/m' }] };
  const [done, ...others] = of(
    seriesOf([based, { ...set('2', 1), basedOn: [{ reference: 'ServiceRequest/s' }] }], [range('o', '1', 1, 88)], now),
    '2026-03-26',
  );
  assert.deepEqual([done.state, done.done.id, done.value.point.value, others], ['done', '1', 88, []]);
  assert.equal(of(seriesOf([{ ...based, status: 'stopped' }], [], now), '2026-03-20')[0].state, 'due');
  const plans = JSON.stringify({
    entry: [source, made, { resourceType: 'CarePlan' }].map((resource) => ({ resource })),
  });
  assert.deepEqual(assessmentsIn(plans), ['m']);
  const statuses = (text) => JSON.parse(text).entry.map(({ resource }) => resource.status);
  assert.deepEqual(statuses(withoutDone(plans, [based, { basedOn: [{ reference: 'ServiceRequest/s' }] }])), [
    'active',
    'completed',
    undefined,
  ]);
  assert.deepEqual(statuses(withoutDone(plans, [])), ['active', 'active', undefined]);
});
