// SPDX-License-Identifier: Apache-2.0
// Tests the calculations of a chart without a browser: drawn points, implausible values, progress of goals, replays.

import { describe, expect, it } from 'vitest';
import { keptOf } from './downsample.ts';
import { seriesOf, sound } from '../../clinical/chart/series.ts';
import { adherenceOf, isJudged, prescribedOn, setsSince } from '../../clinical/chart/adherence.ts';
import { betterOf } from '../../clinical/chart/better.ts';
import { amountIn, shownDifference, verdictOf } from '../../fhir/amount.ts';
import { changesOf, daysOf, timelineEventsOf } from '../../clinical/chart/days.ts';
import { saysSide } from '../../clinical/chart/conditions.ts';
import { goalOf, isSwamped, measurablesOf, progressOf } from '../../clinical/chart/goals.ts';
import { addressOf, placeIn } from '../../clinical/chart/address.ts';
import { frameAt, inStep, LANDMARKS, movementOf, pose, shareInStep, stepped } from './review/movement.ts';

process.env.TZ = 'Europe/Berlin';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const DAY_MS = 24 * 3600_000;
const own = (code): any => ({ coding: [{ system: 'urn:reprise:observation', code }] });
const procedure = (id, at, more = {}): any => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
  performedPeriod: { start: at },
  ...more,
});
const range = (set, at, value, { unit = 'deg', wide = 8, code = 'best-range' } = {}): any => ({
  resourceType: 'Observation',
  status: 'final',
  partOf: [{ reference: `Procedure/${set}` }],
  effectivePeriod: { start: at },
  code: { coding: [...own(code).coding, { system: 'urn:reprise:measure', code: 'knee_flexion' }] },
  valueQuantity: { value, ...(unit && { code: unit }) },
  component: [
    { code: own('from'), valueQuantity: { value: 2 } },
    { code: own('uncertainty'), valueQuantity: { value: wide } },
  ],
});
const pain = (at, value, moment?): any => ({
  resourceType: 'Observation',
  status: 'final',
  effectiveDateTime: at,
  code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }] },
  valueQuantity: { value },
  component: moment
    ? [{ code: own('moment'), valueCodeableConcept: { coding: [{ system: 'urn:reprise:moment', code: moment }] } }]
    : [],
});
const sensed = (at, measure, value, { side, unit = 'm', wide }: any = {}): any => ({
  resourceType: 'Observation',
  status: 'final',
  effectivePeriod: { start: at },
  category: [{ coding: [{ system: 'urn:reprise:measurement', code: 'gait' }] }],
  code: {
    coding: [
      { system: 'urn:reprise:signal-measure', code: measure },
      { system: 'http://loinc.org', code: '8867-4' },
    ],
  },
  ...(side && { bodySite: { coding: [{ system: 'http://snomed.info/sct', code: side }] } }),
  valueQuantity: { value, unit },
  component: wide ? [{ code: own('uncertainty'), valueQuantity: { value: wide } }] : [],
});
const on = (day) => new Date(NOW - day * DAY_MS).toISOString();

describe('chart', () => {
  it('what sensors measured is drawn by measure, with a line for each side, in the order of a report', () => {
    const [left, right] = ['7771000', '24028007'];
    const { sensed: all, scores } = seriesOf(
      [],
      [
        sensed(on(2), 'stride_length', 1.3, { side: left, wide: 0.02 }),
        sensed(on(1), 'stride_length', 1.4, { side: left }),
        sensed(on(1), 'stride_length', 1.2, { side: right }),
        sensed(on(1), 'walking_speed', 1.1, { unit: 'm/s' }),
        sensed(on(1), 'nose_length', 7),
      ],
      NOW,
    );
    expect(all.map(({ measure }) => measure)).toStrictEqual(['walking_speed', 'stride_length']);
    expect(all[1].lines.map(({ side, points }) => [side, points.map(({ value }) => value)])).toStrictEqual([
      ['left', [1.3, 1.4]],
      ['right', [1.2]],
    ]);
    expect(all[1].lines[0].points[0].uncertainty).toBe(0.02);
    expect([...scores.keys()]).toStrictEqual(['8867-4']);
  });

  it('values by two methods are two trends; older ones go with those of the same words', () => {
    const by = (value, text, code?) => ({
      ...sensed(on(1), 'test_time', value, { unit: 's' }),
      method: { text, ...(code && { coding: [{ system: 'urn:reprise:method', code }] }) },
    });
    const { sensed: all } = seriesOf(
      [],
      [
        by(9, 'from Go', 'timed_up_and_go_camera_go'),
        by(8, 'from the first movement', 'timed_up_and_go_camera'),
        by(10, 'from Go'),
        by(11, 'a sensor at the lower back'),
      ],
      NOW,
    );
    const found = all.map(({ method, lines }) => [method, lines[0].points.map(({ value }) => value).sort()]);
    expect(found).toStrictEqual([
      ['timed_up_and_go_camera_go', [10, 9]],
      ['timed_up_and_go_camera', [8]],
      [undefined, [11]],
    ]);
  });

  it('before, during and after one session are lines of one picture; other parts have their own', () => {
    const part = (one, valueString) => ({ ...one, component: [{ code: own('part'), valueString }] });
    const { sensed: all } = seriesOf(
      [],
      [
        part(sensed(on(1), 'breathlessness', 4, { unit: '{score}' }), 'during'),
        part(sensed(on(1), 'breathlessness', 1, { unit: '{score}' }), 'after'),
        part(sensed(on(1), 'emg_amplitude', 30), 'biceps'),
        part(sensed(on(1), 'emg_amplitude', 20), 'triceps'),
      ],
      NOW,
    );
    expect(all.map(({ measure, part: of, lines }) => [measure, of, lines.length])).toStrictEqual([
      ['emg_amplitude', 'biceps', 1],
      ['emg_amplitude', 'triceps', 1],
      ['breathlessness', undefined, 2],
    ]);
    expect(all[2].lines.map(({ part: of }) => of)).toStrictEqual(['during', 'after']);
    expect(all[2].unit).toBe('');
  });

  it('a value of sensors in another unit than the newest is listed, not drawn', () => {
    const { sensed: all } = seriesOf(
      [],
      [sensed(on(2), 'walking_speed', 4, { unit: 'km/h' }), sensed(on(1), 'walking_speed', 1.1, { unit: 'm/s' })],
      NOW,
    );
    expect(sound(all[0].lines[0].points).map(({ value }) => value)).toStrictEqual([1.1]);
  });

  it('a muscle’s tension stands beside the range of its exercise, is no goal and has no better direction', () => {
    const muscle = range('s2', on(1), 0.5, { unit: '1', wide: 0.1, code: 'muscle-activity' });
    muscle.code.coding[1].code = 'muscle_activity';
    const series = seriesOf(
      [procedure('s1', on(2)), procedure('s2', on(1))],
      [range('s1', on(2), 90), muscle, range('s2', on(1), 95)],
      NOW,
    );
    expect(series.ranges.map(({ measure, points }) => [measure, points.map(({ value }) => value)])).toStrictEqual([
      ['knee_flexion', [90, 95]],
      ['muscle_activity', [0.5]],
    ]);
    expect(series.ranges.flatMap(({ points }) => points.filter(({ trouble }) => trouble))).toStrictEqual([]);
    const goals = measurablesOf(series).filter(({ kind }) => kind === 'range');
    expect(goals.map(({ measure }) => measure)).toStrictEqual(['knee_flexion']);
    const reprise: any = { better: (_: string, of: object) => of };
    const told = { key: '', kind: 'range', measure: 'muscle_activity', rising: true } as any;
    expect(betterOf(reprise, told, undefined)).toMatchObject({ held: true });
  });

  it('of many points each column keeps its first, least, greatest and last', () => {
    const times = Array.from({ length: 100_000 }, (_, i) => i);
    const values = times.map((i) => Math.sin(i / 900) + (i === 54_321 ? 50 : 0) - (i === 12_345 ? 50 : 0));
    const kept = keptOf(times, values, 300);
    expect(kept.length <= 4 * 300 && kept.length > 300, `${kept.length}`).toBe(true);
    expect(kept.includes(54_321) && kept.includes(12_345) && kept.includes(0) && kept.includes(99_999)).toBe(true);
    expect(kept).toStrictEqual([...kept].sort((a, b) => a - b));
    for (let column = 0; column < 300; ++column) {
      const inside = times
        .filter((time) => Math.min(299, Math.floor((time / 99_999) * 300)) === column)
        .map((i) => values[i]);
      const shown = kept.filter((i) => Math.min(299, Math.floor((i / 99_999) * 300)) === column).map((i) => values[i]);
      expect(Math.max(...shown)).toBe(Math.max(...inside));
      expect(Math.min(...shown)).toBe(Math.min(...inside));
    }
    expect(keptOf([], [], 10)).toStrictEqual([]);
    expect(keptOf([5, 5, 5], [1, 2, 3], 1), 'all at one moment').toStrictEqual([0, 1, 2]);
  });

  it('values that cannot be so, without a unit or from the future are kept, named and not drawn', () => {
    const ahead = new Date(NOW + 3 * DAY_MS).toISOString();
    const series = seriesOf(
      [
        procedure('a', on(9)),
        procedure('b', on(8)),
        procedure('c', on(7)),
        procedure('d', ahead),
        procedure('e', on(6), { status: 'entered-in-error' }),
        procedure('f', 'nonsense'),
      ],
      [
        range('a', on(9), 4000),
        range('b', on(8), 80, { unit: '' }),
        range('c', on(7), 85),
        range('d', ahead, 90),
        range('e', on(6), 99),
        pain(on(5), 12, 'before'),
        pain(on(4), 3),
        range('unknown', on(4), 1),
      ],
      NOW,
    );
    expect(series.sets.map(({ id, ahead: early }) => [id, early])).toStrictEqual([
      ['a', false],
      ['b', false],
      ['c', false],
      ['d', true],
    ]);
    expect(series.ranges[0].points.map(({ value, trouble }) => [value, trouble])).toStrictEqual([
      [4000, 'implausible'],
      [80, 'unit'],
      [85, undefined],
      [90, 'future'],
    ]);
    expect(sound(series.ranges[0].points).map(({ value, uncertainty }) => [value, uncertainty])).toStrictEqual([
      [85, 8],
    ]);
    expect(series.pain.get('before')[0].trouble).toBe('implausible');
    expect(series.pain.get('unsaid')[0].value).toBe(3);
    expect(
      seriesOf([procedure('a', on(1))], [range('a', on(1), 80, { wide: -3 })], NOW).ranges[0].points[0].trouble,
    ).toBe('implausible');
  });

  // The engine judges (care/adherence_test.cpp); the page hands it whole histories, and each set by
  // the patient's own day.
  it('adherence is asked of the engine, with every version and the days of the patient', () => {
    const asked = [];
    const stretches = [
      { from: '2026-05-01', changed: true, exercises: [{ request: 'r', repetitions: 8 }] },
      { from: '2026-05-20', changed: true, exercises: [{ request: 'r', repetitions: 12 }] },
    ];
    const days = [
      { day: '2026-05-19', done: 2, prescribed: 1.5 },
      { day: '2026-05-20', done: 1, prescribed: 3 },
    ];
    const engine: any = {
      adherence: (...all) => {
        asked.push(all);
        return { weeks: [{ percent: null }, { percent: 40 }], days, stretches, mean: 40 };
      },
    };
    const sets = seriesOf(
      [procedure('a', '2026-05-20T00:30:00+09:00'), procedure('b', new Date(NOW + 3 * DAY_MS).toISOString())],
      [],
      NOW,
    ).sets;
    const adherence = adherenceOf(
      engine,
      'robin',
      ['{}'],
      [[{ id: 'plan' }], [{ id: 'r' }, { id: 'r' }]] as any,
      sets,
      Date.parse('2026-05-01T00:00:00Z'),
      NOW,
    );
    const [[texts, options]] = asked;
    expect(JSON.parse(texts[1]).entry.length).toBe(3);
    expect([options.patient, options.from, options.sets]).toStrictEqual([
      'robin',
      '2026-05-01',
      [{ day: '2026-05-20', exercise: 'squat' }],
    ]);
    expect(options.now).toMatch(/^2026-06-01T14:00:00\+02:00$/);
    expect([isJudged(adherence), isJudged(undefined)]).toStrictEqual([true, false]);
    expect(setsSince(adherence, '2026-05-20', '2026-05-31')).toStrictEqual({ done: 1, prescribed: 3 });
    expect(setsSince(adherence, '2026-05-19', '2026-05-20'), 'today is not over').toStrictEqual({
      done: 3,
      prescribed: 2.5,
    });
    // Clinician finding 15: the prescription of the day of the set, not the present one.
    expect([
      prescribedOn(adherence, '2026-05-19', 'r').repetitions,
      prescribedOn(adherence, '2026-05-21', 'r').repetitions,
      prescribedOn(adherence, '2026-04-01', 'r'),
    ]).toStrictEqual([8, 12, undefined]);
  });

  // Clinician finding 5
  it('a difference is that of the numbers shown', () => {
    for (let i = 0; i < 2000; ++i) {
      const [from, to] = [Math.sin(i) * 90, Math.cos(i * 7) * 90];
      for (const unit of ['deg', '1', '{score}']) {
        const shown = (value) => Number.parseFloat(amountIn(value, unit));
        expect(amountIn(shownDifference(from, to, unit), unit), `${from} ${to} ${unit}`).toBe(
          amountIn(shown(to) - shown(from), unit),
        );
      }
    }
    expect(shownDifference(30.4, 35.6, 'deg'), '30 to 36 is 6, not 5').toBe(6);
    expect(amountIn(-0.3, 'deg')).toBe('0°');
  });

  // Clinician findings 13 and 16
  it('a change is better, worse or cannot be told', () => {
    expect(verdictOf(30.4, 35.6, 'deg', 4, 'higher')).toBe('better');
    expect(verdictOf(19, 30, 'deg', 4, 'lower')).toBe('worse');
    expect(verdictOf(30, 36, 'deg', 6.2, 'higher')).toBe('unsure');
    expect(verdictOf(30, 36, 'deg', undefined, 'none')).toBe('changed');
    expect(verdictOf(30.1, 29.9, 'deg', undefined, 'higher')).toBe('same');
    const facts = (kind, rest, target): any => ({
      exercises: [{ order: { id: 'squat', side: null }, facts: { kind, measure: 'knee_flexion', rest, target } }],
    });
    const knee: any = { kind: 'range', exercise: 'squat', measure: 'knee_flexion', rising: true };
    // The engine has the table (care/better_test.cpp); the page tells it of what.
    const asked = (one, prescription?) => {
      let all: any;
      betterOf(
        {
          better: (...given) => {
            all = given;
          },
        } as any,
        one,
        prescription,
      );
      return all;
    };
    expect(asked(knee, facts('repetitions', 5, 90))).toStrictEqual(['range', { rising: true, held: false }]);
    expect(asked(knee, facts('repetitions', 90, 12))).toStrictEqual(['range', { rising: false, held: false }]);
    expect(asked(knee, facts('hold', 5, 65))).toStrictEqual(['range', { rising: true, held: true }]);
    expect([
      asked({ ...knee, rising: false }, undefined),
      asked({ ...knee, measure: 'hip_flexion' }, facts('hold', 5, 65)),
    ]).toStrictEqual([
      ['range', { rising: false, held: false }],
      ['range', { rising: true, held: false }],
    ]);
    expect(['pain', 'effort', 'score'].map((kind) => asked({ kind, rising: true })[0])).toStrictEqual([
      'pain',
      'effort',
      'score',
    ]);
  });

  // Clinician finding 16
  it('a measure whose uncertainty is as large as its target is drawn only where it changed by more', () => {
    const points = (values, uncertainty) => values.map((value, i) => ({ at: i, value, uncertainty }));
    const change = (first, now, uncertainty): any => ({ first, now, uncertainty, uncertaintyAtFirst: uncertainty });
    expect(isSwamped(points([20, 15, 14], 11), 8, change(20, 14, 11))).toBe(true);
    expect(isSwamped(points([60, 30, 14], 11), 8, change(60, 14, 11))).toBe(false);
    expect(isSwamped(points([80, 82, 84], 11), 90, change(80, 84, 11))).toBe(false);
    expect(isSwamped(points([20, 15], undefined), 8, change(20, 15, undefined))).toBe(false);
  });

  it('what changed in a programme is told with its numbers', () => {
    const request = (version, sets, more = {}): any => ({
      resourceType: 'ServiceRequest',
      id: 'r',
      meta: { versionId: version, lastUpdated: on(10 - Number(version)) },
      status: 'active',
      code: { text: 'Squat' },
      instantiatesCanonical: ['urn:reprise:exercise:squat'],
      extension: [{ url: 'urn:reprise:dosage', extension: [{ url: 'sets', valuePositiveInt: sets }] }],
      ...more,
    });
    const changes = changesOf([[request('3', 3, { status: 'revoked' }), request('2', 3), request('1', 2)]]);
    expect(changes.map(({ change }) => [change.what, change.details])).toStrictEqual([
      ['added', []],
      ['changed', [{ field: 'sets', before: 2, after: 3 }]],
      ['ended', []],
    ]);
    // Clinician finding 4
    const loaded = (version, kg, more = {}): any => ({
      ...request(version, 3),
      occurrenceTiming: { repeat: { frequency: 5, periodUnit: 'wk' } },
      extension: [
        {
          url: 'urn:reprise:dosage',
          extension: [
            { url: 'sets', valuePositiveInt: 3 },
            { url: 'repetitions', valuePositiveInt: 10 },
            { url: 'load', valueQuantity: { value: kg } },
          ],
        },
      ],
      ...more,
    });
    const [began, heavier] = changesOf([
      [
        loaded('1', 2.5, { bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: '24028007' }] }] }),
        loaded('2', 5),
      ],
    ]);
    expect(began.change.dose).toStrictEqual({
      sets: 3,
      repetitions: 10,
      hold: null,
      load: 2.5,
      days: 5,
      side: 'right',
    });
    expect(heavier.change.details).toStrictEqual([{ field: 'load', before: 2.5, after: 5 }]);
    const timelineEvents = timelineEventsOf({
      encounters: [
        { status: 'finished', period: { start: on(3) } },
        { status: 'cancelled', period: { start: on(3) } },
      ],
      responses: [],
      notes: [],
      flags: [],
      messages: [{ status: 'completed', sent: 'never' }],
    } as any);
    expect(timelineEvents.map(({ kind }) => kind)).toStrictEqual(['visit']);
    const byCarer = timelineEventsOf({
      encounters: [],
      responses: [
        { status: 'completed', authored: on(3), author: { reference: 'RelatedPerson/r' } },
        { status: 'completed', authored: on(3), author: { reference: 'Patient/p' } },
      ],
      notes: [],
      flags: [],
      messages: [],
      carers: [{ resourceType: 'RelatedPerson', id: 'r', name: [{ text: 'Anna Muster' }] }],
    } as any);
    expect(
      byCarer.map(({ carer }) => carer?.name),
      'only who acted for the patient is named',
    ).toStrictEqual(['Anna Muster', undefined]);
    const days = daysOf(
      [
        { id: 'a', at: Date.parse(on(3)), complete: true, ahead: false },
        { id: 'b', at: NOW + DAY_MS, complete: true, ahead: true },
      ] as any,
      timelineEvents,
      { days: [{ day: on(3).slice(0, 10), done: 1, prescribed: 2 }] } as any,
    );
    expect(days.map(({ share, sets, timelineEvents: all }) => [share, sets.length, all.length])).toStrictEqual([
      [0.5, 1, 1],
    ]);
  });

  // Clinician finding 32
  it('the side of a problem is said once, and quality has one rounding', () => {
    expect(
      ['Hip osteoarthritis, right (simulated)', 'Knieschmerz links', 'Rodilla izquierda', 'Both sides of the neck'].map(
        (text) => saysSide({ code: { text } } as any),
      ),
    ).toStrictEqual([true, true, true, true]);
    expect(
      ['Hip osteoarthritis', 'Upright posture is hard', 'Leftover pain'].map((text) =>
        saysSide({ code: { text } } as any),
      ),
    ).toStrictEqual([false, false, false]);
    const quality: any = {
      resourceType: 'Observation',
      status: 'final',
      partOf: [{ reference: 'Procedure/a' }],
      effectivePeriod: { start: on(1) },
      code: own('movement-quality'),
      valueQuantity: { value: 96.1 },
    };
    expect(
      seriesOf([procedure('a', on(1))], [quality], NOW)
        .quality.get('squat')
        .map(({ value }) => value),
    ).toStrictEqual([96]);
  });

  // Clinician finding 12
  it('an answer has the title of its questionnaire, in the answered version', () => {
    const url = 'https://clinic.example/questionnaires/knee';
    const questionnaires = [
      { url, version: '1', title: 'Your knee' },
      { url, version: '2', title: 'Your new knee' },
      { url: 'other', version: '9', title: 'Other' },
    ];
    const titles = (...canonicals) =>
      timelineEventsOf({
        encounters: [],
        notes: [],
        flags: [],
        messages: [],
        questionnaires,
        responses: canonicals.map((questionnaire) => ({ status: 'completed', authored: on(1), questionnaire })),
      } as any).map(({ questionnaire }) => questionnaire?.title);
    expect(titles(`${url}|1`, url, `${url}|3`, 'unknown|1', undefined)).toStrictEqual([
      'Your knee',
      'Your new knee',
      'Your new knee',
      undefined,
      undefined,
    ]);
  });

  // Clinician finding 14
  it('what two rules say of one thing on a day is told once, with the more urgent baseline', () => {
    const part = (url, type, value): any => ({ url, [type]: value });
    const flag = (id, urgency, before): any => ({
      id,
      status: 'active',
      period: { start: on(1) },
      code: { coding: [{ system: 'urn:reprise:flag', code: id }] },
      extension: [
        {
          url: 'urn:reprise:finding',
          extension: [
            part('kind', 'valueCode', 'change'),
            part('of', 'valueCode', 'pain'),
            part('urgency', 'valueCode', urgency),
            part('value', 'valueDecimal', 7),
            part('before', 'valueDecimal', before),
            part('since', 'valueDate', on(1).slice(0, 10)),
          ],
        },
      ],
    });
    const told = timelineEventsOf({
      encounters: [],
      responses: [],
      notes: [],
      flags: [flag('pain-up', 'soon', 2), flag('pain-jump', 'now', 3)],
      messages: [],
    });
    expect(
      told.map(({ kind, active, reason }) => [kind, active, reason.finding.before, reason.flags.length]),
    ).toStrictEqual([['flag', true, 3, 2]]);
  });

  it('the progress of a goal follows from the values measured since its start', () => {
    const days = [30, 29, 28, 3, 2, 1];
    const series = seriesOf(
      days.map((day) => procedure(`s${day}`, on(day))),
      days.map((day, i) => range(`s${day}`, on(day), [60, 62, 61, 79, 90, 81][i])),
      NOW,
    );
    const all = measurablesOf(series);
    const knee = all.find(({ kind }) => kind === 'range');
    const goal = goalOf('robin', {
      words: 'Kneel in the garden',
      measurable: knee,
      rising: true,
      value: 101,
      due: '2026-08-01',
      start: '2026-05-01',
    });
    const progress: any = progressOf(goal, all);
    expect([progress.first, progress.now, progress.share, progress.reached, progress.unsure]).toStrictEqual([
      61,
      81,
      0.5,
      false,
      false,
    ]);
    expect(goal.target[0].extension).toStrictEqual([
      { url: 'urn:reprise:exercise', valueCanonical: 'urn:reprise:exercise:squat' },
    ]);
    expect(
      (
        progressOf(
          goalOf('robin', { words: '', measurable: knee, rising: true, value: 80, due: '', start: '2026-05-01' }),
          all,
        ) as any
      ).reached,
    ).toBe(true);
    expect(
      (progressOf({ ...goal, startDate: '2026-05-31' }, all) as any).first,
      'values before its start do not count',
    ).toBe(81);
    expect(progressOf({ ...goal, target: [{ ...goal.target[0], detailQuantity: { value: 101 } }] }, all)).toBe('unit');
    expect(progressOf({ ...goal, target: [] }, all)).toBe('not-measured');
    expect(progressOf(goal, [])).toBe('nothing-yet');
    // Pain before exercising says nothing about a goal on pain after it; a goal that names no moment
    // is not measured.
    const moment = { system: 'urn:reprise:moment', code: 'after' };
    const calm: any = {
      startDate: '2026-05-01',
      target: [
        {
          measure: { coding: [{ system: 'http://loinc.org', code: '72514-3' }, moment] },
          detailQuantity: { value: 2, comparator: '<=', code: '{score}', system: 'http://unitsofmeasure.org' },
        },
      ],
    };
    const sore = measurablesOf(
      seriesOf(
        [],
        [
          pain(on(9), 6, 'before'),
          pain(on(9), 8, 'after'),
          pain(on(8), 6, 'after'),
          pain(on(7), 6, 'after'),
          pain(on(2), 4, 'after'),
          pain(on(2), 1, 'before'),
          pain(on(1), 4, 'after'),
          pain(on(0.5), 9, 'before'),
        ],
        NOW,
      ),
    );
    expect(
      [
        (progressOf(calm, sore) as any).first,
        (progressOf(calm, sore) as any).now,
        (progressOf(calm, sore) as any).share,
      ],
      'of a day the worst pain',
    ).toStrictEqual([6, 4, 0.5]);
    expect(
      progressOf(
        {
          ...calm,
          target: [{ ...calm.target[0], measure: { coding: calm.target[0].measure.coding.slice(0, 1) } }],
        } as any,
        sore,
      ),
    ).toBe('moment');
    const after = sore.find(({ moment: when }) => when === 'after');
    expect(
      goalOf('robin', { words: 'Calm', measurable: after, rising: false, value: 2, due: '', start: '2026-05-01' })
        .target[0].measure.coding[1],
    ).toStrictEqual(moment);
    // Clinician finding 11: the direction is that of who sets the goal.
    expect(
      goalOf('robin', { words: '', measurable: knee, rising: false, value: 80, due: '', start: '2026-05-01' }).target[0]
        .detailQuantity.comparator,
    ).toBe('<=');
  });

  it('the address holds the shown place, without invalid values', () => {
    const place = placeIn('?id=abc&tab=sessions&range=1y&day=2026-03-02&set=x.1');
    expect(addressOf(place)).toBe('/patient?id=abc&tab=sessions&range=1y&day=2026-03-02&set=x.1');
    expect(placeIn('?id=a/../b')).toBe(undefined);
    expect(placeIn('?id=a&tab=else&range=9&day=yesterday&set=<b>')).toStrictEqual({
      id: 'a',
      tab: 'overview',
      range: '3m',
      day: undefined,
      set: undefined,
      beside: undefined,
      note: undefined,
    });
  });

  /** A person upright whom the camera sees turned by an angle towards their left; the origin is between the hips. */
  function standing(angle, squat = 0) {
    const world = new Float64Array(LANDMARKS * 3);
    const put = (i, right, up, front) => {
      // The camera's axes: x to the picture's right, y down, z away. At 0 the person faces the camera.
      const [x, z] = [
        -right * Math.cos(angle) + front * Math.sin(angle),
        -(front * Math.cos(angle) + right * Math.sin(angle)),
      ];
      world.set([x, -up, z], 3 * i);
    };
    for (let i = 0; i < LANDMARKS; ++i) put(i, 0, 0.5, 0);
    for (const [i, right, up, front] of [
      [11, -0.2, 0.5, 0],
      [12, 0.2, 0.5, 0],
      [23, -0.1, 0, 0],
      [24, 0.1, 0, 0],
      [29, -0.1, -0.9 + squat, 0],
      [30, 0.1, -0.9 + squat, 0],
      [31, -0.1, -0.9 + squat, 0.2],
      [32, 0.1, -0.9 + squat, 0.2],
    ])
      put(i, right, up, front);
    return world;
  }

  it('a recorded person stands on the floor and faces the front, from wherever the camera looked', () => {
    for (const angle of [0, 0.8, -1.5, 3]) {
      const frames = Array.from({ length: 40 }, (_, i) => ({
        time_s: 5 + i / 20,
        world_m: i === 20 ? undefined : standing(angle, i > 30 ? 0.3 : 0),
        visibility: new Float64Array(LANDMARKS).fill(0.9),
      }));
      const movement = movementOf(frames, true);
      const into = { points: new Float32Array(LANDMARKS * 3), visibility: new Float32Array(LANDMARKS) };
      expect(pose(movement, 0.1, into)).toBe(true);
      const [toe, heel, shoulder] = [31, 29, 11].map((i) => [...into.points.subarray(3 * i, 3 * i + 3)]);
      expect(Math.abs(toe[2] - heel[2] - 0.2) < 1e-3, `toes point to the front: ${toe} ${heel}`).toBe(true);
      expect(shoulder[0] > 0.19, "the left shoulder is on the viewer's right").toBe(true);
      expect(Math.abs(heel[1]) < 1e-3 && Math.abs(shoulder[1] - 1.4) < 1e-3, 'the feet are on the floor').toBe(true);
      expect(
        pose(movement, 1.9, into) && Math.abs(into.points[3 * 11 + 1] - 1.1) < 1e-3,
        'who squats comes down, and does not lift the feet',
      ).toBe(true);
      expect(pose(movement, 1.01, into), 'no person is detected').toBe(false);
    }
    expect(frameAt([0, 1, 2], -1)).toBe(0);
    expect(frameAt([0, 1, 2], 1.5)).toBe(1);
    expect([
      stepped([0, 1, 2], 0.999, 1),
      stepped([0, 1, 2], 0.999, -1),
      stepped([0, 1, 2], 2, 1),
      stepped([], 3, 1),
    ]).toStrictEqual([2, 0, 2, 3]);
    expect(pose(movementOf([], false), 0, { points: new Float32Array(99), visibility: new Float32Array(33) })).toBe(
      false,
    );
  });

  it('two movements go in step by their repetitions', () => {
    const own_one = [
      { start_s: 1, extreme_s: 2, end_s: 3 },
      { start_s: 5, extreme_s: 6, end_s: 7 },
    ];
    const other = [
      { start_s: 2, extreme_s: 4, end_s: 6 },
      { start_s: 8, extreme_s: 9, end_s: 10 },
    ];
    expect([0, 1, 1.5, 2, 3, 6, 7, 10].map((time) => inStep(own_one, other, 10, 12, time))).toStrictEqual([
      0, 2, 3, 4, 6, 9, 10, 12,
    ]);
    expect(inStep([], [], 10, 20, 5), 'without repetitions in proportion').toBe(10);
    expect([0, 1, 2, 2.5, 3, 4].map((time) => shareInStep(own_one, 0.6, time))).toStrictEqual([0, 0, 0.6, 0.8, 1, 0]);
  });
});
