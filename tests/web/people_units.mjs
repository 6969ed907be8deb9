// Telling people apart and finding them, without a browser.
//
//   node --test tests/web/people_units.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { byName, datesMeant, isMeant, whoAre } = await load('fhir/people.ts');
const { soughtBy } = await load('data/patients.ts');
const { nextVisits } = await load('clinician/patients/load.ts');
const { firstOpen } = await load('fhir/schedule.ts');
const { optionWords, questionsIn } = await load('clinician/orders/questions.ts');

const patient = (id, family, birthDate, more = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ given: ['Karim'], family }],
  birthDate,
  ...more,
});

// Clinician finding 9
test('people are told apart by name and birth date, and by a further mark where these are the same', () => {
  const [older, younger, twin, numbered] = whoAre([
    patient('1', 'Holly', '1949-05-01'),
    patient('2', 'Holly', '1973-02-03'),
    patient('3', 'holly', '1973-02-03'),
    patient('4', 'Holly', '1973-02-03', { identifier: [{ value: '' }, { value: 'MRN 17' }] }),
  ]);
  assert.deepEqual([older.birthDate, older.mark], ['1949-05-01', undefined]);
  assert.deepEqual([younger.mark, twin.mark, numbered.mark], ['2', '3', 'MRN 17']);
  assert.deepEqual(
    [numbered, younger, older].sort(byName).map(({ id }) => id),
    ['1', '2', '4'],
    'an order that does not depend on who answered first',
  );
  assert.deepEqual(whoAre([{ id: 'x' }]), [{ id: 'x', name: 'x', birthDate: undefined, simulated: false }]);
});

// Clinician finding 10
test('a birth date may be typed in several ways, with a part of the name or without it', () => {
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
    assert.ok(isMeant(who, typed, born), typed);
  for (const typed of ['olly', '1950', '2.5.1949', '1949-05-02', 'holly 1950', 'karim x', '9'])
    assert.ok(!isMeant(who, typed, born), typed);
  assert.ok(!isMeant(whoAre([patient('1', 'Holly')])[0], '1949'), 'somebody whose birth date is not known');
});

test('figures that are typed are the days that they may mean', () => {
  assert.deepEqual(datesMeant('1949-05-01'), ['1949-05-01']);
  assert.deepEqual(datesMeant('19490501'), ['1949-05-01']);
  assert.deepEqual(datesMeant('5/1/1949'), ['1949-01-05', '1949-05-01']);
  assert.deepEqual(datesMeant('31.12.1949'), ['1949-12-31']);
  assert.deepEqual(datesMeant('1949'), ['1949']);
  for (const word of ['31.13.1949', '1949-02-30', '12', 'Holly', '3000', '1.5.49'])
    assert.deepEqual(datesMeant(word), [], word);
  assert.equal(soughtBy(' Ho&lly  1.5.1949 '), '&name=Ho%26lly&birthdate=1949-05-01,1949-01-05');
  assert.equal(soughtBy(''), '');
});

test('the next visit is the first that is not over and that takes place', () => {
  const at = (id, start, status = 'booked') => ({
    status,
    start: `2026-03-${start}T09:00:00Z`,
    end: `2026-03-${start}T09:30:00Z`,
    participant: [{ actor: { reference: `Patient/${id}` } }],
  });
  const next = nextVisits(
    [at('a', '20'), at('a', '12'), at('a', '05'), at('b', '11', 'cancelled'), { status: 'booked' }],
    Date.parse('2026-03-10T00:00:00Z'),
  );
  assert.deepEqual([...next], [['a', Date.parse('2026-03-12T09:00:00Z')]]);
});

// Clinician finding 26
test('a new appointment is proposed in working hours', () => {
  const hours = [
    { weekday: 1, from: 14 * 60, to: 18 * 60 },
    { weekday: 3, from: 8 * 60, to: 12 * 60 },
  ];
  const now = { day: '2026-11-22', minute: 12 * 60 };
  assert.deepEqual(
    firstOpen({ hours, off: [] }, '2026-11-29', now),
    { day: '2026-12-01', minute: 14 * 60 },
    'a Sunday after turning a week',
  );
  assert.deepEqual(firstOpen({ hours, off: [{ from: '2026-11-30', to: '2026-12-02' }] }, '2026-11-29', now), {
    day: '2026-12-03',
    minute: 8 * 60,
  });
  assert.deepEqual(
    firstOpen({ hours: [], off: [] }, '2026-11-22', now),
    { day: '2026-11-23', minute: 9 * 60 },
    'without hours: a weekday',
  );
  const tuesday = { day: '2026-11-24', minute: 15 * 60 + 10 };
  assert.deepEqual(firstOpen({ hours, off: [] }, '2026-11-24', tuesday), { day: '2026-11-24', minute: 16 * 60 });
  assert.deepEqual(
    firstOpen({ hours, off: [] }, '2026-11-10', tuesday),
    { day: '2026-11-24', minute: 16 * 60 },
    'never in the past',
  );
  assert.deepEqual(
    firstOpen({ hours, off: [] }, '2026-11-24', { day: '2026-11-24', minute: 17 * 60 + 30 }),
    { day: '2026-11-26', minute: 8 * 60 },
    'the day is over',
  );
  const off = [{ from: '2020-01-01', to: '2030-01-01' }];
  assert.deepEqual(
    firstOpen({ hours, off }, '2026-11-24', tuesday).day,
    '2026-11-24',
    'who is away for long is not looked for for ever',
  );
});

// Clinician finding 12
test("the words of questions come from the questionnaire, in the reader's language", () => {
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
  const items = [
    {
      linkId: 'group',
      type: 'group',
      item: [{ linkId: 'sleep', type: 'choice', text: 'How did you sleep?', _text: translated }],
    },
    { linkId: 'mute', type: 'boolean' },
  ];
  assert.deepEqual([...questionsIn(items, 'de')], [['sleep', 'Wie haben Sie geschlafen?']]);
  assert.deepEqual([...questionsIn(items, 'es')], [['sleep', 'How did you sleep?']]);
  assert.deepEqual([...questionsIn(undefined, 'en')], []);
  // A coded answer need not repeat the words of its option either.
  const options = [
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
  assert.deepEqual(
    ['b', 'w', 'x', undefined].map((code) => optionWords(options, 'en')('sleep', code)),
    ['Badly', undefined, undefined, undefined],
  );
});
