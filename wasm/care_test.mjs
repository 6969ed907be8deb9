// SPDX-License-Identifier: Apache-2.0
// Programmes, results and safety rules through the browser's module. The tests of care check their meaning; these check
// that they cross the boundary complete. REPRISE_MODULE names the folder with the built module.
//
//   REPRISE_MODULE=build/wasm/module node --test wasm/care_test.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { reprise, RepriseError, root } from './module_under_test.mjs';

const text = readFileSync(path.join(root, 'catalog/exercises/heel_slide.json'), 'utf8');
const exercise = JSON.parse(text);
const page = readFileSync(path.join(root, 'docs/reference/programme.md'), 'utf8').match(/```json\n([\s\S]*?)```/)[1];
const example = page.replace('heel_slide|1', `heel_slide|${exercise.version}`);
const definition = JSON.stringify({
  resourceType: 'ActivityDefinition',
  id: 'a',
  url: 'urn:reprise:exercise:heel_slide',
  version: String(exercise.version),
  status: 'active',
  relatedArtifact: [
    {
      type: 'documentation',
      document: { contentType: 'application/json', data: Buffer.from(text).toString('base64') },
    },
  ],
});

test('reads the programme of the documentation', () => {
  const programme = reprise.programme([example, definition]);
  assert.deepEqual(programme.problems, []);
  assert.equal(programme.simulated, true);
  assert.deepEqual(programme.questionnaires, [
    {
      canonical: 'urn:reprise:questionnaire:how-was-your-week',
      everyDays: 7,
      reason: 'Between two visits.',
      answerBy: null,
      lastAnswered: null,
      done: false,
      due: '2026-03-02',
    },
  ]);
  const [slide] = programme.exercises;
  assert.equal(slide.json, text);
  assert.deepEqual([slide.side, slide.ceiling, slide.target, slide.sets, slide.hold_s], ['left', 90, 80, 2, null]);
  assert.equal(reprise.programme([example]).problems.length, 1);
  assert.throws(
    () => reprise.programme([definition]),
    (error) => error instanceof RepriseError && error.code === 'not_found',
  );
  assert.throws(
    () => reprise.programme(example),
    (error) => error instanceof RepriseError && error.code === 'invalid_argument',
  );
});

test('helps to write a programme', () => {
  const rule = readFileSync(path.join(root, 'catalog/contraindications/no-weight-on-leg.json'), 'utf8');
  const squat = readFileSync(path.join(root, 'catalog/exercises/squat.json'), 'utf8');
  const condition = JSON.stringify({
    resourceType: 'Condition',
    id: 'c',
    subject: { reference: 'Patient/robin' },
    code: { coding: [{ system: 'urn:reprise:precaution', code: 'no-weight-bearing-leg' }] },
  });
  const options = { today: '2026-03-20', ceilings: [{ value: null }, { value: null }] };
  assert.deepEqual(
    reprise.contraindications([rule], [text, squat], [condition], options).map((list) => list[0]?.severity),
    [undefined, 'contraindicated'],
  );
  assert.throws(() => reprise.contraindications([rule], [text], [condition], options), { code: 'invalid_argument' });
  assert.throws(() => reprise.contraindications(rule, [text], [condition], options), { code: 'invalid_argument' });
  const protocol = readFileSync(path.join(root, 'catalog/protocols/knee-osteoarthritis.json'), 'utf8');
  const files = JSON.parse(protocol).phases[0].exercises.map(({ id }) =>
    readFileSync(path.join(root, `catalog/exercises/${id}.json`), 'utf8'),
  );
  const made = reprise.programmeTemplate(protocol, files, {
    phase: 'begin',
    patient: 'robin',
    affected: 'left',
    language: 'en',
    start: '2026-03-20',
    simulated: true,
  });
  assert.deepEqual(
    made.map(({ exercise, side, fresh }) => [exercise, side, fresh]),
    [
      ['heel_slide', 'left', true],
      ['seated_knee_extension', 'left', true],
      ['sit_to_stand', null, true],
    ],
  );
  assert.throws(() => reprise.programmeTemplate(protocol, [], {}), { code: 'invalid_argument' });
  assert.equal(reprise.exerciseDefinition(squat).url, 'urn:reprise:exercise:squat');
  assert.throws(
    () => reprise.exerciseDefinition('{}'),
    (error) => error instanceof RepriseError,
  );
  const done = [1, 2, 3]
    .flatMap((day) => [
      {
        resourceType: 'Procedure',
        id: `p${day}`,
        status: 'stopped',
        statusReason: { coding: [{ system: 'urn:reprise:stop-reason', code: 'pain' }] },
        subject: { reference: 'Patient/robin' },
        basedOn: [{ reference: 'ServiceRequest/slide' }],
        performedPeriod: { start: `2026-03-1${day}T10:00:00Z` },
      },
    ])
    .map((one) => JSON.stringify(one));
  const [less] = reprise.intensity([example, definition, ...done], '2026-03-14');
  assert.deepEqual(
    [less.request, less.change, less.reasons, less.sets, less.days.length],
    ['slide', 'lower', ['stopped_for_pain', 'little_done'], 1, 2],
  );
  assert.deepEqual(reprise.intensity([example, definition], '2026-03-14'), []);
});

test('reads, checks and writes a programme', () => {
  const resources = JSON.parse(example).entry.map(({ resource }) => resource);
  const recorded = {
    plan: resources.find(({ resourceType }) => resourceType === 'CarePlan'),
    requests: resources.filter(({ resourceType }) => resourceType === 'ServiceRequest'),
    exercises: [{ id: 'heel_slide', name: 'Heel slide', measure: 'knee_flexion', dosage: exercise.dosage }],
  };
  const { draft, sent } = reprise.programmeDraft({ ...recorded, start: '', affected: null });
  assert.deepEqual(sent, {});
  assert.deepEqual(
    [draft.title, draft.painStop, draft.items[0].key, draft.items[0].ceiling],
    ['A stronger knee', 4, 'slide', 90],
  );
  const items = [{ ...draft.items[0], sets: 3 }];
  const by = { patient: 'robin', practitioner: 'kim', now: '2026-03-20T10:00:00+01:00', simulated: true };
  const writing = { ...recorded, ...by, draft: { ...draft, items } };
  const patient = JSON.stringify(resources.find(({ resourceType }) => resourceType === 'Patient'));
  const programme = reprise.draftedProgramme(writing, [patient, definition]);
  assert.deepEqual([programme.problems, programme.exercises[0].sets], [[], 3]);
  const also = [{ resource: { resourceType: 'Task' }, request: { method: 'POST', url: 'Task' } }];
  const planId = '11111111-0000-4000-8000-000000000000';
  const { entry } = JSON.parse(reprise.programmeBundle({ ...writing, planId, also }));
  assert.deepEqual(
    entry.map(({ request: { method, url } }) => [method, url]),
    [
      ['PUT', 'ServiceRequest/slide'],
      ['PUT', 'CarePlan/plan'],
      ['POST', 'Task'],
    ],
  );
  for (const work of [
    () => reprise.programmeDraft(undefined),
    () => reprise.programmeBundle({ ...writing, planId: 'x', also }),
    () => reprise.draftedProgramme({ ...writing, draft: {} }, []),
  ])
    assert.throws(work, { code: 'invalid_argument' });
});

test('lists, requests and withdraws questionnaires', () => {
  const { plan, requests } = reprise.requestedQuestionnaires([example, definition], '2026-03-02');
  assert.deepEqual([plan, requests.length, requests[0].state, requests[0].everyDays], ['plan', 1, 'due', 7]);
  const carePlan = JSON.parse(example).entry[0].resource;
  const asked = { url: 'urn:q', everyDays: 0, by: null, reason: 'Why', since: '2026-03-10T08:00:00+01:00' };
  const next = reprise.withQuestionnaire(carePlan, asked);
  assert.equal(next.activity[2].detail.description, 'Why');
  const key = 'urn:q 2026-03-10T08:00:00+01:00';
  const withdrawn = reprise.withQuestionnaireStatus(next, key, 'cancelled');
  assert.equal(withdrawn.activity[2].detail.status, 'cancelled');
  assert.deepEqual(reprise.withQuestionnaireStatus(withdrawn, key, 'scheduled'), next);
  assert.throws(() => reprise.withQuestionnaire(carePlan, undefined), { code: 'invalid_argument' });
  assert.throws(() => reprise.requestedQuestionnaires([definition], '2026-03-02'), { code: 'not_found' });
});

test('counts the remote monitoring of the documentation', () => {
  const answers = [
    readFileSync(path.join(root, 'docs/clinician/remote-monitoring.md'), 'utf8').match(/```json\n([\s\S]*?)```/)[1],
  ];
  const rules = [2025, 2026].map((year) =>
    readFileSync(path.join(root, `catalog/billing/us_rtm_${year}.json`), 'utf8'),
  );
  const options = {
    patient: 'robin',
    today: '2026-04-15',
    zone: [{ from_ms: 0, offset_minutes: -300 }],
    practitioner: 'kim',
    created: '2026-04-15T09:00:00Z',
  };
  const counted = reprise.remoteMonitoring(answers, rules, options);
  assert.deepEqual(
    counted.lines.map(({ code, from, to, counted: count, state }) => [code, from, to, count, state]),
    [
      ['98975', '2026-03-02', '2026-03-02', 2, 'ready'],
      ['98985', '2026-03-02', '2026-03-31', 2, 'ready'],
      ['98980', '2026-03-01', '2026-03-31', 22, 'ready'],
    ],
  );
  assert.deepEqual(counted.lines[2].evidence, ['Encounter/call', 'Task/review']);
  assert.deepEqual(
    [counted.claim.status, counted.claim.item.length, counted.claim.provider.reference],
    ['draft', 3, 'Practitioner/kim'],
  );
  assert.equal(counted.csv.split('\r\n').length, 4);
  assert.equal(reprise.remoteMonitoring([], rules, options).monitored, false);
  assert.throws(() => reprise.remoteMonitoring(answers, rules, undefined), { code: 'invalid_argument' });
  assert.throws(() => reprise.remoteMonitoring(answers, 'rules', options), { code: 'invalid_argument' });
  assert.throws(() => reprise.remoteMonitoring(answers, ['{}'], options), { code: 'invalid_argument' });
});

test('makes a coached set a transaction, with the numbers of its document', () => {
  const [slide] = reprise.programme([example, definition]).exercises;
  const loaded = reprise.exercise(slide.json);
  const coach = loaded.coach({ side: slide.side, ceiling: slide.ceiling });
  for (const frame of loaded.simulate({ repetitions: 3, azimuth_deg: 90, mirror: true })) coach.step(frame);
  coach.finish();
  const { summary } = JSON.parse(coach.session()).exercise;
  const set = {
    id: '0b8e2a60-7c1f-4f6e-8d7a-000000000001',
    session: '0b8e2a60-7c1f-4f6e-8d7a-0000000000ff',
    patient: 'robin',
    simulated: false,
    exercise: slide,
    start: '2026-03-02T10:00:00Z',
    end: '2026-03-02T10:01:00Z',
    stopped: null,
    pain: [{ when: 'after', value: 2 }],
    effort: null,
    note: null,
  };
  const made = coach.setBundle(set);
  assert.ok(Math.abs(made.meanQuality - summary.mean_quality) < 0.1, `${made.meanQuality} ${summary.mean_quality}`);
  assert.equal(made.repetitions.length, summary.repetitions_complete);
  for (const { start_s, end_s, quality, faults } of made.repetitions) {
    assert.ok(end_s > start_s && quality > 0 && quality <= 100);
    assert.deepEqual(faults, []);
  }
  const bundle = JSON.parse(made.bundle);
  assert.equal(bundle.type, 'transaction');
  const repetitions = bundle.entry
    .map(({ resource }) => resource)
    .find(({ code }) => code.coding[0].code === 'repetitions');
  assert.equal(repetitions.valueInteger, 3);
  assert.equal(repetitions.valueInteger, summary.repetitions_complete);
  assert.ok(bundle.entry.every(({ resource }) => resource.meta.tag[0].code === 'simulated'));
  assert.throws(() => coach.setBundle({ ...set, exercise: { ...slide, side: 'right' } }), { code: 'conflict' });
  assert.throws(() => coach.setBundle(undefined), { code: 'invalid_argument' });
  const counted = JSON.parse(reprise.setBundle({ ...set, byHand: { repetitions: 2, held_s: null } }));
  assert.deepEqual(
    counted.entry.map(({ resource }) => resource.valueInteger),
    [undefined, 2, undefined],
  );
  assert.throws(() => reprise.setBundle(set), { code: 'invalid_argument' });
  assert.throws(() => reprise.setBundle(undefined), { code: 'invalid_argument' });
  coach.release();
  loaded.release();
});

test('judges answers and writes them down', () => {
  const limits = { painStop: 5, painRise: 2 };
  assert.deepEqual(reprise.safety({ limits, redFlags: { calf: true } }).verdict, 'end_session');
  assert.deepEqual(reprise.safety({ limits, pain: 2, painBefore: 1 }), {
    verdict: 'go_on',
    tellsClinic: false,
    holds: null,
    findings: [],
  });
  assert.equal(reprise.safety({ limits, redFlags: { calf: true } }).holds, 'all');
  assert.equal(reprise.safety({ limits, pain: 8, painBefore: 1, exercise: 'slide' }).holds, 'exercise');
  assert.throws(() => reprise.safety({}), { code: 'invalid_argument' });
  const bundle = JSON.parse(
    reprise.answersBundle({
      id: '0b8e2a60-7c1f-4f6e-8d7a-000000000002',
      session: null,
      patient: 'robin',
      programme: 'plan',
      simulated: false,
      questionnaire: 'urn:reprise:questionnaire:before-exercise|1',
      authored: '2026-03-02T10:00:00Z',
      answers: [
        { question: 'pain-before', value: 3 },
        { question: 'support-in-reach', value: true },
      ],
    }),
  );
  assert.deepEqual(
    bundle.entry.map(({ resource }) => resource.resourceType),
    ['QuestionnaireResponse', 'Observation'],
  );
  assert.throws(() => reprise.answersBundle({}), { code: 'invalid_argument' });
});

// Clinician finding 13: pages use the table that the rules use.
test('tells which direction of a metric is better', () => {
  assert.deepEqual(
    ['pain', 'effort', 'quality', 'score'].map((metric) => reprise.better(metric)),
    ['lower', 'none', 'higher', 'none'],
  );
  assert.deepEqual(
    [
      [true, false],
      [false, false],
      [true, true],
    ].map(([rising, held]) => reprise.better('range', { rising, held })),
    ['higher', 'lower', 'none'],
  );
  assert.throws(() => reprise.better('weight'), { code: 'invalid_argument' });
});

test('compares tests of function', () => {
  const walked = (day, value) => ({
    resourceType: 'Observation',
    id: day,
    status: 'final',
    category: [{ coding: [{ system: 'urn:reprise:measurement', code: 'timed_up_and_go' }] }],
    code: { coding: [{ system: 'urn:reprise:signal-measure', code: 'test_time' }] },
    effectiveDateTime: `${day}T10:00:00Z`,
    valueQuantity: { value, unit: 's', code: 's' },
  });
  const answers = [walked('2026-03-02', 20), walked('2026-05-02', 10.04)].map((one) => JSON.stringify(one));
  assert.deepEqual(reprise.functionScores(answers), {
    tests: [
      {
        test: 'timed_up_and_go',
        side: null,
        unit: 's',
        digits: 1,
        points: [
          { at: '2026-03-02T10:00:00Z', value: 20 },
          { at: '2026-05-02T10:00:00Z', value: 10 },
        ],
        otherwise: false,
        change: { verdict: 'better', by: -10, least: 9, source: 'FC1' },
      },
    ],
    questionnaires: [],
  });
  assert.throws(() => reprise.functionScores('[]'), { code: 'invalid_argument' });
});

// Clinician finding 1: the programme then in force, not the present one.
test('judges each day by the programme then in force', () => {
  const plan = (version, day, title) => ({
    resourceType: 'CarePlan',
    id: 'p',
    meta: { versionId: version, lastUpdated: `${day}T10:00:00Z` },
    status: 'active',
    intent: 'plan',
    title,
    subject: { reference: 'Patient/robin' },
    category: [{ coding: [{ system: 'urn:reprise:care-plan', code: 'exercise-programme' }] }],
    period: { start: '2026-03-02' },
    activity: [{ reference: { reference: 'ServiceRequest/r' } }],
  });
  const request = (version, day, sets) => ({
    resourceType: 'ServiceRequest',
    id: 'r',
    meta: { versionId: version, lastUpdated: `${day}T10:00:00Z` },
    status: 'active',
    intent: 'order',
    authoredOn: day,
    subject: { reference: 'Patient/robin' },
    instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
    occurrenceTiming: { repeat: { frequency: 7, period: 1, periodUnit: 'wk' } },
    extension: [
      {
        url: 'urn:reprise:dosage',
        extension: [
          { url: 'sets', valuePositiveInt: sets },
          { url: 'repetitions', valuePositiveInt: 8 },
        ],
      },
    ],
  });
  const bundle = (...resources) =>
    JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) });
  const sets = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'].map(
    (day) => ({ day, exercise: 'squat' }),
  );
  const options = { patient: 'robin', from: '2026-03-02', now: '2026-03-16T12:00:00+01:00', sets };
  const before = reprise.adherence([bundle(plan('1', '2026-03-02'), request('1', '2026-03-02', 1))], options);
  const after = reprise.adherence(
    [
      bundle(
        plan('2', '2026-03-16'),
        plan('1', '2026-03-02'),
        request('2', '2026-03-16', 4),
        request('1', '2026-03-02', 1),
      ),
    ],
    options,
  );
  assert.deepEqual(
    before.weeks.map(({ percent }) => percent),
    [100, 0, null],
  );
  assert.deepEqual([after.weeks.slice(0, 2), after.mean], [before.weeks.slice(0, 2), before.mean]);
  assert.deepEqual(
    after.stretches.map(({ from, exercises: [one] }) => [from, one.sets]),
    [
      ['2026-03-02', 1],
      ['2026-03-16', 4],
    ],
  );
  assert.throws(() => reprise.adherence([], { ...options, from: 'soon' }), { code: 'invalid_argument' });
});

test('a self-assessment is judged as the command judges it', () => {
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const definition = read('catalog/self_assessment/self_assessment.json');
  const asked = (answers, language = 'en') => reprise.selfAssessment({ definition, answers, language });
  const { level, ended, tests, title } = asked({ flags: { calf: true } }, 'de');
  assert.deepEqual(
    { level, ended, tests, title },
    { level: 'see_someone_first', ended: true, tests: [], title: 'Lassen Sie es ansehen, bevor Sie üben' },
  );
  assert.equal(asked({}).missing.length, 10);
  assert.throws(() => asked({ regions: ['tail'] }), { code: 'invalid_argument' });
});
