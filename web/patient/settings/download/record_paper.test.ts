// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { speechOfKeys } from '../../../paper/speech_of_keys.ts';
import { recordPaper, type RecordSpeech } from './record_paper.ts';

const speech: RecordSpeech = {
  ...speechOfKeys,
  amount: (value, code, measure, uncertainty) => [value, code, measure, uncertainty].join(' '),
};

const made = (resources: object[], more: object = {}) =>
  recordPaper({
    resources: resources as never,
    questionnaires: [],
    programme: undefined,
    speech,
    ...more,
  });
const section = (title: string, ...rest: Parameters<typeof made>) =>
  made(...rest).find((one) => one.title.startsWith(title));

const set = (id: string, day: string) => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  code: { text: 'Squat' },
  instantiatesCanonical: ['urn:reprise:exercise:squat|1'],
  performedPeriod: { start: `${day}T10:00:00` },
});
const of = (id: string, code: string, more: object) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'urn:reprise:observation', code }] },
  partOf: [{ reference: `Procedure/${id}` }],
  ...more,
});
const part = (name: string, value: number) => ({
  code: { coding: [{ system: 'urn:reprise:observation', code: name }] },
  valueQuantity: { value },
});

describe('the summary of a record', () => {
  it('says where the record has nothing', () => {
    const titles = made([]).filter(({ texts }) => texts.includes('paper.record.none'));
    expect(titles.map(({ title }) => title)).toStrictEqual(
      ['conditions', 'programme', 'done', 'pain', 'messages'].map((name) => `paper.record.${name}`),
    );
  });

  it('has each exercise once, with its newest range and error, and no change', () => {
    const range = (id: string, value: number) =>
      of(id, 'best-range', {
        code: {
          coding: [
            { system: 'urn:reprise:observation', code: 'best-range' },
            { system: 'urn:reprise:measure', code: 'knee_flexion' },
          ],
        },
        valueQuantity: { value, code: 'deg' },
        component: [part('from', 0), part('uncertainty', 6)],
      });
    const { table } = section('paper.record.done', [
      set('a', '2026-03-01'),
      set('b', '2026-03-04'),
      of('a', 'repetitions', { valueInteger: 10 }),
      of('b', 'repetitions', { valueInteger: 8 }),
      range('a', 80),
      range('b', 91),
    ]);
    expect(table.rows).toStrictEqual([
      ['Squat', '2026-03-01 – 2026-03-04', '2', '2', '18', '91 deg knee_flexion 6, 2026-03-04'],
    ]);
  });

  it('says that a range was not measured, and leaves out entries made in error', () => {
    const { table } = section('paper.record.done', [
      set('a', '2026-03-01'),
      { ...set('b', '2026-03-02'), status: 'entered-in-error' },
    ]);
    expect(table.rows.map((row) => row.slice(2))).toStrictEqual([['1', '1', '0', 'paper.record.notMeasured']]);
  });

  it('prints the newest answers with the questionnaire’s own words, and counts the others', () => {
    const response = (authored: string, value: boolean) => ({
      resourceType: 'QuestionnaireResponse',
      id: authored,
      status: 'completed',
      questionnaire: 'urn:q|1',
      authored,
      item: [{ linkId: 'a', answer: [{ valueBoolean: value }] }],
    });
    const asked = { url: 'urn:q', version: '1', title: 'Warning signs', item: [{ linkId: 'a', text: 'Swollen?' }] };
    const { title, texts, table } = section(
      'paper.record.answers',
      [response('2026-03-01T10:00:00', false), response('2026-03-08T10:00:00', true)],
      { questionnaires: [asked] },
    );
    expect(title).toBe('paper.record.answers Warning signs 2026-03-08');
    expect(texts).toStrictEqual(['paper.record.answersMore 1']);
    expect(table.rows).toStrictEqual([['Swollen?', 'yes']]);
  });

  it('names who wrote, and what holds of the consents', () => {
    const paper = [
      { resourceType: 'Practitioner', id: 'p', name: [{ text: 'Kim' }] },
      {
        resourceType: 'Communication',
        id: 'm',
        status: 'completed',
        sent: '2026-03-01T10:00:00',
        sender: { reference: 'Practitioner/p' },
        payload: [{ contentString: 'Well done.' }],
      },
      {
        resourceType: 'Consent',
        id: 'c',
        status: 'active',
        dateTime: '2026-03-01T10:00:00',
        category: [{ coding: [{ system: 'urn:reprise:consent', code: 'app-use' }] }],
        provision: { type: 'permit' },
      },
    ];
    expect(section('paper.record.messages', paper).table.rows).toStrictEqual([
      ['2026-03-01T10:00:00', 'Kim', 'Well done.'],
    ]);
    expect(section('paper.record.consents', paper).table.rows.map((row) => row[1])).toStrictEqual(
      ['yes', 'unasked', 'unasked', 'unasked'].map((state) => `paper.consent.${state}`),
    );
  });
});
