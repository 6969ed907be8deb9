// A FHIR Questionnaire on the screen: yes and no, numbers from 0 to 10, choices, words, what to read; shown and hidden by enableWhen.
import { Textarea, TextInput } from '@mantine/core';
import { useLanguage, type Language } from '../source/language.tsx';
import { Scale } from './scale.tsx';
import { YesNo } from './yes_no.tsx';

interface Extension { url: string; valueCode?: string; valueString?: string; valueInteger?: number; extension?: Extension[] }
interface Coding { system?: string; code?: string; display?: string; _display?: { extension?: Extension[] } }
type Answer = { valueBoolean: boolean } | { valueInteger: number } | { valueDecimal: number } | { valueString: string } | { valueCoding: Coding };

export interface Item {
  linkId: string;
  type: string;
  text?: string;
  _text?: { extension?: Extension[] };
  required?: boolean;
  answerOption?: { valueCoding?: Coding }[];
  enableWhen?: { question: string; operator: string; answerBoolean?: boolean; answerInteger?: number }[];
  enableBehavior?: 'all' | 'any';
  extension?: Extension[];
  item?: Item[];
}

export interface Questionnaire { resourceType: 'Questionnaire'; url: string; version?: string; title?: string; _title?: { extension?: Extension[] }; item?: Item[] }
export type Answers = Readonly<Record<string, Answer | undefined>>;

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** A text in the reader's language, where the questionnaire has it. */
export function said(text: string | undefined, beside: { extension?: Extension[] } | undefined, language: Language): string {
  const translation = beside?.extension?.find(({ url, extension }) =>
    url === TRANSLATION && extension?.some(({ url: part, valueCode }) => part === 'lang' && valueCode?.startsWith(language)));
  return translation?.extension?.find(({ url }) => url === 'content')?.valueString ?? text ?? '';
}

function holds({ operator, ...when }: NonNullable<Item['enableWhen']>[number], given: Answer | undefined): boolean {
  if (operator === 'exists') return (given !== undefined) === (when.answerBoolean ?? true);
  if (!given) return false;
  const value = Object.values(given)[0] as unknown;
  const wanted = when.answerBoolean ?? when.answerInteger;
  switch (operator) {
    case '=': return value === wanted;
    case '!=': return value !== wanted;
    case '>': return Number(value) > Number(wanted);
    case '<': return Number(value) < Number(wanted);
    case '>=': return Number(value) >= Number(wanted);
    case '<=': return Number(value) <= Number(wanted);
    default: return true;
  }
}

export function isShown(item: Item, answers: Answers): boolean {
  if (!item.enableWhen?.length) return true;
  const each = item.enableWhen.map((when) => holds(when, answers[when.question]));
  return item.enableBehavior === 'any' ? each.some(Boolean) : each.every(Boolean);
}

/** The shown questions that are required and have no answer. */
export function unanswered(items: readonly Item[], answers: Answers): string[] {
  return items.filter((item) => isShown(item, answers)).flatMap((item) => [
    ...(item.required && item.type !== 'group' && !answers[item.linkId] ? [item.linkId] : []),
    ...unanswered(item.item ?? [], answers),
  ]);
}

/** By linkId. */
export type Values = Readonly<Record<string, boolean | number | string>>;

/** The answers to what is shown; a choice by its code. */
export function valuesOf(items: readonly Item[], answers: Answers): Values {
  return Object.fromEntries(items.filter((item) => isShown(item, answers)).flatMap((item) => {
    const answer = answers[item.linkId];
    const value = answer && ('valueCoding' in answer ? answer.valueCoding.code : Object.values(answer)[0] as boolean | number | string);
    return [...(value === undefined ? [] : [[item.linkId, value]]), ...Object.entries(valuesOf(item.item ?? [], answers))];
  }));
}

interface Props { items: readonly Item[]; answers: Answers; onAnswer: (linkId: string, answer: Answer | undefined) => void; missing: readonly string[] }

function Question({ item, answers, onAnswer, missing }: Omit<Props, 'items'> & { item: Item }) {
  const { t, language } = useLanguage();
  const text = said(item.text, item._text, language);
  const given = answers[item.linkId];
  const isMissing = missing.includes(item.linkId);
  switch (item.type) {
    case 'display': return <p>{text}</p>;
    case 'boolean':
      return <YesNo question={text} missing={isMissing} value={given && 'valueBoolean' in given ? given.valueBoolean : undefined}
        onValue={(valueBoolean) => onAnswer(item.linkId, { valueBoolean })} />;
    case 'integer':
      return <Scale label={text} least={t('scale.least')} most={t('scale.most')} invalid={isMissing}
        value={given && 'valueInteger' in given ? given.valueInteger : undefined} onValue={(valueInteger) => onAnswer(item.linkId, { valueInteger })} />;
    case 'choice':
      return (
        <fieldset className="choice" aria-invalid={isMissing || undefined}>
          <legend>{text}</legend>
          {item.answerOption?.map(({ valueCoding = {} }) => (
            <label key={valueCoding.code}>
              <input type="radio" name={item.linkId} checked={given !== undefined && 'valueCoding' in given && given.valueCoding.code === valueCoding.code}
                onChange={() => onAnswer(item.linkId, { valueCoding })} />
              <span>{said(valueCoding.display, valueCoding._display, language)}</span>
            </label>
          ))}
        </fieldset>
      );
    case 'text':
    case 'string': {
      const Words = item.type === 'text' ? Textarea : TextInput;
      return <Words label={text} value={given && 'valueString' in given ? given.valueString : ''} maxLength={2000}
        onChange={(event) => onAnswer(item.linkId, event.currentTarget.value === '' ? undefined : { valueString: event.currentTarget.value })} />;
    }
    default: return null;
  }
}

export function Questions({ items, answers, onAnswer, missing }: Props) {
  const { language } = useLanguage();
  return items.filter((item) => isShown(item, answers)).map((item) => (
    <div key={item.linkId} className="question">
      {item.type === 'group'
        ? <p className="asked">{said(item.text, item._text, language)}</p>
        : <Question item={item} answers={answers} onAnswer={onAnswer} missing={missing} />}
      {item.item && <Questions items={item.item} answers={answers} onAnswer={onAnswer} missing={missing} />}
    </div>
  ));
}
