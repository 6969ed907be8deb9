// SPDX-License-Identifier: Apache-2.0
import type { Practitioner } from 'fhir/r4';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Confirm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { History } from '../../clinical/chart/load.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words as ChartWords } from '../../clinical/chart/words.ts';
import { Conflict } from './conflict.tsx';
import { appendsTo, isEmpty, loosened, partsOf, evidenceStanding, type Part, type Words } from './note.ts';
import { Picker, useChoices, type Choice } from './picker.tsx';
import { SignDialog } from './sign_dialog.tsx';
import type { Begun, useNote } from './use_note.ts';

const MOST_LETTERS = 20_000;

interface FieldProps {
  part: Part;
  words: Words;
  readOnly: boolean;
  onWords: (words: Words) => void;
  onInsert: (part: Part, at: number, replaced: number) => void;
  onLeave: () => void;
  field: (part: Part, element: HTMLTextAreaElement | null) => void;
}

function PartField({ part, words, readOnly, onWords, onInsert, onLeave, field }: FieldProps) {
  const { t, counted } = useLanguage();
  const text = words.parts[part] ?? '';
  const linked = evidenceStanding(words, part).length;
  const insert = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart: at, selectionEnd } = event.currentTarget;
    const byLetter = event.altKey && event.code === 'KeyM';
    // A slash opens the picker at the start of a line only, so that "3/10" can be typed.
    const bySlash = event.key === '/' && at === selectionEnd && /(^|\n)$/.test(text.slice(0, at));
    if (!byLetter && !bySlash) return;
    event.preventDefault();
    onInsert(part, at, selectionEnd - at);
  };
  return (
    <div className="note-part">
      <Textarea
        ref={(element) => field(part, element)}
        label={t(`notes.part.${part}`)}
        description={linked > 0 ? counted('notes.evidence', linked) : undefined}
        autosize
        minRows={3}
        maxRows={24}
        maxLength={MOST_LETTERS}
        value={text}
        readOnly={readOnly}
        aria-keyshortcuts="Alt+M"
        onKeyDown={insert}
        onBlur={onLeave}
        onChange={(event) => onWords({ ...words, parts: { ...words.parts, [part]: event.currentTarget.value } })}
      />
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={readOnly}
        onClick={() => onInsert(part, text.length, 0)}
        aria-label={t('notes.insert.into', { part: t(`notes.part.${part}`) })}
      >
        {t('notes.insert')}
      </Button>
    </div>
  );
}

interface Props {
  chart: Chart;
  history: History;
  chartWords: ChartWords;
  begun: Begun;
  desk: ReturnType<typeof useNote>;
  people: readonly Practitioner[];
  own: { person: string; name: string };
  /** The time of the last signed note, in milliseconds. */
  since: number | undefined;
  onDiscard: () => Promise<void>;
  onAddendum: (words: Words) => void;
}

/** Edits a draft. */
export function Editor({ chart, history, chartWords, begun, desk, people, own, since, onDiscard, onAddendum }: Props) {
  const { t } = useLanguage();
  const { words, write, standing, failure, conflict, resolve, save, sign } = desk;
  const [picking, setPicking] = useState<{ part: Part; at: number; replaced: number }>();
  const [dialog, setDialog] = useState<'sign' | 'discard'>();
  const [empty, setEmpty] = useState(false);
  /** The author's text, if the record's was chosen instead. */
  const [aside, setAside] = useState<Words>();
  const fields = useRef(new Map<Part, HTMLTextAreaElement>());
  const from = Math.max(chart.from, since ?? chart.from);
  const choices = useChoices(chart, history, chartWords, from);
  const appends = appendsTo(begun.note);
  const loose = loosened(words);
  const isAuthor = begun.note.author?.some(({ reference }) => reference === `Practitioner/${own.person}`) ?? false;

  const insert = ({ text: inserted, evidence }: Choice) => {
    if (!picking) return;
    const { part, at, replaced } = picking;
    const text = words.parts[part] ?? '';
    const before = text.slice(0, at);
    // The inserted text gets a line of its own.
    const line = `${before === '' || before.endsWith('\n') ? '' : '\n'}${inserted}\n`;
    const next = before + line + text.slice(at + replaced).replace(/^\n/, '');
    write({ ...words, parts: { ...words.parts, [part]: next }, evidence: [...words.evidence, ...evidence] });
    setPicking(undefined);
    const end = before.length + line.length;
    // The timeout runs after the dialog has returned the focus.
    setTimeout(() => {
      const element = fields.current.get(part);
      element?.focus();
      element?.setSelectionRange(end, end);
    }, 0);
  };
  const close = () => setPicking(undefined);
  return (
    <Section title={t(appends === undefined ? 'notes.edit' : 'notes.edit.addendum')}>
      {conflict && (
        <Conflict
          mine={words}
          there={conflict}
          people={people}
          onAddendum={onAddendum}
          resolve={(next, put) => {
            setAside(put ? words : undefined);
            resolve(next);
          }}
        />
      )}
      <div role="status">
        {aside && (
          <div className="notice undo" data-tone="good">
            <span>{t('notes.conflict.aside')}</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                write(aside);
                setAside(undefined);
              }}
            >
              {t('chart.undo')}
            </Button>
          </div>
        )}
      </div>
      <div className="note-fields">
        {appends === undefined && (
          <TextInput
            label={t('notes.title')}
            value={words.title}
            maxLength={200}
            autoComplete="off"
            readOnly={conflict !== undefined}
            onChange={(event) => write({ ...words, title: event.currentTarget.value })}
          />
        )}
        {partsOf(appends).map((part) => (
          <PartField
            key={part}
            part={part}
            words={words}
            readOnly={conflict !== undefined}
            onWords={(next) => {
              setEmpty(false);
              write(next);
            }}
            onLeave={() => {
              void save();
            }}
            onInsert={(to, at, replaced) => setPicking({ part: to, at, replaced })}
            field={(name, element) => {
              if (element) fields.current.set(name, element);
              else fields.current.delete(name);
            }}
          />
        ))}
      </div>
      {loose.length > 0 && (
        <p className="small">{t('notes.loose', { words: [...new Set(loose.map((one) => one.words))].join('; ') })}</p>
      )}
      <p className="small note-state" role="status">
        {t(`notes.standing.${standing}`)}
      </p>
      <FailureAlert
        failure={standing === 'failed' ? failure : undefined}
        retry={() => {
          void save();
        }}
      />
      {empty && (
        <Alert tone="bad" role="alert">
          {t('notes.empty')}
        </Alert>
      )}
      <div className="actions">
        <Button
          disabled={conflict !== undefined}
          onClick={() => {
            setEmpty(isEmpty(words));
            if (!isEmpty(words)) setDialog('sign');
          }}
        >
          {t('notes.sign')}…
        </Button>
        {isAuthor && (
          <Button variant="default" onClick={() => setDialog('discard')}>
            {t('notes.discard')}…
          </Button>
        )}
      </div>
      <p className="note">{t('notes.keys')}</p>
      {picking && <Picker choices={choices} since={dayOf(new Date(from))} onChoose={insert} onClose={close} />}
      {dialog === 'sign' && (
        <SignDialog
          note={begun.note}
          words={words}
          people={people}
          own={own}
          onClose={() => setDialog(undefined)}
          onSign={sign}
        />
      )}
      {dialog === 'discard' && (
        <Confirm
          title={t('notes.discard.ask')}
          text={t('notes.discard.what')}
          action={t('notes.discard')}
          onClose={() => setDialog(undefined)}
          onConfirm={onDiscard}
        />
      )}
    </Section>
  );
}
