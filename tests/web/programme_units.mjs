// What writing a programme reckons, without a browser: out of FHIR and back, what has changed, two who changed it,
// another phase, searching.
//
//   node --test tests/web/programme_units.mjs

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { draftOf, freshItem, isOtherSide, itemOf, planOf, problemSide, recognized, requestOf } =
  await load('clinician/programme/draft.ts');
const { changesBetween, merge } = await load('clinician/programme/changes.ts');
const { EVERYTHING, fitting, search } = await load('clinician/programme/catalog.ts');
const { isAngle } = await load('clinician/programme/measures.ts');
const { decisionOf, undecided } = await load('clinician/programme/proposals.ts');
const { replaced } = await load('clinician/programme/replaced.ts');
const { transactionOf } = await load('clinician/programme/transaction.ts');
const { broughtBack, versionsOf } = await load('clinician/programme/versions.ts');
const { begunWith, helpFor, isNext, placeOf, SECTIONS } = await load('clinician/exercise/exercise_file.ts');
const { loginOf } = await load('clinician/new_patient/register.ts');

const catalog = new URL('../../catalog/', import.meta.url);
const text = (path) => readFileSync(new URL(path, catalog), 'utf8');
const files = new Map(
  readdirSync(new URL('exercises/', catalog))
    .map((name) => JSON.parse(text(`exercises/${name}`)))
    .map((file) => [file.id, file]),
);
const known = new Map([...files].map(([id, file]) => [id, { file, json: JSON.stringify(file), definition: {} }]));
const writing = {
  patient: 'robin',
  practitioner: 'kim',
  name: 'Robin',
  now: '2026-03-20T10:00:00+01:00',
  simulated: false,
};
const item = (key, id, change = {}) => ({ ...freshItem(key, files.get(id), null), fresh: false, ...change });
const draft = (items, change = {}) => ({
  title: 'Knee',
  note: '',
  start: '2026-03-02',
  affected: null,
  bearing: 'full',
  limits: [],
  painStop: 5,
  painRise: 2,
  personalBests: true,
  template: null,
  items,
  ...change,
});

test('every part of an item outlasts the way into FHIR and back', () => {
  const plain = item('a', 'squat');
  const all = item('b', 'heel_slide', {
    side: 'left',
    sets: 4,
    repetitions: 7,
    rest: 90,
    days: 2,
    load: 2.5,
    ceiling: 90,
    target: 70,
    camera: false,
    helper: true,
    support: 'On the bed.',
    instruction: 'Slowly.',
  });
  const hold = item('c', 'wall_sit', { hold: 25 });
  const ratio = item('d', 'heel_raise', { target: 0.1 });
  for (const one of [plain, all, hold, ratio]) {
    const request = { ...requestOf(one, undefined, files.get(one.exercise), writing, isAngle), id: one.key };
    assert.deepEqual(itemOf(request, files.get(one.exercise)), one);
    assert.equal(request.requester.reference, 'Practitioner/kim');
  }
  assert.equal(
    requestOf(ratio, undefined, files.get('heel_raise'), writing, isAngle).extension.find(({ url }) =>
      url.endsWith('target'),
    ).extension[1].valueQuantity.code,
    '1',
  );
});

// Clinician finding 2
test('no exercise gets a side that nobody has chosen', () => {
  const site = (code) => ({ bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code }] }] });
  const [left, right] = [site('7771000'), site('24028007')];
  assert.deepEqual([[], [{}], [right], [right, {}], [left, right], [left, left]].map(problemSide), [
    null,
    null,
    'right',
    'right',
    null,
    'left',
  ]);
  for (const file of files.values()) {
    assert.equal(freshItem('k', file, null).side, null, file.id);
    for (const side of ['left', 'right', 'both'])
      assert.equal(
        freshItem('k', file, side).side,
        file.sides.sided && (file.sides.choices ?? ['left', 'right']).includes(side) ? side : null,
        `${file.id} ${side}`,
      );
  }
  assert.equal(draftOf({ plan: undefined, requests: [] }, files, '2026-03-02', 'right').affected, 'right');
  const [mine, other, both] = ['right', 'left', 'both'].map((side) => item('k', 'clamshell', { side }));
  assert.deepEqual(
    [
      isOtherSide(mine, 'right'),
      isOtherSide(other, 'right'),
      isOtherSide(both, 'right'),
      isOtherSide(other, null),
      isOtherSide(other, 'both'),
    ],
    [false, true, false, false, false],
  );
});

test('what the page does not know of a resource stays', () => {
  const strange = { url: 'https://example.org/other', valueString: 'kept' };
  const before = {
    resourceType: 'ServiceRequest',
    id: 'a',
    meta: { versionId: '3' },
    status: 'active',
    intent: 'order',
    extension: [strange, { url: 'urn:reprise:camera', valueBoolean: false }],
    instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
    subject: { reference: 'Patient/robin' },
    occurrenceTiming: { repeat: { dayOfWeek: ['mon', 'thu'] } },
    priority: 'routine',
  };
  const was = itemOf(before, files.get('squat'));
  assert.deepEqual([was.days, was.camera], [2, false]);
  const after = requestOf({ ...was, sets: 1, camera: true }, before, files.get('squat'), writing, isAngle);
  assert.deepEqual(after.extension[0], strange);
  assert.ok(!after.extension.some(({ url }) => url === 'urn:reprise:camera'));
  assert.deepEqual([after.priority, after.occurrenceTiming], ['routine', before.occurrenceTiming]);
  const question = { detail: { status: 'scheduled' } };
  const plan = {
    resourceType: 'CarePlan',
    id: 'p',
    extension: [strange],
    activity: [
      question,
      { reference: { reference: 'ServiceRequest/a' } },
      { reference: { reference: 'ServiceRequest/another-kind' } },
    ],
  };
  const base = { plan, requests: [before] };
  const next = planOf(draftOf(base, files, '2026-03-02'), base, ['urn:uuid:new', 'ServiceRequest/a'], writing, isAngle);
  assert.deepEqual(
    next.activity.map((one) => one.reference?.reference ?? 'question'),
    ['urn:uuid:new', 'ServiceRequest/a', 'question', 'ServiceRequest/another-kind'],
  );
  assert.deepEqual(next.extension[0], strange);
});

test('restrictions outlast the way, too', () => {
  const limits = [
    { measure: 'knee_flexion', side: 'left', min: null, max: 90 },
    { measure: 'hip_flexion', side: null, min: -10, max: 80 },
  ];
  const one = draft([], {
    affected: 'left',
    bearing: 'partial',
    limits,
    painStop: 3,
    painRise: 1,
    personalBests: false,
    template: { canonical: 'urn:reprise:protocol:x|1', phase: 'early' },
    note: 'Rest well.',
  });
  const plan = planOf(one, { plan: undefined, requests: [] }, [], writing, isAngle);
  assert.deepEqual(draftOf({ plan, requests: [] }, files, ''), one);
});

test('only what changed is written, what goes is revoked, and nothing over somebody else', () => {
  const request = (one, version) => ({
    ...requestOf(one, undefined, files.get(one.exercise), writing, isAngle),
    id: one.key,
    meta: { versionId: version },
  });
  const [a, b, c] = [item('a', 'squat'), item('b', 'bridge'), item('c', 'heel_raise')];
  const base = {
    plan: {
      resourceType: 'CarePlan',
      id: 'p',
      meta: { versionId: '5' },
      activity: ['a', 'b', 'c'].map((id) => ({ reference: { reference: `ServiceRequest/${id}` } })),
    },
    requests: [request(a, '1'), request(b, '2'), request(c, '3')],
  };
  const before = draftOf(base, files, '');
  const next = {
    ...before,
    items: [
      before.items[0],
      { ...before.items[1], sets: 9 },
      { ...item('11111111-0000-4000-8000-000000000000', 'wall_sit'), fresh: true },
    ],
  };
  const { entry } = JSON.parse(
    transactionOf(
      {
        base,
        before,
        draft: next,
        files,
        isAngle,
        message: 'Changed.',
        decisions: [],
        ids: { plan: 'x', message: 'm' },
      },
      { ...writing, simulated: true },
    ),
  );
  assert.deepEqual(
    entry.map(({ request: { method, url, ifMatch } }) => [method, url, ifMatch]),
    [
      ['PUT', 'ServiceRequest/b', 'W/"2"'],
      ['POST', 'ServiceRequest', undefined],
      ['PUT', 'ServiceRequest/c', 'W/"3"'],
      ['PUT', 'CarePlan/p', 'W/"5"'],
      ['POST', 'Communication', undefined],
    ],
  );
  // Clinician finding 3: it tells the patient, and answers nothing.
  assert.deepEqual(
    entry.at(-1).resource.category.flatMap(({ coding }) => coding.map(({ code }) => code)),
    ['message', 'notice'],
  );
  assert.equal(entry[2].resource.status, 'revoked');
  assert.equal(entry[1].resource.meta.tag[0].code, 'simulated');
  assert.equal(entry[3].resource.activity[2].reference.reference, entry[1].fullUrl);
  const fresh = JSON.parse(
    transactionOf(
      {
        base: { plan: undefined, requests: [] },
        before: draft([]),
        draft: draft([next.items[2]]),
        files,
        isAngle,
        message: '',
        decisions: [],
        ids: { plan: 'x', message: 'm' },
      },
      writing,
    ),
  ).entry;
  assert.deepEqual(
    fresh.map(({ request: { url } }) => url),
    ['ServiceRequest', 'CarePlan'],
  );
  assert.match(fresh[1].request.ifNoneExist, /programme\|x/);
});

test('what was sent, though nobody heard so, is no second one', () => {
  const made = { ...item('11111111-0000-4000-8000-000000000000', 'wall_sit'), fresh: true };
  const {
    entry: [{ resource }],
  } = JSON.parse(
    transactionOf(
      {
        base: { plan: undefined, requests: [] },
        before: draft([]),
        draft: draft([made]),
        files,
        isAngle,
        message: '',
        decisions: [],
        ids: { plan: 'x', message: 'm' },
      },
      writing,
    ),
  );
  const base = {
    plan: { resourceType: 'CarePlan', activity: [{ reference: { reference: 'ServiceRequest/17' } }] },
    requests: [{ ...resource, id: '17' }],
  };
  const [known] = recognized([made], base);
  assert.deepEqual([known.key, known.fresh], ['17', false]);
  const theirs = draftOf(base, files, '2026-03-02');
  assert.deepEqual(merge(draft([]), draft([known]), theirs).draft.items, [{ ...known }]);
  assert.deepEqual(recognized([item('a', 'squat')], base), [item('a', 'squat')]);
});

test('changes are told one by one', () => {
  const before = draft([item('a', 'squat'), item('b', 'bridge'), item('c', 'heel_raise')]);
  const after = draft([item('c', 'heel_raise'), item('a', 'squat', { sets: 5, ceiling: 60 }), item('d', 'wall_sit')], {
    bearing: 'none',
  });
  assert.deepEqual(
    changesBetween(before, after).map(({ what, item: of, details }) => [
      what,
      of?.key,
      details?.map(({ field }) => field),
    ]),
    [
      ['plan', undefined, ['bearing']],
      ['changed', 'a', ['sets', 'ceiling']],
      ['added', 'd', undefined],
      ['removed', 'b', undefined],
      ['order', undefined, undefined],
    ],
  );
  assert.deepEqual(changesBetween(before, before), []);
});

test('of two clinicians nobody writes over the other', () => {
  const base = draft([item('a', 'squat'), item('b', 'bridge'), item('c', 'heel_raise')]);
  const mine = draft([item('a', 'squat', { sets: 1 }), item('b', 'bridge'), item('m', 'wall_sit')], { title: 'Mine' });
  const theirs = draft(
    [item('a', 'squat'), item('b', 'bridge', { sets: 2 }), item('c', 'heel_raise'), item('t', 'clamshell')],
    { bearing: 'none' },
  );
  const { draft: joint, both } = merge(base, mine, theirs);
  assert.deepEqual(
    joint.items.map(({ key, sets }) => [key, sets]),
    [
      ['a', 1],
      ['b', 2],
      ['t', item('t', 'clamshell').sets],
      ['m', item('m', 'wall_sit').sets],
    ],
  );
  assert.deepEqual([joint.title, joint.bearing, both], ['Mine', 'none', []]);
  // Both the same thing: mine stands, and it is said; what one removed and the other changed stays.
  const clash = merge(
    base,
    draft([item('a', 'squat', { sets: 1 }), item('b', 'bridge')], { title: 'Mine' }),
    draft([item('a', 'squat', { sets: 4 }), item('b', 'bridge'), item('c', 'heel_raise', { days: 1 })], {
      title: 'Theirs',
    }),
  );
  assert.deepEqual(
    clash.draft.items.map(({ key, sets, days }) => [key, key === 'c' ? days : sets]),
    [
      ['a', 1],
      ['b', item('b', 'bridge').sets],
      ['c', 1],
    ],
  );
  assert.deepEqual(
    clash.both.map(({ what, item: of }) => [what, of?.key]),
    [
      ['plan', undefined],
      ['changed', 'a'],
      ['removed', 'c'],
    ],
  );
  assert.deepEqual(merge(base, base, theirs), { draft: theirs, both: [] });
  assert.deepEqual(merge(base, mine, base).draft, mine);
});

test('another phase never loosens a ceiling', () => {
  const before = draft([
    item('a', 'heel_slide', { side: 'left', ceiling: 90, instruction: 'Slowly.', helper: true }),
    item('b', 'seated_knee_extension', { side: 'left', ceiling: 30 }),
  ]);
  const next = replaced(
    before,
    [
      item('n', 'heel_slide', { side: 'left', sets: 1, ceiling: 110, fresh: true }),
      item('o', 'squat', { fresh: true }),
    ],
    known,
  );
  assert.deepEqual(
    next.items.map(({ key, sets, ceiling, instruction, helper }) => [key, sets, ceiling, instruction, helper]),
    [
      ['a', 1, 90, 'Slowly.', true],
      ['o', item('o', 'squat').sets, null, '', false],
    ],
  );
  assert.deepEqual(next.limits, [{ measure: 'knee_flexion', side: 'left', min: 30, max: null }]);
  assert.deepEqual(replaced(next, [], known).limits.length, 2);
});

test('the catalog is searched by words, region, equipment, position and what it is used for', () => {
  const all = [...known.values()];
  const ids = (wanted, language = 'en') =>
    search(all, { ...EVERYTHING, ...wanted }, language, new Map([['t', new Set(['squat', 'bridge'])]])).map(
      ({ file }) => file.id,
    );
  assert.equal(ids({}).length, files.size);
  assert.equal(ids({ words: 'squat' })[0], 'squat', 'what has it in its name comes first');
  assert.equal(ids({ words: 'KNIEBEUGE' }, 'de')[0], 'squat');
  assert.deepEqual(ids({ template: 't' }).sort(), ['bridge', 'squat']);
  assert.ok(
    ids({ region: 'neck' }).every((id) => files.get(id).regions.includes('neck')) && ids({ region: 'neck' }).length > 0,
  );
  assert.ok(ids({ equipment: 'none' }).every((id) => files.get(id).equipment.every(({ required }) => !required)));
  assert.ok(ids({ position: 'lying_on_back', region: 'knee' }).includes('heel_slide'));
  assert.deepEqual(ids({ words: 'no such words' }), []);
  const templates = ['knee-osteoarthritis', 'neck-pain'].map((id) => ({
    file: JSON.parse(text(`protocols/${id}.json`)),
  }));
  assert.deepEqual(
    fitting(templates, [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.2' }]).map(({ template, fits }) => [
      template.file.id,
      fits,
    ]),
    [
      ['neck-pain', true],
      ['knee-osteoarthritis', false],
    ],
  );
  assert.equal(
    fitting(templates, [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M17.11' }])[0].template.file.id,
    'knee-osteoarthritis',
  );
});

test('what is no angle is known', () => {
  for (const file of files.values())
    assert.equal(
      isAngle(file.primary.measure),
      Math.abs(file.range.target) > 3 || Math.abs(file.range.rest) > 3,
      file.id,
    );
});

test('a decision about a proposal holds until something new was done', () => {
  const proposal = {
    request: 'r',
    change: 'raise',
    reasons: ['all_done'],
    rules: 1,
    days: [{ evidence: ['Observation/1'] }, { evidence: ['Observation/2', 'Observation/3'] }],
    instead: [],
    sets: 2,
    repetitions: 12,
    hold_s: null,
  };
  const { task } = decisionOf(proposal, false, { patient: 'p', practitioner: 'k', now: 'now' });
  assert.deepEqual([task.status, task.focus.reference], ['rejected', 'ServiceRequest/r']);
  assert.deepEqual(undecided([proposal], [task]), []);
  const later = { ...proposal, days: [...proposal.days, { evidence: ['Observation/4'] }] };
  assert.deepEqual(undecided([later], [task]), [later]);
  assert.deepEqual(undecided([{ ...proposal, request: 'other' }], [task]).length, 1);
});

test('versions tell what stood when, and come back as new prescriptions', () => {
  const plan = (version, at, ids) => ({
    resourceType: 'CarePlan',
    id: 'p',
    meta: { versionId: version, lastUpdated: at },
    author: { reference: `Practitioner/k${version}` },
    activity: ids.map((id) => ({ reference: { reference: `ServiceRequest/${id}` } })),
  });
  const request = (id, exercise, version, at, change = {}, status = 'active') => ({
    ...requestOf(item(id, exercise, change), undefined, files.get(exercise), writing, isAngle),
    id,
    status,
    meta: { versionId: version, lastUpdated: at },
  });
  const [first, second, third] = ['2026-03-01T10:00:00Z', '2026-03-05T10:00:00Z', '2026-03-09T10:00:00Z'];
  const versions = versionsOf(
    [plan('2', second, ['a', 'b']), plan('1', first, ['a', 'b']), plan('3', third, ['a'])],
    [
      request('a', 'squat', '1', first),
      request('a', 'squat', '2', second, { sets: 7 }),
      request('b', 'bridge', '1', first),
      request('b', 'bridge', '2', third, {}, 'revoked'),
    ],
    files,
  );
  assert.deepEqual(
    versions.map(({ at, author, changes }) => [at, author, changes.map(({ what }) => what)]),
    [
      [third, 'k3', ['removed']],
      [second, 'k2', ['changed']],
      [first, 'k1', []],
    ],
  );
  let ids = 0;
  const back = broughtBack(versions[1].draft, versions[0].draft, () => `new-${++ids}`);
  assert.deepEqual(
    back.items.map(({ key, sets, fresh }) => [key, sets, fresh]),
    [
      ['a', 7, false],
      ['new-1', item('b', 'bridge').sets, true],
    ],
  );
});

test("an exercise that is begun from another is nobody's reviewed one, and the schema helps", () => {
  const versions = [{ id: 'squat', version: 3 }];
  const begun = begunWith(
    { ...files.get('squat'), review: { status: 'clinically_reviewed', by: 'somebody' } },
    versions,
  );
  assert.deepEqual([begun.version, begun.review], [4, { status: 'not_clinically_reviewed' }]);
  assert.ok(
    isNext(begun, versions) &&
      !isNext({ ...begun, version: 3 }, versions) &&
      isNext({ id: 'my_squat', version: 1 }, versions),
  );
  assert.ok(SECTIONS.length > 20 && SECTIONS.every(({ help }) => help.length > 5), 'every section is explained');
  assert.match(helpFor('/range/rest'), /\w{4}/);
  assert.equal(helpFor('/nothing/of/the/kind'), '');
  const written = '{\n "range": {\n  "rest": 1\n },\n "tempo": {"rest": 2}\n}';
  assert.equal(placeOf(written, '/tempo/rest'), written.lastIndexOf('"rest"'));
});

test('a login is proposed that can be typed anywhere', () => {
  assert.equal(loginOf('Zoë', 'Müller-Groß'), 'zoe.mullergross');
  assert.equal(loginOf('', 'Li'), 'li');
});
