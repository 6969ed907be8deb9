// SPDX-License-Identifier: Apache-2.0
// Notes: typed text comes back unchanged, inserted text stays linked as long as it is there, and no words are lost.
// Questionnaires that are asked for: the state of each.

import { describe, expect, it } from 'vitest';
import {
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
  evidenceStanding,
  textOf,
  threadsOf,
  withWords,
  wordsOf,
} from './note.ts';
import { observationsOf, valuesBefore, valuesSince } from './values.ts';
import { seriesOf } from '../../clinical/chart/series.ts';
import { askedOrders, offered } from '../orders/orders.ts';
import { dayAfter } from '../../fhir/wall_time.ts';
import { measurementOf, measurementsOf } from '../orders/measurements.ts';
import { assessmentsIn, withoutDone } from '../../fhir/assessments.ts';
import { placeIn, addressOf } from '../../clinical/chart/address.ts';

const about = {
  id: 'n',
  patient: 'p',
  author: 'kim',
  authorName: 'Kim',
  date: '2026-03-02T10:00:00+01:00',
  simulated: true,
};
const words = (parts, more = {}): any => ({ title: 'Visit', parts, evidence: [], ...more });

describe('notes', () => {
  it('typed text comes back letter by letter, whatever it is', () => {
    for (const text of [
      'a < b & c > "d" \'e\'',
      'one\ntwo\n\nthree',
      '<script>alert(1)</script>',
      '&amp; &lt; &#65;',
      '3/10\t95° ± 4°',
      'Größe, año, 膝, 👩‍🔬',
    ])
      expect(textOf(divOf(text))).toBe(text);
    expect(divOf('<b>x</b>\u0000\u0007')).not.toMatch(/<b>|[\u0000\u0007]/u);
    expect(textOf(divOf('half \ud83d of it'))).toBe('half \ufffd of it');
    expect(
      textOf('<div><h3>A</h3><ul><li>b</li><li>c&nbsp;d &#x41;&#66;&unknown;</li></ul><!-- not -- this --></div>'),
    ).toBe('A\n\nb\nc\u00A0d AB&unknown;');
    expect(textOf(undefined)).toBe('');
    expect(textOf('<div>&#99999999;&#xD7;</div>')).toBe('\ufffd×');
  });

  it('a note keeps its four parts by code, leaves out the empty ones, and is read back as it was', () => {
    const typed = words({ subjective: 'Better.', plan: 'Go on.\nSlowly.', objective: '  ' });
    const note = withWords(newNote(about), typed);
    expect(note.section.map(({ code }) => code.coding[0].code)).toStrictEqual(['61150-9', '18776-5']);
    expect([note.status, note.title, note.author[0].reference, note.meta.tag[0].code]).toStrictEqual([
      'preliminary',
      'Visit',
      'Practitioner/kim',
      'simulated',
    ]);
    expect(same(wordsOf(note), typed)).toBe(true);
    expect(!same(wordsOf(note), words({ subjective: 'Better' }))).toBe(true);
    expect(withWords(newNote({ ...about, simulated: false }), words({})).section).toBe(undefined);
    expect(newNote({ ...about, simulated: false }).meta).toBe(undefined);
    // As the simulated clinic wrote them, by titles.
    expect(
      wordsOf({ ...note, section: [{ title: 'Plan', text: { div: '<div><p>x</p></div>' } }] } as any).parts.plan,
    ).toBe('x');
    // What the editor could not give back is not edited.
    for (const section of [
      [{ title: 'History' }],
      [note.section[0], note.section[0]],
      [{ title: 'Plan', code: { coding: [{ system: 'http://loinc.org', code: '10164-2' }] } }],
    ]) {
      expect(wordsOf({ ...note, section })).toBe(undefined);
      expect(sectionsOf({ ...note, section }).length).toBe(section.length);
    }
  });

  it('an addendum has one part and names the note', () => {
    const note = withWords(
      newNote({ ...about, id: 'm', appends: 'n' }),
      words({ addendum: 'Left, not right.', plan: 'lost?' }),
    );
    expect([appendsTo(note), note.section.length, wordsOf(note).parts]).toStrictEqual([
      'n',
      1,
      { addendum: 'Left, not right.' },
    ]);
    expect(withWords(newNote({ ...about, appends: 'n' }), words({ addendum: 'x' }, { title: '' })).title).toBe(
      'Addendum',
    );
  });

  // Clinician finding 32
  it('notes of one title are told apart by their kind and their first words', () => {
    const note = withWords(
      newNote(about),
      words({ objective: `Knee:\n\n${'walks well '.repeat(30)}`, plan: 'Go on.' }),
    );
    expect(excerptOf(note)).toMatch(/^Knee: walks well .*walks?( well)?…$/);
    expect(excerptOf(note).length <= 161, excerptOf(note)).toBe(true);
    expect([
      kindOf(note),
      kindOf({ type: { coding: [{ code: 'x', display: 'Discharge summary' }] } } as any),
      kindOf({} as any),
      excerptOf({} as any),
    ]).toStrictEqual(['Progress note', 'Discharge summary', undefined, '']);
  });

  it('evidence stays as long as its words stand there as they were inserted', () => {
    const value = { reference: 'Observation/1', words: 'Squat: 95° ± 4°' };
    const typed = words({ objective: 'Today\nSquat: 95° ± 4°\n', plan: 'x' }, { evidence: [value, value] });
    expect(evidenceStanding(typed, 'objective').length).toBe(1);
    expect(evidenceStanding(typed, 'plan').length).toBe(0);
    const note = withWords(newNote(about), typed);
    expect(note.section[0].entry).toStrictEqual([{ reference: 'Observation/1', display: 'Squat: 95° ± 4°' }]);
    expect(wordsOf(note).evidence).toStrictEqual([value]);
    // Typed over: no longer the measured value.
    const changed = { ...typed, parts: { objective: 'Squat: 99° ± 4°' } };
    expect(withWords(newNote(about), changed).section[0].entry).toBe(undefined);
    expect(loosened(changed).length).toBe(2);
    expect(loosened(typed).length).toBe(0);
  });

  it('of two texts both are kept where they differ', () => {
    const both = joinedWords(
      words({ subjective: 'Mine.', plan: 'Go on.' }),
      words({ subjective: 'Theirs.', plan: 'Go on. And more.', objective: 'Only theirs.' }),
    );
    expect(both.parts).toStrictEqual({
      subjective: 'Mine.\n\nTheirs.',
      objective: 'Only theirs.',
      plan: 'Go on. And more.',
    });
  });

  it('drafts come first, then the newest; an addendum stands under its note, also a draft', () => {
    const at = (id, date, more = {}): any => ({ ...newNote({ ...about, id, date }), status: 'final', ...more });
    const to = (id): any => ({ relatesTo: [{ code: 'appends', targetReference: { reference: `Composition/${id}` } }] });
    const threads = threadsOf([
      at('old', '2026-01-01'),
      at('new', '2026-03-01'),
      at('draft', '2026-02-01', { status: 'preliminary' }),
      at('a2', '2026-04-02', to('old')),
      at('a1', '2026-04-01', to('old')),
      at('lost', '2026-02-02', to('gone')),
    ]);
    expect(threads.map(({ note, addenda }) => [note.id, addenda.map(({ id }) => id)])).toStrictEqual([
      ['draft', []],
      ['new', []],
      ['lost', []],
      ['old', ['a1', 'a2']],
    ]);
    expect(
      lastSigned([at('x', '2026-03-01T00:00:00Z', { status: 'preliminary' }), at('y', '2026-02-01T00:00:00Z')]),
    ).toBe(Date.UTC(2026, 1, 1));
    expect(lastSigned([])).toBe(undefined);
    const done = signedNote(at('x', '2026-03-01'), 'kim', 'Kim', '2026-03-01T10:00:00Z');
    expect([done.status, done.attester]).toStrictEqual([
      'final',
      [{ mode: 'legal', time: '2026-03-01T10:00:00Z', party: { reference: 'Practitioner/kim', display: 'Kim' } }],
    ]);
  });

  const DAY_MS = 24 * 3600_000;
  const now = Date.UTC(2026, 2, 20, 12);
  const time = (day) => new Date(now - day * DAY_MS).toISOString();
  const set = (id, day): any => ({
    resourceType: 'Procedure',
    id,
    status: 'completed',
    instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
    performedPeriod: { start: time(day) },
  });
  const own = (code): any => ({ coding: [{ system: 'urn:reprise:observation', code }] });
  const range = (id, of, day, value, unit = 'deg'): any => ({
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
  const pain = (id, day, value): any => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }] },
    effectiveDateTime: time(day),
    valueQuantity: { value },
  });

  it('measurements since the last note are offered with those before it, and with their Observations', () => {
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
    expect([of_range.now.value, of_range.now.uncertainty, of_range.before.value]).toStrictEqual([95, 4, 85]);
    expect(observationsOf(of_range)).toStrictEqual(['Observation/o3', 'Observation/o2']);
    expect([of_pain.now.value, of_pain.before, of_pain.highest.value]).toStrictEqual([3, undefined, 6]);
    expect(observationsOf(of_pain)).toStrictEqual(['Observation/q3', 'Observation/q2']);
    // Nothing since: nothing is offered; what cannot be so never is.
    expect(valuesSince(series, now, now)).toStrictEqual([]);
    expect(valuesSince(series, now - 1.5 * DAY_MS, now).some(({ measurable }) => measurable.kind === 'range')).toBe(
      false,
    );
    // The first since, where nothing was before.
    expect(
      valuesSince(series, now - 30 * DAY_MS, now).find(({ measurable }) => measurable.kind === 'range').before.value,
    ).toBe(80);
    // Clinician finding 19: anything older may be cited, the newest first.
    expect(valuesBefore(series, now - 7 * DAY_MS).map(({ now: { value } }) => value)).toStrictEqual([2, 85, 80]);
    expect(observationsOf(valuesBefore(series, now - 7 * DAY_MS)[2])).toStrictEqual(['Observation/o1']);
  });

  it('the address names the note under its tab alone', () => {
    const place = placeIn('?id=p&tab=notes&note=n-1');
    expect(place.note).toBe('n-1');
    expect(addressOf(place)).toBe('/patient?id=p&tab=notes&note=n-1');
    expect(addressOf({ ...place, tab: 'overview' })).toBe('/patient?id=p');
    expect(placeIn('?id=p&tab=notes&note=%3Cb%3E').note).toBe(undefined);
  });

  const questionnaire = (url, more = {}): any => ({
    resourceType: 'Questionnaire',
    url,
    version: '1',
    status: 'active',
    title: url,
    item: [{ linkId: 'a', type: 'boolean', text: 'Well?' }],
    ...more,
  });
  const response = (id, url, authored, status = 'completed'): any => ({
    id,
    questionnaire: `${url}|1`,
    authored,
    status,
  });
  // The engine judges which requests are due and which answers count (care/plan/questionnaire_request_test.cpp).
  it('a request is shown with its questionnaire and the answers that count', () => {
    const request: any = { key: 'k', canonical: 'urn:q', state: 'due', answers: ['later', 'gone', 'earlier'] };
    const all = [questionnaire('urn:q'), questionnaire('urn:q', { version: '2' })];
    const answers = ['earlier', 'other', 'later'].map((id) => response(id, 'urn:q', '2026-03-10T06:59:00Z'));
    const of = (canonical) => askedOrders([{ ...request, canonical }], all, answers)[0];
    expect([of('urn:q').questionnaire.version, of('urn:q|1').questionnaire.version]).toStrictEqual(['2', '1']);
    expect(of('urn:r').questionnaire).toBe(undefined);
    expect(of('urn:q').answers.map(({ id }) => id)).toStrictEqual(['later', 'earlier']);
  });

  it('a day follows another', () => {
    expect([dayAfter('2028-02-28', 2), dayAfter('2026-12-31', 1)]).toStrictEqual(['2028-03-01', '2027-01-01']);
  });

  it("only questionnaires that the patient's app shows whole are offered, and none of those around exercises", () => {
    const all = [
      questionnaire('urn:q'),
      questionnaire('urn:q', { version: '10' }),
      questionnaire('urn:q', { version: '11', status: 'retired' }),
      questionnaire('urn:reprise:questionnaire:red-flags'),
      questionnaire('urn:table', { item: [{ linkId: 'a', type: 'quantity' }] }),
    ];
    expect(offered(all).map(({ url, version }) => `${url}|${version}`)).toStrictEqual(['urn:q|10']);
  });

  it('a measurement that is asked for once has all that keeps the exercise safe, and is over when it was done', () => {
    const ceiling = {
      url: 'urn:reprise:max-range',
      extension: [
        { url: 'measure', valueCode: 'knee_flexion' },
        { url: 'value', valueQuantity: { value: 90, code: 'deg' } },
      ],
    };
    const source: any = {
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
    expect([made.id, made.identifier, made.meta, made.bodySite, made.status]).toStrictEqual([
      'm',
      undefined,
      { tag: source.meta.tag },
      source.bodySite,
      'active',
    ]);
    expect(made.extension).toStrictEqual([
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
    expect(made.patientInstruction).toBe('Please.\nHold the rail.');
    expect(
      measurementOf(
        { ...source, patientInstruction: undefined },
        { id: 'm', practitioner: 'kim', by: undefined, reason: ' ', authored: '' },
      ).patientInstruction,
    ).toBe(undefined);
    const of = (series, today) => measurementsOf([source, made], series.sets, series.ranges, today);
    expect([
      of(seriesOf([], [], now), '2026-03-25')[0].state,
      of(seriesOf([], [], now), '2026-03-26')[0].state,
    ]).toStrictEqual(['due', 'overdue']);
    const based = { ...set('1', 1), basedOn: [{ reference: 'ServiceRequest/m' }] };
    const [done, ...others] = of(
      seriesOf(
        [based, { ...set('2', 1), basedOn: [{ reference: 'ServiceRequest/s' }] }],
        [range('o', '1', 1, 88)],
        now,
      ),
      '2026-03-26',
    );
    expect([done.state, done.done.id, done.value.point.value, others]).toStrictEqual(['done', '1', 88, []]);
    expect(of(seriesOf([{ ...based, status: 'stopped' }], [], now), '2026-03-20')[0].state).toBe('due');
    const plans = JSON.stringify({
      entry: [source, made, { resourceType: 'CarePlan' }].map((resource) => ({ resource })),
    });
    expect(assessmentsIn(plans)).toStrictEqual(['m']);
    const statuses = (text) => JSON.parse(text).entry.map(({ resource }) => resource.status);
    expect(statuses(withoutDone(plans, [based, { basedOn: [{ reference: 'ServiceRequest/s' }] }]))).toStrictEqual([
      'active',
      'completed',
      undefined,
    ]);
    expect(statuses(withoutDone(plans, []))).toStrictEqual(['active', 'active', undefined]);
  });
});
