// SPDX-License-Identifier: Apache-2.0
// A clinic's own questionnaires: which can be shown, the items shown, the problems in answers, and the response stored.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unsupported } from './support.ts';
import { shownIn, problemsIn, valuesOf, initialAnswers } from './logic.ts';
import { responseOf, onceBundle } from './response.ts';

const folder = new URL('../../../catalog/questionnaires/', import.meta.url);
const shipped = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
const week = shipped.find(({ name }) => name === 'HowWasYourWeek');
const of = (...item): any => ({
  resourceType: 'Questionnaire',
  url: 'http://clinic.example/a',
  version: '2',
  status: 'active',
  item,
});
const limit = (name, value): any => ({ url: `http://hl7.org/fhir/StructureDefinition/${name}`, valueInteger: value });
const coding = (code): any => ({ valueCoding: { system: 's', code } });
const shown = (items, answers): any => [...shownIn(items, answers)];

describe('questionnaire', () => {
  it('every questionnaire of the catalog can be shown', () => {
    expect(shipped.length).toBe(6);
    for (const one of shipped) expect(unsupported(one), one.name).toBe(undefined);
  });

  it('what cannot be shown whole is not shown', () => {
    const question: any = { linkId: 'a', type: 'string' };
    const choice: any = { linkId: 'c', type: 'choice', answerOption: [coding('x')] };
    const when = (more): any => ({
      linkId: 'b',
      type: 'string',
      enableWhen: [{ question: 'a', operator: '=', answerString: 'x', ...more }],
    });
    expect(unsupported(of(question, choice, when({})))).toBe(undefined);
    const cases: any = {
      status: { ...of(question), status: 'draft' },
      extension: [
        {
          ...question,
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }],
        },
        { ...question, modifierExtension: [] },
      ],
      type: [
        { linkId: 'a', type: 'attachment' },
        { linkId: 'a', type: 'group', item: [{ linkId: 'b', type: 'quantity' }] },
      ],
      options: [
        { linkId: 'c', type: 'choice' },
        { ...choice, answerValueSet: 'http://v' },
        { ...choice, answerOption: [{ valueReference: {} }] },
        { ...question, answerOption: [coding('x')] },
      ],
      repeats: [
        { ...question, repeats: true },
        { linkId: 'g', type: 'group', repeats: true, item: [question] },
      ],
      initial: [
        { ...question, initial: [{ valueInteger: 1 }] },
        { ...question, initial: [{ valueString: 'a' }, { valueString: 'b' }] },
      ],
      'read-only': [{ ...question, readOnly: true }],
    };
    for (const [why, some] of Object.entries(cases))
      for (const one of [some].flat() as any[])
        expect(unsupported(one.resourceType ? one : of(one)), JSON.stringify(one)).toBe(why);
    for (const more of [{ operator: 'in' }, { question: 'nowhere' }, { answerQuantity: {} }, { operator: 'exists' }])
      expect(unsupported(of(question, when(more)))).toBe('condition');
    expect(unsupported(of(question, question))).toBe('link-id');
    expect(unsupported(of())).toBe('empty');
  });

  it('questions come and go with the answers that they depend on', () => {
    const items = [
      { linkId: 'a', type: 'boolean' },
      { linkId: 'b', type: 'integer', enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] },
      { linkId: 'c', type: 'string', enableWhen: [{ question: 'b', operator: '>', answerInteger: 3 }] },
      {
        linkId: 'd',
        type: 'group',
        enableWhen: [
          { question: 'a', operator: 'exists', answerBoolean: false },
          { question: 'b', operator: '=', answerInteger: 5 },
        ],
        enableBehavior: 'any',
        item: [{ linkId: 'e', type: 'string', item: [{ linkId: 'f', type: 'string' }] }],
      },
      { linkId: 'g', type: 'string', enableWhen: [{ question: 'h', operator: 'exists', answerBoolean: true }] },
      { linkId: 'h', type: 'string', enableWhen: [{ question: 'g', operator: 'exists', answerBoolean: true }] },
    ];
    expect(shown(items, {})).toStrictEqual(['a', 'd', 'e']);
    expect(shown(items, { a: { valueBoolean: true } })).toStrictEqual(['a', 'b']);
    expect(shown(items, { a: { valueBoolean: true }, b: { valueInteger: 5 } })).toStrictEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    // An answer to a question that is no longer shown counts as none.
    expect(shown(items, { a: { valueBoolean: false }, b: { valueInteger: 5 } })).toStrictEqual(['a']);
    expect(shown(items, { e: { valueString: 'x' } })).toStrictEqual(['a', 'd', 'e', 'f']);
    // Those that wait for each other.
    expect(
      shown(items, { g: { valueString: 'x' }, h: { valueString: 'x' }, a: { valueBoolean: false } }),
    ).toStrictEqual(['a']);
    const many = [
      { linkId: 'c', type: 'choice', repeats: true },
      { linkId: 'x', type: 'string', enableWhen: [{ question: 'c', operator: '=', answerCoding: { code: 'p' } }] },
    ];
    expect(shown(many, { c: [coding('o'), coding('p')] })).toStrictEqual(['c', 'x']);
    expect(shown(many, { c: [coding('o')] })).toStrictEqual(['c']);
  });

  it('names missing and wrong answers to the items shown', () => {
    const items: any = [
      { linkId: 'whole', type: 'integer', required: true, extension: [limit('minValue', 1), limit('maxValue', 300)] },
      { linkId: 'words', type: 'string', maxLength: 5 },
      {
        linkId: 'day',
        type: 'date',
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueDate: '2026-01-01' }],
      },
      { linkId: 'group', type: 'group', required: true, item: [{ linkId: 'inner', type: 'string', required: true }] },
      {
        linkId: 'hidden',
        type: 'string',
        required: true,
        enableWhen: [{ question: 'words', operator: '=', answerString: 'show' }],
      },
    ];
    expect(problemsIn(items, {})).toStrictEqual({ whole: 'missing', inner: 'missing' });
    const right = { whole: { valueInteger: 3 }, inner: { valueString: 'x' } };
    expect(problemsIn(items, right)).toStrictEqual({});
    expect(problemsIn(items, { ...right, whole: { unread: '3a' } })).toStrictEqual({ whole: 'whole' });
    expect(problemsIn(items, { ...right, whole: { valueInteger: 0 } })).toStrictEqual({ whole: 'least' });
    expect(problemsIn(items, { ...right, whole: { valueInteger: 301 } })).toStrictEqual({ whole: 'most' });
    expect(problemsIn(items, { ...right, words: { valueString: 'longer' } })).toStrictEqual({ words: 'long' });
    expect(problemsIn(items, { ...right, words: { valueString: 'show' } })).toStrictEqual({ hidden: 'missing' });
    expect(problemsIn(items, { ...right, inner: { valueString: ' ' } })).toStrictEqual({ inner: 'missing' });
    expect(problemsIn(items, { ...right, day: { valueDate: '2025-12-31' } })).toStrictEqual({ day: 'least' });
    expect(problemsIn(items, { ...right, day: { unread: '' } })).toStrictEqual({ day: 'date' });
  });

  it('what stands in it at first is an answer', () => {
    const items: any = [
      { linkId: 'a', type: 'integer', initial: [{ valueInteger: 4 }] },
      {
        linkId: 'c',
        type: 'choice',
        repeats: true,
        answerOption: [{ ...coding('x'), initialSelected: true }, coding('y')],
      },
    ];
    expect(unsupported(of(...items))).toBe(undefined);
    expect(initialAnswers(items)).toStrictEqual({ a: { valueInteger: 4 }, c: [coding('x')] });
    expect(valuesOf(items, initialAnswers(items))).toStrictEqual({ a: 4, c: 'x' });
  });

  it('the response contains the items shown, in their groups and once', () => {
    const questionnaire = of(
      { linkId: 'read', type: 'display', text: 'Read this' },
      {
        linkId: 'g',
        type: 'group',
        text: 'Group',
        item: [
          { linkId: 'a', type: 'choice', text: 'A', repeats: true, answerOption: [coding('x'), coding('y')] },
          { linkId: 'b', type: 'string', text: 'B', item: [{ linkId: 'b1', type: 'boolean' }] },
        ],
      },
      { linkId: 'empty', type: 'group', item: [{ linkId: 'none', type: 'string' }] },
      { linkId: 'gone', type: 'string', enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: false }] },
    );
    const answers = {
      a: [{ valueCoding: { ...coding('x').valueCoding, display: 'X', _display: {} } }, coding('y')],
      b: { valueString: ' words\u0007 \n' },
      b1: { valueBoolean: false },
      gone: { valueString: 'x' },
      none: { valueString: '  ' },
    };
    const response = responseOf({
      id: 'id',
      questionnaire,
      answers,
      patient: 'p',
      programme: 'c',
      simulated: true,
      authored: '2026-03-02T10:00:00Z',
      language: 'en',
    });
    expect(response.item).toStrictEqual([
      {
        linkId: 'g',
        text: 'Group',
        item: [
          { linkId: 'a', text: 'A', answer: [{ valueCoding: { system: 's', code: 'x', display: 'X' } }, coding('y')] },
          {
            linkId: 'b',
            text: 'B',
            answer: [{ valueString: 'words', item: [{ linkId: 'b1', answer: [{ valueBoolean: false }] }] }],
          },
        ],
      },
    ]);
    expect(response.questionnaire).toBe('http://clinic.example/a|2');
    expect(response.meta.tag[0].code).toBe('simulated');
    const bundle = JSON.parse(onceBundle('id', response));
    expect(bundle.entry[0].request.ifNoneExist).toBe('identifier=urn:ietf:rfc:3986%7Curn:uuid:id');
    expect(bundle.entry[0].resource.identifier).toStrictEqual({ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:id' });
    const nothing = responseOf({
      id: 'id',
      questionnaire,
      answers: {},
      patient: 'p',
      programme: 'c',
      simulated: false,
      authored: '',
      language: 'en',
    });
    expect('item' in nothing).toBe(false);
    expect('meta' in nothing).toBe(false);
  });

  it('the demonstration’s own asks why only where it matters', () => {
    const { item } = week;
    const badly = item
      .find(({ linkId }) => linkId === 'week-sleep')
      .answerOption.find(({ valueCoding }) => valueCoding.code === 'badly');
    expect(!shown(item, {}).includes('week-sleep-why')).toBe(true);
    expect(shown(item, { 'week-sleep': badly }).includes('week-sleep-why')).toBe(true);
    expect(Object.keys(problemsIn(item, { 'week-hard': { valueBoolean: true } }))).toStrictEqual([
      'week-sleep',
      'week-confidence',
      'week-hard-which',
    ]);
  });
});
