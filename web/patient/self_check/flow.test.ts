// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Programme, SelfOutcome } from 'reprise-engine';
import { answersOf } from './answers.ts';
import { DEFINITION, hasStandingTest, publicRedFlags, regionFlags } from './definition.ts';
import {
  ageIn,
  countedNow,
  countIn,
  stepAfter,
  filmsOf,
  isLimited,
  notMeasured,
  releasedIn,
  withMeasured,
  type Step,
} from './flow.ts';

const open = { ended: false };

const offer = (test: string, not_offered: 'release' | null = null) => ({
  test,
  name: test,
  kind: 'range' as const,
  position: 'seated' as const,
  not_offered,
  why: null,
});

describe('the steps of a self-assessment', () => {
  it('ask warning signs first, then where, and film the tests that are offered', () => {
    const kinds: string[] = [];
    let step: Step = { kind: 'flags' };
    while (step.kind !== 'outcome') {
      kinds.push(step.kind);
      step = stepAfter(step, open, 2);
    }
    expect(kinds).toStrictEqual(['flags', 'regions', 'regionFlags', 'pain', 'questions', 'tests', 'film', 'film']);
    expect(stepAfter({ kind: 'tests' }, open, 0)).toStrictEqual({ kind: 'outcome' });
  });

  it('end at once, whatever the step', () => {
    for (const kind of ['flags', 'regions', 'regionFlags', 'pain', 'questions', 'tests'] as const)
      expect(stepAfter({ kind }, { ended: true }, 3)).toStrictEqual({ kind: 'outcome' });
    expect(stepAfter({ kind: 'unwell', test: 'arm' }, { ended: true }, 3)).toStrictEqual({ kind: 'outcome' });
    expect(stepAfter({ kind: 'film', number: 0 }, { ended: true }, 3)).toStrictEqual({ kind: 'outcome' });
  });

  it('film the side that does not hurt first, and no test without its offer', () => {
    const outcome: Pick<SelfOutcome, 'tests'> = { tests: [offer('arm'), offer('knee', 'release'), offer('back')] };
    const films = filmsOf(
      outcome,
      (test) => test === 'arm',
      () => 'left',
    );
    expect(films).toStrictEqual([
      { test: 'arm', side: 'right' },
      { test: 'arm', side: 'left' },
      { test: 'back', side: undefined },
    ]);
  });

  it('film nothing of a patient whom the clinic limits', () => {
    const free = {
      rangeLimits: [],
      weightBearing: 'full',
      loadLimit: null,
      exercises: [],
      tests: [],
      balance: [],
    } as const;
    const limit = { measure: 'knee_flexion', side: 'left', min: null, max: 90 } as const;
    expect(isLimited({ ...free, rangeLimits: [] })).toBe(false);
    expect(isLimited({ ...free, rangeLimits: [limit] })).toBe(true);
    expect(isLimited({ ...free, rangeLimits: [], weightBearing: 'partial' })).toBe(true);
    expect(isLimited({ ...free, rangeLimits: [], exercises: [{ helper: false }, { helper: true }] })).toBe(true);
    expect(isLimited({ ...free, rangeLimits: [], balance: [{ helper: true }] })).toBe(true);
  });

  it('keep one value for each test and side', () => {
    const once = withMeasured({}, notMeasured('arm', 'left', 'skipped'));
    const twice = withMeasured(once, notMeasured('arm', 'left', 'nothing'));
    expect(withMeasured(twice, notMeasured('arm', 'right', 'pain')).measured).toStrictEqual([
      notMeasured('arm', 'left', 'nothing'),
      notMeasured('arm', 'right', 'pain'),
    ]);
  });
});

describe('the questions', () => {
  it('without a record never speak of a last time', () => {
    const texts = (publicRedFlags().item ?? []).map((item) => JSON.stringify(item));
    expect(texts).toHaveLength(DEFINITION.red_flags.length);
    for (const text of texts) expect(text).not.toMatch(/last time|letzten Mal|última vez/);
  });

  it('of the chosen regions only, all of yes and no', () => {
    const items = regionFlags(['knee']).item ?? [];
    expect(items.map(({ linkId }) => linkId)).toStrictEqual(['knee-hot', 'knee-stuck']);
    expect(items.every(({ type, required }) => type === 'boolean' && required)).toBe(true);
  });

  it('ask about standing where a movement stands', () => {
    expect(hasStandingTest(['neck', 'elbow', 'wrist'])).toBe(false);
    expect(hasStandingTest(['neck', 'shoulder'])).toBe(true);
  });
});

describe('the record', () => {
  it('gets the words that the patient saw', () => {
    const given = answersOf(
      {
        regions: ['elbow', 'lower_back'],
        since: 'weeks',
        course: 'worse',
        worse_with: ['moving', 'lying'],
        hard: [],
        unsteady: false,
        flags: { 'elbow-hot': true, calf: false },
      },
      { elbow: 'both' },
      { title: 'Lassen Sie es ansehen' },
      'de',
      { left: 'links', right: 'rechts', both: 'beide' },
    );
    expect(Object.fromEntries(given.map(({ question, value }) => [question, value]))).toStrictEqual({
      'self-regions': 'Ellenbogen (beide); Unterer Rücken',
      'self-since': 'Eine bis sechs Wochen',
      'self-course': 'Es wird schlechter',
      'self-worse-with': 'Bewegen; Darauf liegen',
      'self-outcome': 'Lassen Sie es ansehen',
      'self-unsteady': false,
      'self-flag-elbow-hot': true,
    });
  });
});

describe('a count of stands', () => {
  const value = {
    measure: 'repetitions',
    value: 9,
    unit: '',
    uncertainty: null,
    spread: null,
    count: 0,
    primary: true,
    part: 'sit_to_stand_30',
    side: null,
  };
  const found = (...codes: string[]) => ({
    values: [value],
    warnings: codes.map((code) => ({ code, text: '', remedy: null })),
  });

  it('is kept with rises that do not count beside it, and not if time or rises are missing', () => {
    const nine = { test: 'chair', side: null, degrees: null, stands: 9, not_measured: null };
    expect(countIn('chair', found('rises_not_counted'))).toMatchObject(nine);
    expect(countIn('chair', found('too_short'))).toStrictEqual(notMeasured('chair', undefined, 'short'));
    expect(countIn('chair', found('not_seen'))).toStrictEqual(notMeasured('chair', undefined, 'unseen'));
    expect(countIn('chair', { values: [], warnings: [] }).not_measured).toBe('nothing');
    expect(countIn('chair', undefined).not_measured).toBe('nothing');
  });

  it('takes the place of an earlier one', () => {
    const first = withMeasured({}, countedNow('chair', 7, 'nothing'));
    expect(withMeasured(first, countedNow('chair', 9, 'nothing')).measured).toHaveLength(1);
  });

  it('goes with a whole age, or with none', () => {
    expect([ageIn(''), ageIn(' 72 '), ageIn('2'), ageIn('120')]).toStrictEqual([null, 72, 2, 120]);
    expect([ageIn('1'), ageIn('121'), ageIn('7.5'), ageIn('old')]).toStrictEqual(Array(4).fill(undefined));
  });

  it('asks about steadiness wherever the chair test may come', () => {
    expect(hasStandingTest(['knee'])).toBe(true);
    expect(hasStandingTest(['elbow'])).toBe(false);
  });
});

it('any hold wins over a release', () => {
  const selfReleases = ['single_leg' as const];
  const hold = { exercise: 'single_leg_squat' } as Programme['holds'][number];
  expect(releasedIn({ holds: [], selfReleases })).toStrictEqual(['single_leg']);
  expect(releasedIn({ holds: [hold], selfReleases })).toStrictEqual([]);
});
