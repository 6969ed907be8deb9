// A clinic's own questionnaires: which can be shown, what is asked, what is wrong with answers, and what the record
// gets.
//
//   node --test tests/web/questionnaire.mjs

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { unsupported } = await load('fhir/questionnaire/support.ts');
const { shownIn, problemsIn, valuesOf, initialAnswers } = await load('fhir/questionnaire/logic.ts');
const { responseOf, onceBundle } = await load('fhir/questionnaire/response.ts');

const folder = new URL('../../catalog/questionnaires/', import.meta.url);
const shipped = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
const week = shipped.find(({ name }) => name === 'HowWasYourWeek');
const of = (...item) => ({
  resourceType: 'Questionnaire',
  url: 'http://clinic.example/a',
  version: '2',
  status: 'active',
  item,
});
const limit = (name, value) => ({ url: `http://hl7.org/fhir/StructureDefinition/${name}`, valueInteger: value });
const coding = (code) => ({ valueCoding: { system: 's', code } });
const shown = (items, answers) => [...shownIn(items, answers)];

test('every questionnaire of the catalog can be shown', () => {
  assert.equal(shipped.length, 5);
  for (const one of shipped) assert.equal(unsupported(one), undefined, one.name);
});

test('what cannot be shown whole is not shown', () => {
  const question = { linkId: 'a', type: 'string' };
  const choice = { linkId: 'c', type: 'choice', answerOption: [coding('x')] };
  const when = (more) => ({
    linkId: 'b',
    type: 'string',
    enableWhen: [{ question: 'a', operator: '=', answerString: 'x', ...more }],
  });
  assert.equal(unsupported(of(question, choice, when({}))), undefined);
  const cases = {
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
    for (const one of [some].flat())
      assert.equal(unsupported(one.resourceType ? one : of(one)), why, JSON.stringify(one));
  for (const more of [{ operator: 'in' }, { question: 'nowhere' }, { answerQuantity: {} }, { operator: 'exists' }])
    assert.equal(unsupported(of(question, when(more))), 'condition');
  assert.equal(unsupported(of(question, question)), 'link-id');
  assert.equal(unsupported(of()), 'empty');
});

test('questions come and go with the answers that they depend on', () => {
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
  assert.deepEqual(shown(items, {}), ['a', 'd', 'e']);
  assert.deepEqual(shown(items, { a: { valueBoolean: true } }), ['a', 'b']);
  assert.deepEqual(shown(items, { a: { valueBoolean: true }, b: { valueInteger: 5 } }), ['a', 'b', 'c', 'd', 'e']);
  // An answer to what is not shown any more counts as none.
  assert.deepEqual(shown(items, { a: { valueBoolean: false }, b: { valueInteger: 5 } }), ['a']);
  assert.deepEqual(shown(items, { e: { valueString: 'x' } }), ['a', 'd', 'e', 'f']);
  // Those that wait for each other.
  assert.deepEqual(shown(items, { g: { valueString: 'x' }, h: { valueString: 'x' }, a: { valueBoolean: false } }), [
    'a',
  ]);
  const many = [
    { linkId: 'c', type: 'choice', repeats: true },
    { linkId: 'x', type: 'string', enableWhen: [{ question: 'c', operator: '=', answerCoding: { code: 'p' } }] },
  ];
  assert.deepEqual(shown(many, { c: [coding('o'), coding('p')] }), ['c', 'x']);
  assert.deepEqual(shown(many, { c: [coding('o')] }), ['c']);
});

test('what is missing or wrong is named, where it is shown', () => {
  const items = [
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
  assert.deepEqual(problemsIn(items, {}), { whole: 'missing', inner: 'missing' });
  const right = { whole: { valueInteger: 3 }, inner: { valueString: 'x' } };
  assert.deepEqual(problemsIn(items, right), {});
  assert.deepEqual(problemsIn(items, { ...right, whole: { unread: '3a' } }), { whole: 'whole' });
  assert.deepEqual(problemsIn(items, { ...right, whole: { valueInteger: 0 } }), { whole: 'least' });
  assert.deepEqual(problemsIn(items, { ...right, whole: { valueInteger: 301 } }), { whole: 'most' });
  assert.deepEqual(problemsIn(items, { ...right, words: { valueString: 'longer' } }), { words: 'long' });
  assert.deepEqual(problemsIn(items, { ...right, words: { valueString: 'show' } }), { hidden: 'missing' });
  assert.deepEqual(problemsIn(items, { ...right, inner: { valueString: ' ' } }), { inner: 'missing' });
  assert.deepEqual(problemsIn(items, { ...right, day: { valueDate: '2025-12-31' } }), { day: 'least' });
  assert.deepEqual(problemsIn(items, { ...right, day: { unread: '' } }), { day: 'date' });
});

test('what stands in it at first is an answer', () => {
  const items = [
    { linkId: 'a', type: 'integer', initial: [{ valueInteger: 4 }] },
    {
      linkId: 'c',
      type: 'choice',
      repeats: true,
      answerOption: [{ ...coding('x'), initialSelected: true }, coding('y')],
    },
  ];
  assert.equal(unsupported(of(...items)), undefined);
  assert.deepEqual(initialAnswers(items), { a: { valueInteger: 4 }, c: [coding('x')] });
  assert.deepEqual(valuesOf(items, initialAnswers(items)), { a: 4, c: 'x' });
});

test('the record gets what was shown, in its groups and once', () => {
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
  assert.deepEqual(response.item, [
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
  assert.equal(response.questionnaire, 'http://clinic.example/a|2');
  assert.equal(response.meta.tag[0].code, 'simulated');
  const bundle = JSON.parse(onceBundle('id', response));
  assert.equal(bundle.entry[0].request.ifNoneExist, 'identifier=urn:ietf:rfc:3986%7Curn:uuid:id');
  assert.deepEqual(bundle.entry[0].resource.identifier, { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:id' });
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
  assert.equal('item' in nothing, false);
  assert.equal('meta' in nothing, false);
});

test('the demonstration’s own asks why only where it matters', () => {
  const { item } = week;
  const badly = item
    .find(({ linkId }) => linkId === 'week-sleep')
    .answerOption.find(({ valueCoding }) => valueCoding.code === 'badly');
  assert.ok(!shown(item, {}).includes('week-sleep-why'));
  assert.ok(shown(item, { 'week-sleep': badly }).includes('week-sleep-why'));
  assert.deepEqual(Object.keys(problemsIn(item, { 'week-hard': { valueBoolean: true } })), [
    'week-sleep',
    'week-confidence',
    'week-hard-which',
  ]);
});
