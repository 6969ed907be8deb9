// SPDX-License-Identifier: Apache-2.0
// Whether the pages can show a questionnaire whole. Half of one would give answers that mean something else.
import type {
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireItemEnableWhen,
} from 'fhir/r4';

const TYPES = new Set([
  'group',
  'display',
  'boolean',
  'integer',
  'decimal',
  'string',
  'text',
  'date',
  'choice',
  'open-choice',
]);
const OPERATORS = new Set(['exists', '=', '!=', '>', '<', '>=', '<=']);
const WANTED = new Set([
  'answerBoolean',
  'answerInteger',
  'answerDecimal',
  'answerDate',
  'answerString',
  'answerCoding',
]);
const OPTIONS = new Set([
  'valueCoding',
  'valueString',
  '_valueString',
  'valueInteger',
  'valueDate',
  'initialSelected',
  'id',
  'extension',
]);
const INITIAL = new Map([
  ['boolean', 'valueBoolean'],
  ['integer', 'valueInteger'],
  ['decimal', 'valueDecimal'],
  ['string', 'valueString'],
  ['text', 'valueString'],
  ['date', 'valueDate'],
  ['choice', 'valueCoding'],
  ['open-choice', 'valueCoding'],
]);
/** What an item may say in an extension without meaning something else; any other might. */
const HARMLESS = new Set(
  [
    'minValue',
    'maxValue',
    'questionnaire-itemControl',
    'questionnaire-choiceOrientation',
    'questionnaire-displayCategory',
    'questionnaire-sliderStepValue',
    'questionnaire-supportLink',
    'entryFormat',
    'ordinalValue',
    'rendering-style',
    'designNote',
    'translation',
  ].map((name) => `http://hl7.org/fhir/StructureDefinition/${name}`),
);

export type Unsupported =
  | 'status'
  | 'extension'
  | 'type'
  | 'options'
  | 'repeats'
  | 'condition'
  | 'initial'
  | 'read-only'
  | 'link-id'
  | 'empty';

const foreign = (extensions: readonly Extension[] = []) => extensions.some(({ url }) => !HARMLESS.has(url));

function wrongOption(option: QuestionnaireItemAnswerOption): boolean {
  const values = Object.keys(option).filter((name) => name.startsWith('value'));
  return values.length !== 1 || Object.keys(option).some((name) => !OPTIONS.has(name)) || foreign(option.extension);
}

function wrongCondition(when: QuestionnaireItemEnableWhen, ids: ReadonlySet<string>): boolean {
  const wanted = Object.keys(when).filter((name) => name.startsWith('answer'));
  const [name = ''] = wanted;
  const ordered = when.operator !== 'exists' && when.operator !== '=' && when.operator !== '!=';
  return (
    !OPERATORS.has(when.operator) ||
    wanted.length !== 1 ||
    !WANTED.has(name) ||
    !ids.has(when.question) ||
    (when.operator === 'exists' && name !== 'answerBoolean') ||
    (ordered && (name === 'answerBoolean' || name === 'answerCoding'))
  );
}

function wrongInitial({ type, repeats, initial = [] }: QuestionnaireItem): boolean {
  const name = INITIAL.get(type);
  return (
    (initial.length > 1 && !repeats) ||
    initial.some(
      (one) => Object.keys(one).length !== 1 || name === undefined || one[name as keyof typeof one] === undefined,
    )
  );
}

function wrongIn(item: QuestionnaireItem, ids: ReadonlySet<string>): Unsupported | undefined {
  const chooses = item.type === 'choice' || item.type === 'open-choice';
  if (item.modifierExtension || foreign(item.extension)) return 'extension';
  if (!TYPES.has(item.type)) return 'type';
  if (item.readOnly) return 'read-only';
  // Answers out of a list that stands elsewhere.
  if (
    item.answerValueSet !== undefined ||
    chooses !== (item.answerOption !== undefined && item.answerOption.length > 0)
  )
    return 'options';
  if (item.answerOption?.some(wrongOption)) return 'options';
  if (item.repeats && (!chooses || item.item)) return 'repeats';
  if (item.enableWhen?.some((when) => wrongCondition(when, ids))) return 'condition';
  if (wrongInitial(item)) return 'initial';
  return undefined;
}

const flat = (items: readonly QuestionnaireItem[]): QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...flat(item.item ?? [])]);

/** Returns why the pages cannot show a questionnaire; undefined if they can. */
export function unsupported({
  status,
  modifierExtension,
  extension,
  item: items = [],
}: Questionnaire): Unsupported | undefined {
  const every = flat(items);
  const ids = new Set(every.map(({ linkId }) => linkId));
  if (status !== 'active') return 'status';
  if (modifierExtension || foreign(extension)) return 'extension';
  if (every.length === 0) return 'empty';
  if (ids.size !== every.length || ids.has('') || every.some(({ linkId }) => typeof linkId !== 'string'))
    return 'link-id';
  for (const item of every) {
    const wrong = wrongIn(item, ids);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Whether each question is asked always, and answered with yes or no. */
export const isOfYesAndNo = ({ item = [] }: Questionnaire) =>
  item.length > 0 && item.every(({ type, enableWhen }) => type === 'boolean' && !enableWhen);
