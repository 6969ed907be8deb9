// SPDX-License-Identifier: Apache-2.0
// Sample values for the components: made up, of no real person.
import type { QuestionnaireItem } from 'fhir/r4';
import type { FunctionScore } from 'reprise-engine';
import type { EmergencyAccess, Enrolment, OpenSession } from '../data/api.ts';
import type { ListedCarer } from '../data/carers.ts';
import type { Reaction } from '../data/message_reactions.ts';
import type { Who } from '../fhir/people.ts';

const DAY_MS = 24 * 3600_000;
const NOW = new Date().setUTCHours(10, 0, 0, 0);
const at = (days: number) => new Date(NOW + days * DAY_MS).toISOString();
const dayAt = (days: number) => at(days).slice(0, 10);

/** A word that has no place to break. */
export const LONG_WORD = 'Schultergelenkbeweglichkeitsuntersuchungsergebnisse';
export const LONG_TEXT = Array.from({ length: 2 }, () => `${LONG_WORD} 0123456789`).join(' ');

export const PEOPLE: readonly Who[] = [
  { id: 'a', name: 'Robin Sample', birthDate: '1961-04-03', simulated: true },
  { id: 'b', name: `Kim ${LONG_WORD}`, birthDate: undefined, simulated: true, mark: '0007' },
];

export const SESSIONS: { sessions: OpenSession[] } = {
  sessions: [
    {
      id: '1',
      current: true,
      createdAt: at(-1),
      seenAt: at(0),
      endsAt: at(29),
      stays: true,
      address: '192.0.2.7',
      userAgent: 'Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0',
    },
    {
      id: '2',
      current: false,
      createdAt: at(-3),
      seenAt: at(-2),
      endsAt: at(1),
      stays: false,
      address: '2001:db8::7',
      userAgent: '',
    },
  ],
};

const access = (days: number): EmergencyAccess => ({
  patient: 'a',
  by: 'kim.sample',
  reason: 'A fall at home; the ward asked about the limits.',
  startsAt: at(days),
  endsAt: at(days + 1),
});
export const ACCESSES = { accesses: [access(0), access(-9)] };

/** A drawing in place of a code that could be scanned. */
export const ENROLMENT: Enrolment = {
  secret: 'SAMPLESAMPLESAMPLESAMPLESAMPLE22',
  uri: '',
  qr: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#fff"/><path d="M1 \
1h2v2H1zM5 1h2v2H5zM1 5h2v2H1zM4 4h1v1H4zM6 6h1v1H6zM5 5h1v1H5z"/></svg>`,
};
export const CODES = ['AB12-CD34', 'EF56-GH78', 'JK90-LM12', 'NP34-QR56'];

export const POINTS = [5, 4, 5, 3, 3, 2, 3, 2].map((value, i) => ({ day: dayAt(3 * i - 24), value }));
export const FIRST_DAY = dayAt(-30);
export const WEEKS = [0, 1].map((week) => ({
  days: Array.from({ length: 7 }, (_, i) => {
    const days = 7 * week + i - 9;
    return { day: dayAt(days), done: days < 0 && i % 2 === 0, ahead: days > 0 };
  }),
  reached: week === 0,
  running: week === 1,
}));

const limit = (name: 'minValue' | 'maxValue', valueInteger: number) => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  valueInteger,
});
/** One item of each kind that a questionnaire may have. */
export const ITEMS: readonly QuestionnaireItem[] = [
  { linkId: 'words', type: 'display', text: 'Sample: a text between questions.' },
  { linkId: 'yes', type: 'boolean', text: 'Sample: yes or no?' },
  {
    linkId: 'scale',
    type: 'integer',
    text: 'Sample: a number on a scale?',
    extension: [limit('minValue', 0), limit('maxValue', 10)],
  },
  { linkId: 'number', type: 'decimal', text: 'Sample: a number in a field?' },
  { linkId: 'date', type: 'date', text: 'Sample: a day?' },
  { linkId: 'text', type: 'text', text: 'Sample: in your own words?' },
  {
    linkId: 'choice',
    type: 'choice',
    text: 'Sample: one of these?',
    answerOption: [{ valueString: 'The first' }, { valueString: LONG_TEXT }],
  },
  {
    linkId: 'several',
    type: 'open-choice',
    repeats: true,
    text: 'Sample: which of these?',
    answerOption: [{ valueString: 'The first' }, { valueString: 'The second' }],
  },
];

export const MARKDOWN = '# Sample heading\n\nA paragraph.\n\n- one point\n- another point';

export const CARERS: readonly ListedCarer[] = [
  { id: 'c', login: 'anna', name: 'Anna Sample', relationship: 'child', hasPassword: true, since: at(-9) },
  { id: 'd', login: 'jo', name: `Jo ${LONG_WORD}`, relationship: 'friend', hasPassword: false, since: at(-1) },
];

const reaction = (recordId: string, word: Reaction['word'], by?: string): Reaction => ({
  recordId,
  about: 'message',
  word,
  sender: 'Practitioner/kim',
  by,
});
export const REACTIONS: readonly Reaction[] = [
  reaction('1', 'seen', 'Kim Sample, physiotherapist'),
  reaction('2', 'thank-you', `Jo ${LONG_WORD}`),
  reaction('3', 'well-done'),
];

const score = (
  test: FunctionScore['test'],
  values: readonly number[],
  more: Partial<FunctionScore>,
): FunctionScore => ({
  test,
  side: null,
  unit: '',
  digits: 0,
  points: values.map((value, i) => ({ at: at(7 * i - 28), value })),
  otherwise: false,
  change: null,
  ...more,
});
export const SCORES = [
  ['better', score('sit_to_stand_30', [8, 9, 12], { change: { verdict: 'better', by: 4, least: 2.5, source: 'FC2' } })],
  [
    'about the same, of one leg',
    score('single_leg_stance', [4.2, 9.8], {
      side: 'left',
      unit: 's',
      change: { verdict: 'same', by: 5.6, least: 24.1, source: 'FC5' },
    }),
  ],
  [
    'worse, and some were measured otherwise',
    score('timed_up_and_go', [10, 14.6], {
      unit: 's',
      otherwise: true,
      change: { verdict: 'worse', by: 4.6, least: 4.5, source: 'FC1' },
    }),
  ],
  [
    'not known',
    score('functional_reach', [20, 31], {
      unit: 'cm',
      change: { verdict: 'unknown', by: 11, least: null, source: null },
    }),
  ],
  ['of one day', score('walk_6_min', [412], { unit: 'm' })],
] as const;
