// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { speechOfKeys } from '../speech_of_keys.ts';
import { usualSize } from '../paper_size.ts';
import { handoutOf, type Speech } from './contents.ts';

const speech = {
  ...speechOfKeys,
  dose: ({ sets, repetitions }) => `${sets} × ${repetitions}`,
  amount: (value: number) => `${value}°`,
  bearing: () => 'today.bearing.partial',
} as unknown as Speech;

const exercise = (id: string, order: object = {}, facts: object = {}, file: object = {}) => ({
  order: {
    request: id,
    side: 'left',
    sets: 2,
    repetitions: 10,
    hold_s: null,
    rest_s: 30,
    load_kg: null,
    daysPerWeek: 7,
    held: false,
    helper: false,
    supportNote: null,
    instruction: null,
    ...order,
  },
  facts: {
    kind: 'repetitions',
    ceiling: null,
    unit: 'degree',
    measure: 'knee_flexion',
    pace: { out_s: 3, hold_s: 0, back_s: 3 },
    standing_leg: { left: null, right: null },
    ...facts,
  },
  file: { id, text: { en: { name: id, goal: '', set_up: '', steps: ['One.'], stop: 'Stop if.' } }, ...file },
  exercise: {},
});

const programme = (more: object = {}) => ({
  title: null,
  note: null,
  limits: { painStop: 5, painRise: 2 },
  clinic: { name: 'Clinic', phone: '1' },
  emergencyNumber: '112',
  tests: [],
  endurance: [],
  balance: [],
  problems: [],
  exercises: [],
  ...more,
});

const FLAGS = {
  item: [
    {
      linkId: 'calf',
      text: 'Is one calf swollen?',
      _text: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/translation',
            extension: [
              { url: 'lang', valueCode: 'de' },
              { url: 'content', valueString: 'Ist eine Wade geschwollen?' },
            ],
          },
        ],
      },
    },
  ],
};

const made = (exercises: object[], more: object = {}, how: Speech = speech) =>
  handoutOf(programme(more) as never, exercises as never, FLAGS as never, how);

describe('a handout', () => {
  it('names a ceiling, the catalog’s own included, helper and support', () => {
    const [one] = made([
      exercise(
        'slide',
        { helper: true, supportNote: 'The rail.' },
        { ceiling: 90 },
        { falls: { support_within_reach: true } },
      ),
    ]).exercises;
    expect(one.careful).toStrictEqual(['paper.ceiling 90°', 'paper.helper', 'paper.support', 'The rail.']);
    expect(made([exercise('squat')]).exercises[0].careful).toStrictEqual([]);
  });

  it('says the side in words, and which leg stands', () => {
    const [one] = made([exercise('stand', {}, { standing_leg: { left: 'right', right: 'left' } })]).exercises;
    expect(one.side).toBe('side.left. introduce.leg.right');
    expect(made([exercise('squat', { side: null })]).exercises[0].side).toBeNull();
  });

  it('has no steps of an exercise on hold', () => {
    const paper = made([exercise('squat', { held: true }), exercise('bridge')]);
    expect(paper.exercises.map(({ name }) => name)).toStrictEqual(['bridge']);
    expect(paper.paused).toStrictEqual(['squat']);
  });

  it('has the warning signs, the limits of pain and whom to call, in the reader’s language', () => {
    const paper = made([]);
    expect(paper.signs).toStrictEqual(['Is one calf swollen?']);
    expect(paper.pain).toBe('paper.pain 5 2');
    expect(paper.calls).toStrictEqual(['call.emergency 112', 'call.clinic Clinic 1']);
    expect(paper.binds).toStrictEqual(['today.bearing.partial']);
    expect(made([], {}, { ...speech, language: 'de' }).signs).toStrictEqual(['Ist eine Wade geschwollen?']);
  });

  it('guesses no number', () => {
    const { calls } = made([], { clinic: { name: null, phone: null }, emergencyNumber: null });
    expect(calls).toStrictEqual(['call.emergencyUnknown', 'call.clinicUnknown']);
  });

  it('says what it does not have', () => {
    expect(made([], { balance: [{}], problems: [{ request: 'a' }, { request: null }] }).notes).toStrictEqual([
      'today.problems 1',
      'paper.others',
    ]);
  });
});

it('takes the paper that is usual where the reader is', () => {
  expect([['en-US'], ['de-DE'], ['es-MX', 'en-US'], ['en'], []].map(usualSize)).toStrictEqual([
    'LETTER',
    'A4',
    'LETTER',
    'A4',
    'A4',
  ]);
});
