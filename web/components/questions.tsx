// SPDX-License-Identifier: Apache-2.0
// A questionnaire's items on the screen.
import type { QuestionnaireItem } from 'fhir/r4';
import { Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { Scale } from './scale.tsx';
import { YesNo } from './yes_no.tsx';
import { MOST_LETTERS, shownIn, type Problem, type Problems } from '../fhir/questionnaire/logic.ts';
import {
  all,
  answerOf,
  isSame,
  isUnread,
  limitOf,
  optionText,
  said,
  type Answer,
  type Answers,
  type Given,
} from '../fhir/questionnaire/model.ts';

interface Props {
  items: readonly QuestionnaireItem[];
  answers: Answers;
  onAnswer: (linkId: string, given: Given | undefined) => void;
  problems: Problems;
  /** What 0 and 10 mean on a scale, where the questions themselves do not say it. */
  ends?: { least: string; most: string };
}
type QuestionProps = Omit<Props, 'items' | 'problems'> & { item: QuestionnaireItem; problem: Problem | undefined };

const MOST_STEPS = 10;

/** Returns the ends of a scale of few whole numbers; undefined: the item needs a text field. */
function scaleOf(item: QuestionnaireItem): { from: number; to: number } | undefined {
  const from = limitOf(item, 'minValue');
  const to = limitOf(item, 'maxValue');
  return typeof from === 'number' &&
    typeof to === 'number' &&
    Number.isInteger(from) &&
    Number.isInteger(to) &&
    to > from &&
    to - from <= MOST_STEPS
    ? { from, to }
    : undefined;
}

/** Returns the text for a problem in an answer; undefined if there is none. */
function useComplaint(item: QuestionnaireItem, problem: Problem | undefined): string | undefined {
  const { t } = useLanguage();
  if (!problem) return undefined;
  return t(`questions.problem.${problem}`, {
    least: String(limitOf(item, 'minValue') ?? ''),
    most: String(limitOf(item, 'maxValue') ?? ''),
    letters: item.maxLength ?? MOST_LETTERS,
  });
}

function readNumber(text: string, whole: boolean): Given | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (!(whole ? /^[-+]?\d{1,9}$/ : /^[-+]?\d{1,9}([.,]\d{1,9})?$/).test(trimmed)) return { unread: text };
  const number = Number(trimmed.replace(',', '.'));
  return whole ? { valueInteger: number } : { valueDecimal: number };
}

/** A field whose text is kept as it was typed, also while it cannot be read. */
function NumberField({ item, answers, onAnswer, problem }: QuestionProps) {
  const { language } = useLanguage();
  const given = answers[item.linkId];
  const [typed, setTyped] = useState(() =>
    isUnread(given) ? given.unread : String(Object.values(all(given)[0] ?? {})[0] ?? ''),
  );
  return (
    <TextInput
      label={said(item.text, item._text, language)}
      inputMode="decimal"
      value={typed}
      error={useComplaint(item, problem)}
      className="short"
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        onAnswer(item.linkId, readNumber(value, item.type === 'integer'));
      }}
    />
  );
}

function DateField({ item, answers, onAnswer, problem }: QuestionProps) {
  const { language } = useLanguage();
  const [answer] = all(answers[item.linkId]);
  return (
    <TextInput
      type="date"
      label={said(item.text, item._text, language)}
      defaultValue={answer && 'valueDate' in answer ? answer.valueDate : ''}
      error={useComplaint(item, problem)}
      className="short"
      onChange={({ currentTarget: { value, validity } }) =>
        onAnswer(item.linkId, value !== '' ? { valueDate: value } : validity.badInput ? { unread: '' } : undefined)
      }
    />
  );
}

function WordsField({ item, answers, onAnswer, problem }: QuestionProps) {
  const { language } = useLanguage();
  const [answer] = all(answers[item.linkId]);
  const Words = item.type === 'text' ? Textarea : TextInput;
  return (
    <Words
      label={said(item.text, item._text, language)}
      value={answer && 'valueString' in answer ? answer.valueString : ''}
      maxLength={item.maxLength ?? MOST_LETTERS}
      error={useComplaint(item, problem)}
      onChange={({ currentTarget: { value } }) =>
        onAnswer(item.linkId, value === '' ? undefined : { valueString: value })
      }
    />
  );
}

/** One of several, or several; with open-choice also words of one's own. */
function Choice({ item, answers, onAnswer, problem }: QuestionProps) {
  const { t, language } = useLanguage();
  const id = useId();
  const options = (item.answerOption ?? []).map((option) => ({
    answer: answerOf(option),
    text: optionText(option, language),
  }));
  const given = all(answers[item.linkId]);
  const isChosen = (answer: Answer) => given.some((one) => isSame(one, answer));
  const own = given.find((one) => !options.some(({ answer }) => isSame(one, answer)));
  const [opened, setOpened] = useState(own !== undefined);
  const many = item.repeats === true;
  const tell = (next: readonly Answer[]) =>
    onAnswer(item.linkId, next.length === 0 ? undefined : many ? next : next[0]);
  const choose = (answer: Answer, on: boolean) => {
    if (!many) setOpened(false);
    tell(many ? [...given.filter((one) => !isSame(one, answer)), ...(on ? [answer] : [])] : [answer]);
  };
  const others = many ? given.filter((one) => one !== own) : [];
  const open = (on: boolean) => {
    setOpened(on);
    tell(others);
  };
  const write = (text: string) => tell(text === '' ? others : [...others, { valueString: text }]);
  const complaint = useComplaint(item, problem);
  return (
    <fieldset
      className="choice"
      aria-invalid={problem !== undefined || undefined}
      aria-describedby={complaint && `${id}-wrong`}
    >
      <legend>
        {said(item.text, item._text, language)}
        {many && <span className="small"> {t('questions.several')}</span>}
      </legend>
      {options.map(({ answer, text }, i) => (
        <label key={i}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={isChosen(answer)}
            onChange={({ currentTarget: { checked } }) => choose(answer, checked)}
          />
          <span>{text}</span>
        </label>
      ))}
      {item.type === 'open-choice' && (
        <label>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={opened}
            onChange={({ currentTarget: { checked } }) => open(checked)}
          />
          <span>{t('questions.other')}</span>
        </label>
      )}
      {opened && (
        <TextInput
          mt="xs"
          aria-label={t('questions.otherWords')}
          value={own && 'valueString' in own ? own.valueString : ''}
          maxLength={MOST_LETTERS}
          onChange={({ currentTarget: { value } }) => write(value)}
        />
      )}
      {complaint && (
        <p id={`${id}-wrong`} className="wrong">
          {complaint}
        </p>
      )}
    </fieldset>
  );
}

function Question(props: QuestionProps) {
  const { language } = useLanguage();
  const { item, answers, onAnswer, problem, ends } = props;
  const text = said(item.text, item._text, language);
  const [answer] = all(answers[item.linkId]);
  const scale = item.type === 'integer' ? scaleOf(item) : undefined;
  if (scale) {
    return (
      <Scale
        label={text}
        {...scale}
        {...ends}
        invalid={problem !== undefined}
        value={answer && 'valueInteger' in answer ? answer.valueInteger : undefined}
        onValue={(valueInteger) => onAnswer(item.linkId, { valueInteger })}
      />
    );
  }
  switch (item.type) {
    case 'display':
      return <p className="text">{text}</p>;
    case 'boolean':
      return (
        <YesNo
          question={text}
          missing={problem !== undefined}
          value={answer && 'valueBoolean' in answer ? answer.valueBoolean : undefined}
          onValue={(valueBoolean) => onAnswer(item.linkId, { valueBoolean })}
        />
      );
    case 'integer':
    case 'decimal':
      return <NumberField {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'choice':
    case 'open-choice':
      return <Choice {...props} />;
    default:
      return <WordsField {...props} />;
  }
}

/** Items of kinds that `unsupported` knows. */
export function Questions({ items, shown, ...props }: Props & { shown?: ReadonlySet<string> }) {
  const { language } = useLanguage();
  const { answers, problems } = props;
  const now = shown ?? shownIn(items, answers);
  return items
    .filter(({ linkId }) => now.has(linkId))
    .map((item) => (
      <div key={item.linkId} className="question">
        {item.type === 'group' ? (
          <p className="asked">{said(item.text, item._text, language)}</p>
        ) : (
          <Question {...props} item={item} problem={problems[item.linkId]} />
        )}
        {item.item && <Questions {...props} items={item.item} shown={now} />}
      </div>
    ));
}
