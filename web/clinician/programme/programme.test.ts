// SPDX-License-Identifier: Apache-2.0
// What writing a programme reckons, without a browser: what has changed, two who changed it, another phase, searching.
// The engine reads and writes the resources (care/plan/programme_draft_test.cpp).

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadReprise } from 'reprise-engine';
import { asNow, draftOf, freshItem, isOtherSide, problemSide, recognized } from './draft.ts';
import { changesBetween, merge } from './changes.ts';
import { EVERYTHING, fitting, search } from './catalog.ts';
import { isAngle } from './measures.ts';
import { decisionOf, undecided } from './proposals.ts';
import { replaced } from './replaced.ts';
import { transactionOf } from './transaction.ts';
import { broughtBack, versionsOf } from './versions.ts';
import { begunWith, helpFor, isNext, placeOf, SECTIONS } from '../exercise/exercise_file.ts';
import { loginOf } from '../new_patient/register.ts';

const catalog = new URL('../../../catalog/', import.meta.url);
const text = (path) => readFileSync(new URL(path, catalog), 'utf8');
const files = new Map(
  readdirSync(new URL('exercises/', catalog))
    .map((name) => JSON.parse(text(`exercises/${name}`)))
    .map((file) => [file.id, file]),
);
const known: any = new Map([...files].map(([id, file]) => [id, { file, json: JSON.stringify(file), definition: {} }]));
const module = new URL('../../../build/wasm/module/reprise_engine.wasm', import.meta.url);
const reprise = await loadReprise({ wasm: readFileSync(module) });
const writing = {
  patient: 'robin',
  practitioner: 'kim',
  name: 'Robin',
  now: '2026-03-20T10:00:00+01:00',
  simulated: false,
};
const item = (key, id, change = {}): any => ({ ...freshItem(key, files.get(id), null), fresh: false, ...change });
const draft = (items, change = {}): any => ({
  title: 'Knee',
  note: '',
  start: '2026-03-02',
  affected: null,
  bearing: 'full',
  loadLimit: null,
  loadLimitUnread: false,
  limits: [],
  painStop: 5,
  painRise: 2,
  personalBests: true,
  template: null,
  items,
  ...change,
});

describe('programme', () => {
  it('a draft that was kept before exercises had a target for a muscle is as one without', () => {
    const { muscle: _, ...old } = item('a', 'squat');
    expect(asNow(draft([old, item('b', 'squat', { muscle: { share: 40 } })]))).toStrictEqual(
      draft([item('a', 'squat'), item('b', 'squat', { muscle: { share: 40 } })]),
    );
  });

  it('a draft that was kept before a leg had a limit of its load is as one without', () => {
    const { loadLimit: _, loadLimitUnread: __, ...old } = draft([]);
    expect(asNow(old)).toStrictEqual(draft([]));
    expect(changesBetween(asNow(old), draft([]))).toStrictEqual([]);
  });

  // Clinician finding 2
  it('no exercise gets a side without a choice', () => {
    const site = (code): any => ({ bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code }] }] });
    const [left, right] = [site('7771000'), site('24028007')];
    expect([[], [{}], [right], [right, {}], [left, right], [left, left]].map(problemSide)).toStrictEqual([
      null,
      null,
      'right',
      'right',
      null,
      'left',
    ]);
    for (const file of files.values()) {
      expect(freshItem('k', file, null).side, file.id).toBe(null);
      for (const side of ['left', 'right', 'both'] as const)
        expect(freshItem('k', file, side).side, `${file.id} ${side}`).toBe(
          file.sides.sided && (file.sides.choices ?? ['left', 'right']).includes(side) ? side : null,
        );
    }
    const begun = draftOf(reprise, { plan: undefined, requests: [] }, files, '2026-03-02', 'right');
    expect(begun.draft.affected).toBe('right');
    const [mine, other, both] = ['right', 'left', 'both'].map((side) => item('k', 'clamshell', { side }));
    expect([
      isOtherSide(mine, 'right'),
      isOtherSide(other, 'right'),
      isOtherSide(both, 'right'),
      isOtherSide(other, null),
      isOtherSide(other, 'both'),
    ]).toStrictEqual([false, true, false, false, false]);
  });

  it('a transaction takes the message and the decisions along', () => {
    const items = [{ ...item('11111111-0000-4000-8000-000000000000', 'wall_sit'), fresh: true }];
    const ids = { plan: '99999999-0000-4000-8000-000000000000', message: '88888888-0000-4000-8000-000000000000' };
    const empty = { plan: undefined, requests: [] };
    const decision = { task: { resourceType: 'Task' }, accepted: true, request: 'a' };
    const entries = (message, decisions, simulated, reason = '') =>
      JSON.parse(
        transactionOf(
          reprise,
          { base: empty, draft: draft(items), files, message, reason, decisions, ids },
          { ...writing, simulated },
        ),
      ).entry;
    const all = entries('Changed.', [decision], true);
    expect(all.map(({ request: { url } }) => url)).toStrictEqual([
      'ServiceRequest',
      'CarePlan',
      'Task',
      'Communication',
    ]);
    // Clinician finding 3: it tells the patient, and answers nothing.
    expect(all.at(-1).resource.category.flatMap(({ coding }) => coding.map(({ code }) => code))).toStrictEqual([
      'message',
      'notice',
    ]);
    expect(all.every(({ resource }) => resource.meta.tag[0].code === 'simulated')).toBe(true);
    const texts = (reason) => entries('Changed.', [], true, reason).at(-1).resource.payload;
    expect(texts(' ')).toStrictEqual([{ contentString: 'Changed.' }]);
    expect(texts('Your knee bends well.').at(1)).toStrictEqual({ contentString: 'Your knee bends well.' });
    expect(entries(' ', [], false).map(({ request: { url } }) => url)).toStrictEqual(['ServiceRequest', 'CarePlan']);
  });

  it('a sent exercise whose response was lost is not added twice', () => {
    const key = '11111111-0000-4000-8000-000000000000';
    const made = { ...item(key, 'wall_sit'), fresh: true };
    const sent = { plan: '99999999-0000-4000-8000-000000000000', message: '' };
    const empty = { plan: undefined, requests: [] };
    const {
      entry: [{ resource }],
    } = JSON.parse(
      transactionOf(
        reprise,
        { base: empty, draft: draft([made]), files, message: '', reason: '', decisions: [], ids: sent },
        writing,
      ),
    );
    const base: any = {
      plan: { resourceType: 'CarePlan', activity: [{ reference: { reference: 'ServiceRequest/17' } }] },
      requests: [{ ...resource, id: '17' }],
    };
    const theirs = draftOf(reprise, base, files, '2026-03-02');
    const [known] = recognized([made], theirs.sent);
    expect([known.key, known.fresh]).toStrictEqual(['17', false]);
    expect(merge(draft([]), draft([known]), theirs.draft).draft.items).toStrictEqual([known]);
    expect(recognized([item('a', 'squat')], theirs.sent)).toStrictEqual([item('a', 'squat')]);
  });

  it('changes are told one by one', () => {
    const before = draft([item('a', 'squat'), item('b', 'bridge'), item('c', 'heel_raise')]);
    const after = draft(
      [item('c', 'heel_raise'), item('a', 'squat', { sets: 5, ceiling: 60 }), item('d', 'wall_sit')],
      {
        bearing: 'none',
      },
    );
    expect(
      changesBetween(before, after).map(({ what, item: of, details }: any) => [
        what,
        of?.key,
        details?.map(({ field }) => field),
      ]),
    ).toStrictEqual([
      ['plan', undefined, ['bearing']],
      ['changed', 'a', ['sets', 'ceiling']],
      ['added', 'd', undefined],
      ['removed', 'b', undefined],
      ['order', undefined, undefined],
    ]);
    expect(changesBetween(before, before)).toStrictEqual([]);
  });

  it('the changes of two clinicians do not overwrite each other', () => {
    const base = draft([item('a', 'squat'), item('b', 'bridge'), item('c', 'heel_raise')]);
    const mine = draft([item('a', 'squat', { sets: 1 }), item('b', 'bridge'), item('m', 'wall_sit')], {
      title: 'Mine',
    });
    const theirs = draft(
      [item('a', 'squat'), item('b', 'bridge', { sets: 2 }), item('c', 'heel_raise'), item('t', 'clamshell')],
      { bearing: 'none' },
    );
    const { draft: joint, both } = merge(base, mine, theirs);
    expect(joint.items.map(({ key, sets }) => [key, sets])).toStrictEqual([
      ['a', 1],
      ['b', 2],
      ['t', item('t', 'clamshell').sets],
      ['m', item('m', 'wall_sit').sets],
    ]);
    expect([joint.title, joint.bearing, both]).toStrictEqual(['Mine', 'none', []]);
    // Both the same thing: mine stands, and it is said; what one removed and the other changed stays.
    const clash = merge(
      base,
      draft([item('a', 'squat', { sets: 1 }), item('b', 'bridge')], { title: 'Mine' }),
      draft([item('a', 'squat', { sets: 4 }), item('b', 'bridge'), item('c', 'heel_raise', { days: 1 })], {
        title: 'Theirs',
      }),
    );
    expect(clash.draft.items.map(({ key, sets, days }) => [key, key === 'c' ? days : sets])).toStrictEqual([
      ['a', 1],
      ['b', item('b', 'bridge').sets],
      ['c', 1],
    ]);
    expect(clash.both.map(({ what, item: of }: any) => [what, of?.key])).toStrictEqual([
      ['plan', undefined],
      ['changed', 'a'],
      ['removed', 'c'],
    ]);
    expect(merge(base, base, theirs)).toStrictEqual({ draft: theirs, both: [] });
    expect(merge(base, mine, base).draft).toStrictEqual(mine);
  });

  it('another phase never loosens a ceiling', () => {
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
    expect(
      next.items.map(({ key, sets, ceiling, instruction, helper }) => [key, sets, ceiling, instruction, helper]),
    ).toStrictEqual([
      ['a', 1, 90, 'Slowly.', true],
      ['o', item('o', 'squat').sets, null, '', false],
    ]);
    expect(next.limits).toStrictEqual([{ measure: 'knee_flexion', side: 'left', min: 30, max: null }]);
    expect(replaced(next, [], known).limits.length).toStrictEqual(2);
  });

  it('the catalog is searched by words, region, equipment, position and what it is used for', () => {
    const all: any = [...known.values()];
    const ids = (wanted, language: any = 'en') =>
      search(all, { ...EVERYTHING, ...wanted }, language, new Map([['t', new Set(['squat', 'bridge'])]])).map(
        ({ file }) => file.id,
      );
    expect(ids({}).length).toBe(files.size);
    expect(ids({ words: 'squat' })[0], 'a name that is just the words comes first').toBe('squat');
    expect(ids({ words: 'thruster' }), 'by another name').toStrictEqual(['squat_and_press']);
    expect(ids({ words: 'wadenheben' }, 'de').includes('heel_raise'), 'by another German name').toBe(true);
    expect(ids({ words: 'KNIEBEUGE' }, 'de')[0]).toBe('squat');
    expect(ids({ template: 't' }).sort()).toStrictEqual(['bridge', 'squat']);
    expect(
      ids({ region: 'neck' }).every((id) => files.get(id).regions.includes('neck')) &&
        ids({ region: 'neck' }).length > 0,
    ).toBe(true);
    expect(ids({ equipment: 'none' }).every((id) => files.get(id).equipment.every(({ required }) => !required))).toBe(
      true,
    );
    expect(ids({ position: 'lying_on_back', region: 'knee' }).includes('heel_slide')).toBe(true);
    expect(ids({ words: 'no such words' })).toStrictEqual([]);
    const templates: any = ['knee-osteoarthritis', 'neck-pain'].map((id) => ({
      file: JSON.parse(text(`protocols/${id}.json`)),
    }));
    expect(
      fitting(templates, [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.2' }]).map(({ template, fits }) => [
        template.file.id,
        fits,
      ]),
    ).toStrictEqual([
      ['neck-pain', true],
      ['knee-osteoarthritis', false],
    ]);
    expect(
      fitting(templates, [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M17.11' }])[0].template.file.id,
    ).toBe('knee-osteoarthritis');
  });

  it('a measure that is no angle is recognized', () => {
    for (const file of files.values())
      expect(isAngle(file.primary.measure), file.id).toBe(
        Math.abs(file.range.target) > 3 || Math.abs(file.range.rest) > 3,
      );
  });

  it('a decision about a proposal holds until something new was done', () => {
    const proposal: any = {
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
    const { task }: any = decisionOf(proposal, false, { patient: 'p', practitioner: 'k', now: 'now' });
    expect([task.status, task.focus.reference]).toStrictEqual(['rejected', 'ServiceRequest/r']);
    expect(undecided([proposal] as any, [task])).toStrictEqual([]);
    const later = { ...proposal, days: [...proposal.days, { evidence: ['Observation/4'] }] };
    expect(undecided([later] as any, [task])).toStrictEqual([later]);
    expect(undecided([{ ...proposal, request: 'other' }] as any, [task]).length).toStrictEqual(1);
  });

  it('versions tell what stood when, and come back as new prescriptions', () => {
    const plan = (version, at, ids): any => ({
      resourceType: 'CarePlan',
      id: 'p',
      meta: { versionId: version, lastUpdated: at },
      author: { reference: `Practitioner/k${version}` },
      activity: ids.map((id) => ({ reference: { reference: `ServiceRequest/${id}` } })),
    });
    const request = (id, exercise, version, at, sets, status = 'active'): any => ({
      resourceType: 'ServiceRequest',
      id,
      status,
      instantiatesCanonical: [`urn:reprise:exercise:${exercise}|1`],
      extension: [{ url: 'urn:reprise:dosage', extension: [{ url: 'sets', valuePositiveInt: sets }] }],
      meta: { versionId: version, lastUpdated: at },
    });
    const [first, second, third] = ['2026-03-01T10:00:00Z', '2026-03-05T10:00:00Z', '2026-03-09T10:00:00Z'];
    const versions = versionsOf(
      reprise,
      [plan('2', second, ['a', 'b']), plan('1', first, ['a', 'b']), plan('3', third, ['a'])],
      [
        request('a', 'squat', '1', first, 3),
        request('a', 'squat', '2', second, 7),
        request('b', 'bridge', '1', first, 2),
        request('b', 'bridge', '2', third, 2, 'revoked'),
      ],
      files,
    );
    expect(versions.map(({ at, author, changes }) => [at, author, changes.map(({ what }) => what)])).toStrictEqual([
      [third, 'k3', ['removed']],
      [second, 'k2', ['changed']],
      [first, 'k1', []],
    ]);
    let ids = 0;
    const back = broughtBack(versions[1].draft, versions[0].draft, () => `new-${++ids}`);
    expect(back.items.map(({ key, sets, fresh }) => [key, sets, fresh])).toStrictEqual([
      ['a', 7, false],
      ['new-1', 2, true],
    ]);
  });

  it('a copied exercise is not reviewed, and the schema explains every section', () => {
    const versions = [{ id: 'squat', version: 3 }];
    const begun = begunWith({ ...files.get('squat'), review: { status: 'clinically_reviewed', by: 'Kim' } }, versions);
    expect([begun.version, begun.review]).toStrictEqual([4, { status: 'not_clinically_reviewed' }]);
    expect(
      isNext(begun, versions) &&
        !isNext({ ...begun, version: 3 }, versions) &&
        isNext({ id: 'my_squat', version: 1 }, versions),
    ).toBe(true);
    expect(SECTIONS.length > 20 && SECTIONS.every(({ help }) => help.length > 5), 'every section is explained').toBe(
      true,
    );
    expect(helpFor('/range/rest')).toMatch(/\w{4}/);
    expect(helpFor('/nothing/of/the/kind')).toBe('');
    const written = '{\n "range": {\n  "rest": 1\n },\n "tempo": {"rest": 2}\n}';
    expect(placeOf(written, '/tempo/rest')).toBe(written.lastIndexOf('"rest"'));
  });

  it('a login is proposed that can be typed anywhere', () => {
    expect(loginOf('Zoë', 'Müller-Groß')).toBe('zoe.mullergross');
    expect(loginOf('', 'Li')).toBe('li');
  });
});
