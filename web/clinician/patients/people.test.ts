// SPDX-License-Identifier: Apache-2.0
// Telling people apart and finding them, without a browser.

import { describe, expect, it } from 'vitest';
import { byName, datesMeant, isMeant, whoAre } from '../../fhir/people.ts';
import { soughtBy } from '../../data/patients.ts';
import { nextVisits } from './load.ts';
import { firstOpen } from '../../fhir/schedule.ts';
import { optionWords, questionsIn } from '../orders/questions.ts';

const patient = (id, family, birthDate, more = {}): any => ({
  resourceType: 'Patient',
  id,
  name: [{ given: ['Karim'], family }],
  birthDate,
  ...more,
});

// Clinician finding 9
describe('people', () => {
  it('people are told apart by name and birth date, and by a further mark where these are the same', () => {
    const [older, younger, twin, numbered] = whoAre([
      patient('1', 'Holly', '1949-05-01'),
      patient('2', 'Holly', '1973-02-03'),
      patient('3', 'holly', '1973-02-03'),
      patient('4', 'Holly', '1973-02-03', { identifier: [{ value: '' }, { value: 'MRN 17' }] }),
    ]);
    expect([older.birthDate, older.mark]).toStrictEqual(['1949-05-01', undefined]);
    expect([younger.mark, twin.mark, numbered.mark]).toStrictEqual(['2', '3', 'MRN 17']);
    expect(
      [numbered, younger, older].sort(byName).map(({ id }) => id),
      'an order that does not depend on who answered first',
    ).toStrictEqual(['1', '2', '4']);
    expect(whoAre([{ id: 'x' }])).toStrictEqual([{ id: 'x', name: 'x', birthDate: undefined, simulated: false }]);
  });

  // Clinician finding 10
  it('a birth date may be typed in several ways, with a part of the name or without it', () => {
    const [who] = whoAre([patient('1', 'Núñez-Holly', '1949-05-01')]);
    const born = 'May 1, 1949';
    for (const typed of [
      '',
      ' ',
      'hol',
      'nunez',
      'kar hol',
      '1949-05-01',
      '1949',
      '1949-05',
      '01.05.1949',
      '1.5.1949',
      '1.5.49',
      '1/5/1949',
      '5/1/1949',
      '05/01/49',
      '19490501',
      '01051949',
      'karim 1949',
      'holly, 1.5.1949',
      'may 1949',
    ])
      expect(isMeant(who, typed, born), typed).toBe(true);
    for (const typed of ['olly', '1950', '2.5.1949', '1949-05-02', 'holly 1950', 'karim x', '9'])
      expect(!isMeant(who, typed, born), typed).toBe(true);
    expect(
      !isMeant(whoAre([patient('1', 'Holly', undefined)])[0], '1949'),
      'a patient without a known birth date',
    ).toBe(true);
  });

  it('figures that are typed are the days that they may mean', () => {
    expect(datesMeant('1949-05-01')).toStrictEqual(['1949-05-01']);
    expect(datesMeant('19490501')).toStrictEqual(['1949-05-01']);
    expect(datesMeant('5/1/1949')).toStrictEqual(['1949-01-05', '1949-05-01']);
    expect(datesMeant('31.12.1949')).toStrictEqual(['1949-12-31']);
    expect(datesMeant('1949')).toStrictEqual(['1949']);
    for (const word of ['31.13.1949', '1949-02-30', '12', 'Holly', '3000', '1.5.49'])
      expect(datesMeant(word), word).toStrictEqual([]);
    expect(soughtBy(' Ho&lly  1.5.1949 ')).toBe('&name=Ho%26lly&birthdate=1949-05-01,1949-01-05');
    expect(soughtBy('')).toBe('');
  });

  it('the next visit is the first that is not over and that takes place', () => {
    const at = (id, start, status = 'booked'): any => ({
      status,
      start: `2026-03-${start}T09:00:00Z`,
      end: `2026-03-${start}T09:30:00Z`,
      participant: [{ actor: { reference: `Patient/${id}` } }],
    });
    const next = nextVisits(
      [at('a', '20'), at('a', '12'), at('a', '05'), at('b', '11', 'cancelled'), { status: 'booked' }],
      Date.parse('2026-03-10T00:00:00Z'),
    );
    expect([...next]).toStrictEqual([['a', Date.parse('2026-03-12T09:00:00Z')]]);
  });

  // Clinician finding 26
  it('a new appointment is proposed in working hours', () => {
    const hours = [
      { weekday: 1, from: 14 * 60, to: 18 * 60 },
      { weekday: 3, from: 8 * 60, to: 12 * 60 },
    ];
    const now = { day: '2026-11-22', minute: 12 * 60 };
    expect(firstOpen({ hours, off: [] }, '2026-11-29', now), 'a Sunday after turning a week').toStrictEqual({
      day: '2026-12-01',
      minute: 14 * 60,
    });
    expect(firstOpen({ hours, off: [{ from: '2026-11-30', to: '2026-12-02' }] }, '2026-11-29', now)).toStrictEqual({
      day: '2026-12-03',
      minute: 8 * 60,
    });
    expect(firstOpen({ hours: [], off: [] }, '2026-11-22', now), 'without hours: a weekday').toStrictEqual({
      day: '2026-11-23',
      minute: 9 * 60,
    });
    const tuesday = { day: '2026-11-24', minute: 15 * 60 + 10 };
    expect(firstOpen({ hours, off: [] }, '2026-11-24', tuesday)).toStrictEqual({ day: '2026-11-24', minute: 16 * 60 });
    expect(firstOpen({ hours, off: [] }, '2026-11-10', tuesday), 'never in the past').toStrictEqual({
      day: '2026-11-24',
      minute: 16 * 60,
    });
    expect(
      firstOpen({ hours, off: [] }, '2026-11-24', { day: '2026-11-24', minute: 17 * 60 + 30 }),
      'the day is over',
    ).toStrictEqual({ day: '2026-11-26', minute: 8 * 60 });
    const off = [{ from: '2020-01-01', to: '2030-01-01' }];
    expect(
      firstOpen({ hours, off }, '2026-11-24', tuesday).day,
      'who is away for long is not looked for for ever',
    ).toStrictEqual('2026-11-24');
  });

  // Clinician finding 12
  it("the words of questions come from the questionnaire, in the reader's language", () => {
    const translated = {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/translation',
          extension: [
            { url: 'lang', valueCode: 'de' },
            { url: 'content', valueString: 'Wie haben Sie geschlafen?' },
          ],
        },
      ],
    };
    const items: any = [
      {
        linkId: 'group',
        type: 'group',
        item: [{ linkId: 'sleep', type: 'choice', text: 'How did you sleep?', _text: translated }],
      },
      { linkId: 'mute', type: 'boolean' },
    ];
    expect([...questionsIn(items, 'de')]).toStrictEqual([['sleep', 'Wie haben Sie geschlafen?']]);
    expect([...questionsIn(items, 'es')]).toStrictEqual([['sleep', 'How did you sleep?']]);
    expect([...questionsIn(undefined, 'en')]).toStrictEqual([]);
    // A coded answer need not repeat the words of its option either.
    const options: any = [
      {
        linkId: 'group',
        type: 'group',
        item: [
          {
            linkId: 'sleep',
            type: 'choice',
            answerOption: [
              { valueCoding: { code: 'b', display: 'Badly' } },
              { valueCoding: { code: 'w' } },
              { valueInteger: 3 },
            ],
          },
        ],
      },
    ];
    expect(['b', 'w', 'x', undefined].map((code) => optionWords(options, 'en')('sleep', code))).toStrictEqual([
      'Badly',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
