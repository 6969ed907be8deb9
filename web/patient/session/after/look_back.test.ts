// SPDX-License-Identifier: Apache-2.0
// Sets here are made up.
import { describe, expect, it } from 'vitest';
import type { ExerciseDone, SetDone } from '../flow.ts';
import { seededNumbers } from '../seeded_numbers.ts';
import { lastTimeOf } from './last_time.ts';
import { isWorthAScreen, levelOf, lookBack, meanQuality, type LastTime, type Wanted } from './look_back.ts';
import { lookedAt, type LookedAt } from './looked_at.ts';

const TODAY = '2026-03-05'; // a Thursday
const WANTED: Wanted = { sets: 2, repetitions: 8, hold_s: null, isHold: false, hasCeiling: false };
const UNEVEN_S = [2, 5, 3, 6, 2, 5, 3, 6];
const EVEN_S = [3.9, 4, 4.1, 4, 3.9, 4, 4.1, 4];
const MIXED_S = [3.4, 4, 4.6, 4, 3.4, 4, 4.6, 4];

const farthest = (value: number, uncertainty = 3) =>
  ({ value, uncertainty, unit: 'degree', rising: true, method: 'one camera' }) as const;

function set(looked: Partial<LookedAt> | null, rest: Partial<SetDone> = {}): SetDone {
  const whole: LookedAt = {
    repetitions: 8,
    judged: 8,
    clean: 8,
    faults: {},
    lasted_s: MIXED_S,
    farthest: farthest(90),
    ...looked,
  };
  return {
    id: 'set',
    startedAt: '2026-03-05T10:00:00Z',
    endedAt: '2026-03-05T10:01:00Z',
    by: looked ? 'camera' : 'hand',
    count: 8,
    held_s: null,
    quality: looked ? 88 : null,
    short: false,
    ...(looked && { looked: whole }),
    ...rest,
  };
}
const done = (sets: SetDone[], rest: Partial<ExerciseDone> = {}): ExerciseDone => ({
  request: 'r',
  state: 'done',
  sets,
  pains: [1],
  ...rest,
});
const last = (value: number, rest: Partial<LastTime> = {}): LastTime => ({
  ...farthest(value),
  day: '2026-03-02',
  ...rest,
});
const back = (one: ExerciseDone, wanted: Partial<Wanted> = {}, of?: LastTime) =>
  lookBack(one, { ...WANTED, ...wanted }, { painBefore: 1, last: of, today: TODAY });

describe('lookBack', () => {
  it('praises a fault that was corrected before anything else', () => {
    const first = set({ clean: 4, faults: { knees_in: 4 } });
    expect(back(done([first, set({})])).well).toStrictEqual({ kind: 'corrected', rule: 'knees_in', times: 4 });
    expect(back(done([first, set({ clean: 7, faults: { knees_in: 1 } })])).well?.kind).not.toBe('corrected');
    expect(back(done([first, set({ judged: 2, clean: 2 })])).well?.kind).not.toBe('corrected');
  });

  it('praises form by the number of repetitions that were judged', () => {
    expect(back(done([set({}), set({ judged: 5, clean: 5 })])).well).toStrictEqual({ kind: 'form', count: 13 });
    expect(back(done([set({}), set({ clean: 7, faults: { knees_in: 1 } })])).well?.kind).not.toBe('form');
    expect(back(done([set({}, { quality: 50 }), set({}, { quality: 55 })])).well?.kind).not.toBe('form');
    expect(back(done([set({ judged: 0, clean: 0 })])).well?.kind).not.toBe('form');
  });

  it('praises holds that were kept to the end', () => {
    const hold = { isHold: true, hold_s: 10, repetitions: 2, sets: 1 };
    const held = (...lasted_s: number[]) => done([set({ judged: 0, clean: 0, lasted_s }, { count: 2 })]);
    expect(back(held(10.2, 9.8), hold).well).toStrictEqual({ kind: 'holds', count: 2, seconds: 10 });
    expect(back(held(10.2, 9.5), hold).well).toStrictEqual({ kind: 'full', count: 2, sets: 1 });
  });

  it('praises a pace that became steadier, or was even', () => {
    const unjudged = { judged: 0, clean: 0 };
    expect(
      back(done([set({ ...unjudged, lasted_s: UNEVEN_S }), set({ ...unjudged, lasted_s: MIXED_S })])).well,
    ).toEqual({
      kind: 'steadier',
      from: 3.4,
      to: 4.6,
      firstFrom: 2,
      firstTo: 6,
    });
    expect(back(done([set({ ...unjudged, lasted_s: EVEN_S })])).well).toEqual({ kind: 'steady', from: 3.9, to: 4.1 });
  });

  it('praises the whole count, also without a camera, and nothing of a part', () => {
    expect(back(done([set(null), set(null)])).well).toStrictEqual({ kind: 'full', count: 16, sets: 2 });
    expect(back(done([set(null), set(null, { count: 5, short: true })])).well).toBeNull();
    expect(isWorthAScreen(back(done([set(null), set(null)])))).toBe(false);
  });

  it('suggests the most frequent fault that is left in the last set', () => {
    const faults = { knees_in: 2, trunk_forward: 3 };
    expect(back(done([set({}), set({ clean: 4, faults })])).attempt).toStrictEqual({
      rule: 'trunk_forward',
      count: 3,
      of: 8,
    });
    expect(back(done([set({ clean: 4, faults }), set({})])).attempt).toBeNull();
    expect(back(done([set({ clean: 4, faults }), set({})])).quality).toBe('high');
    expect(back(done([set({}), set({ clean: 4, faults })])).quality, 'and says so in words').toBe('fair');
    expect(back(done([set({ clean: 7, faults: { knees_in: 1 } })])).attempt).toBeNull();
  });

  it('compares with the last time only beyond both errors', () => {
    const of = (value: number) => back(done([set({ farthest: farthest(value) })]), {}, last(90)).farther;
    expect(of(96)).toStrictEqual({ by: '6°', doubt: '5°', day: '2026-03-02', recent: true });
    expect(of(95)).toBeNull(); // the root of 3² + 3² is 4.2, shown as 5
    expect(of(80)).toBeNull();
  });

  it('compares with another day, the same method, unit and direction only', () => {
    const of = (rest: Partial<LastTime>) => back(done([set({ farthest: farthest(110) })]), {}, last(90, rest)).farther;
    expect(of({})).not.toBeNull();
    expect(of({ day: TODAY })).toBeNull();
    expect(of({ method: 'sensors worn at left thigh and left shank' })).toBeNull();
    expect(of({ unit: 'ratio' })).toBeNull();
    expect(of({ rising: false })).toBeNull();
  });

  it('names the weekday within a week only', () => {
    const of = (day: string) => back(done([set({ farthest: farthest(110) })]), {}, last(90, { day })).farther?.recent;
    expect([of('2026-03-04'), of('2026-02-27'), of('2026-02-26')]).toStrictEqual([true, true, false]);
  });

  it('counts a smaller value as farther where the movement goes down', () => {
    const down = (value: number) => ({ ...farthest(value), rising: false });
    const one = done([set({ farthest: down(20) }), set({ farthest: down(30) })]);
    expect(back(one, {}, { ...down(40), day: '2026-03-02' }).farther?.by).toBe('20°');
  });

  it('says nothing of an exercise that was stopped', () => {
    const nothing = { well: null, attempt: null, farther: null, quality: null };
    expect(back(done([set({})], { state: 'stopped', hurtAt: 7 }), {}, last(60))).toStrictEqual(nothing);
    expect(back(done([set({})], { state: 'stopped' }), {}, last(60))).toStrictEqual(nothing);
  });
});

describe('the quality in words', () => {
  it('goes by the number that is shown', () => {
    expect([84.6, 84.4, 64.5, 64.4, null].map(levelOf)).toStrictEqual(['high', 'fair', 'fair', 'low', null]);
  });
  it('is the mean of all repetitions', () => {
    const sets = [set({}, { quality: 90, count: 9 }), set({}, { quality: 50, count: 1 }), set(null)];
    expect(meanQuality(sets)).toBe(86);
    expect(meanQuality([set(null)])).toBeNull();
  });
});

describe('lastTimeOf', () => {
  const range = (value: number, best = true) =>
    ({ value, uncertainty: 4, unit: 'degree', rising: true, best }) as const;
  const at = (day: string, value: number, rest = {}) => ({
    exercise: 'squat',
    request: 'r',
    method: 'one camera',
    day,
    count: 8,
    range: range(value),
    ...rest,
  });
  it('takes the farthest of the last day before today', () => {
    const history = [at('2026-03-01', 120), at('2026-03-03', 90), at('2026-03-03', 96), at(TODAY, 130)];
    expect(lastTimeOf(history, 'r', TODAY)).toMatchObject({ day: '2026-03-03', value: 96, uncertainty: 4 });
    expect(lastTimeOf(history, 'other', TODAY)).toBeUndefined();
  });
  it('is unknown where the last day had a ceiling, or nothing was measured', () => {
    expect(lastTimeOf([at('2026-03-03', 96, { range: range(96, false) })], 'r', TODAY)).toBeUndefined();
    const { range: _, ...unmeasured } = at('2026-03-03', 96);
    expect(lastTimeOf([at('2026-03-01', 120), unmeasured], 'r', TODAY)).toBeUndefined();
  });
});

describe('lookedAt', () => {
  const repetition = (faults: string[], formJudged = true) => ({
    start_s: 1,
    end_s: 4.5,
    side: null,
    quality: 90,
    formJudged,
    faults,
  });
  it('counts repetitions, those that were judged, and their faults', () => {
    const found = lookedAt([repetition([]), repetition(['knees_in', 'knees_in']), repetition([], false)], '{}');
    expect(found).toMatchObject({ repetitions: 3, judged: 2, clean: 1, faults: { knees_in: 1 }, farthest: null });
    expect(found.lasted_s).toStrictEqual([3.5, 3.5, 3.5]);
  });
  it('reads the range that goes to the record, and none that has a ceiling', () => {
    const observation = (code: string) => ({
      resourceType: 'Observation',
      code: { coding: [{ system: 'urn:reprise:observation', code }] },
      method: { text: 'one camera' },
      valueQuantity: { value: 101.2, code: 'deg' },
      component: [
        { code: { coding: [{ system: 'urn:reprise:observation', code: 'from' }] }, valueQuantity: { value: 5 } },
        { code: { coding: [{ system: 'urn:reprise:observation', code: 'uncertainty' }] }, valueQuantity: { value: 6 } },
      ],
    });
    const bundle = (code: string) => JSON.stringify({ entry: [{ resource: observation(code) }] });
    expect(lookedAt([], bundle('best-range')).farthest).toStrictEqual({
      value: 101.2,
      uncertainty: 6,
      unit: 'degree',
      rising: true,
      method: 'one camera',
    });
    expect(lookedAt([], bundle('mean-range')).farthest).toBeNull();
  });
});

/** Any exercise that the page can come to hold. */
function anyExercise(next: () => number): { one: ExerciseDone; wanted: Wanted; of: LastTime | undefined } {
  const whole = (most: number) => Math.floor(next() * (most + 1));
  const hasCeiling = next() < 0.3;
  const isHold = next() < 0.2;
  const sets = Array.from({ length: whole(3) }, () => {
    const repetitions = whole(10);
    const judged = whole(repetitions);
    const even = next() < 0.3;
    const faults: Record<string, number> = {};
    for (const rule of ['a', 'b']) if (judged > 0 && next() < 0.4) faults[rule] = 1 + whole(judged - 1);
    const most = Math.max(0, ...Object.values(faults));
    const all = Object.values(faults).reduce((sum, one) => sum + one, 0);
    return set(
      next() < 0.2
        ? null
        : {
            repetitions,
            judged,
            clean: judged - Math.max(most, Math.min(judged, all - whole(all))),
            faults,
            lasted_s: Array.from({ length: repetitions }, () => (even ? 4 + 0.5 * next() : 0.5 + 6 * next() ** 2)),
            // The record has one only where no ceiling is set; here it may, by mistake.
            farthest: next() < 0.3 ? null : farthest(60 + 60 * next(), 1 + 9 * next()),
          },
      { count: repetitions, quality: next() < 0.2 ? null : 100 * next(), short: next() < 0.3 },
    );
  });
  const [state] = [(['done', 'stopped', 'skipped'] as const)[whole(2)] ?? 'done'];
  return {
    one: {
      request: 'r',
      state,
      sets,
      ...(next() < 0.7 && { pains: Array.from({ length: whole(2) }, () => whole(10)) }),
      ...(next() < 0.2 && { hurtAt: next() < 0.5 ? null : whole(10) }),
    },
    wanted: { sets: 1 + whole(2), repetitions: 1 + whole(9), hold_s: isHold ? whole(6) : null, isHold, hasCeiling },
    of: next() < 0.2 ? undefined : last(60 + 60 * next(), { uncertainty: 1 + 9 * next() }),
  };
}

describe('of any exercise, lookBack', () => {
  const cases = Array.from({ length: 20_000 }, (_, seed) => {
    const made = anyExercise(seededNumbers(seed));
    const painBefore = seed % 7 === 0 ? undefined : seed % 4;
    return { ...made, painBefore, said: lookBack(made.one, made.wanted, { painBefore, last: made.of, today: TODAY }) };
  });
  const looks = ({ sets }: ExerciseDone) => sets.flatMap(({ looked }) => (looked ? [looked] : []));

  it('compares nothing under a ceiling, of holds, after pain, or within the error', () => {
    const compared = cases.filter(({ said }) => said.farther);
    expect(compared.length).toBeGreaterThan(100);
    for (const { one, wanted, of, painBefore, said } of compared) {
      expect([wanted.hasCeiling, wanted.isHold]).toStrictEqual([false, false]);
      expect(one.hurtAt).toBeUndefined();
      expect(one.state).toBe('done');
      for (const pain of one.pains ?? []) expect(pain).toBeLessThanOrEqual(painBefore ?? -1);
      const farther = looks(one).some(
        (seen) =>
          seen.farthest &&
          seen.farthest.value - (of?.value ?? 0) > Math.hypot(seen.farthest.uncertainty, of?.uncertainty ?? 0) - 1,
      );
      expect(farther).toBe(true);
      expect(parseInt(said.farther?.by ?? '', 10)).toBeGreaterThan(parseInt(said.farther?.doubt ?? '', 10));
    }
  });

  it('says nothing after pain or a stop', () => {
    const ended = cases.filter(({ one }) => one.hurtAt !== undefined || one.state === 'stopped');
    expect(ended.length).toBeGreaterThan(1000);
    for (const { said } of ended) expect(Object.values(said).every((part) => part === null)).toBe(true);
  });

  it('praises nothing that a number contradicts', () => {
    const kinds = new Set<string>();
    for (const { one, wanted, said } of cases) {
      const { well, attempt, quality } = said;
      expect(attempt !== null && quality === 'high').toBe(false);
      if (!well) continue;
      kinds.add(well.kind);
      const seen = looks(one);
      if (well.kind === 'corrected') {
        expect(seen.filter(({ judged }) => judged > 0).at(-1)?.faults[well.rule]).toBeUndefined();
        expect(attempt?.rule).not.toBe(well.rule);
      }
      if (well.kind === 'form') {
        for (const each of seen) expect([each.clean, each.faults]).toStrictEqual([each.judged, {}]);
        expect([attempt, quality === 'low']).toStrictEqual([null, false]);
      }
      if (well.kind === 'steadier') expect(well.to - well.from).toBeLessThan(well.firstTo - well.firstFrom);
      if (well.kind === 'holds')
        for (const { lasted_s } of seen) for (const held of lasted_s) expect(held).toBeGreaterThan(well.seconds - 0.3);
      if (well.kind === 'full') {
        expect(one.sets.length).toBeGreaterThanOrEqual(wanted.sets);
        for (const { count } of one.sets) expect(count).toBeGreaterThanOrEqual(wanted.repetitions);
      }
    }
    expect([...kinds].sort()).toStrictEqual(['corrected', 'form', 'full', 'holds', 'steadier', 'steady']);
  });
});
