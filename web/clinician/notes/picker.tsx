// SPDX-License-Identifier: Apache-2.0
import { Button, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { doubtOf, verdictOf } from '../../fhir/amount.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useAmount } from '../../hooks/use_amount.ts';
import { wordsBegin } from '../../fhir/words_begin.ts';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Measurable } from '../../clinical/chart/goals.ts';
import { setsSince } from '../../clinical/chart/adherence.ts';
import { useMeasurableWords } from '../../clinical/chart/measurable_words.ts';
import type { History } from '../../clinical/chart/load.ts';
import { seriesOf, type Point } from '../../clinical/chart/series.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words as ChartWords } from '../../clinical/chart/words.ts';
import type { Evidence } from './note.ts';
import { observationsOf, valuesBefore, valuesSince, type Value } from './values.ts';

/** The inserted text. */
export interface Choice {
  key: string;
  text: string;
  evidence: Evidence[];
}

/** Returns the measured values as sentences of a note: since the last signed note, and older ones. */
export function useChoices(chart: Chart, history: History, words: ChartWords, since: number): Choices {
  const { t, day } = useLanguage();
  const called = useMeasurableWords(words);
  const amounts = useAmount();
  const dayWords = (at: number) => day(dayOf(new Date(at)));
  const amount = ({ value, uncertainty }: Point, { unit, kind, measure }: Measurable) =>
    kind === 'pain' || kind === 'effort'
      ? `${amounts.amount(value, unit)}/10`
      : amounts.amount(value, unit, measure, uncertainty);
  const said = ({ measurable, now, before, highest }: Value) => {
    const values = { name: called(measurable), now: amount(now, measurable), day: dayWords(now.at) };
    if (highest)
      return t('notes.value.highest', {
        ...values,
        highest: amount(highest, measurable),
        highestDay: dayWords(highest.at),
      });
    if (!before) return t('notes.value', values);
    const doubt = doubtOf(before.uncertainty, now.uncertainty);
    const better = chart.better?.(measurable);
    const verdict = better === undefined ? 'same' : verdictOf(before.value, now.value, measurable.unit, doubt, better);
    const change = amounts.change(before.value, now.value, measurable.unit, measurable.measure, doubt);
    return t('notes.value.change', {
      ...values,
      before: amount(before, measurable),
      beforeDay: dayWords(before.at),
      change: verdict === 'same' ? change : `${change} (${t(`chart.verdict.${verdict}`)})`,
    });
  };
  const today = dayOf(new Date(chart.now));
  // Before a programme began, nothing was prescribed.
  const begin = chart.adherence?.days.find((one) => one.prescribed > 0 && one.day >= dayOf(new Date(since)))?.day;
  const sets = chart.adherence && begin !== undefined ? setsSince(chart.adherence, begin, today) : undefined;
  const choiceOf = (key: string, value: Value): Choice => {
    const text = said(value);
    return { key, text, evidence: observationsOf(value).map((reference) => ({ reference, words: text })) };
  };
  const recent = [
    ...(sets && begin !== undefined && sets.done + sets.prescribed > 0
      ? [
          {
            key: 'sets',
            text: t('notes.value.sets', {
              from: day(begin),
              to: day(today),
              done: sets.done,
              prescribed: Math.round(sets.prescribed),
            }),
            evidence: [],
          },
        ]
      : []),
    ...valuesSince(chart.series, since, chart.now).map((value) => choiceOf(value.measurable.key, value)),
  ];
  const older = async () => {
    const { procedures, observations } = await history.since(undefined, chart.now);
    return valuesBefore(seriesOf(procedures, observations, chart.now), since).map((value) =>
      choiceOf(value.now.observation ?? `${value.measurable.key} ${value.now.at}`, value),
    );
  };
  return { recent, older };
}

export interface Choices {
  recent: readonly Choice[];
  /** The newest first; loaded on demand. */
  older: () => Promise<readonly Choice[]>;
}

/** The number of older values that are shown; searching finds the others. */
const FIRST = 30;

/** Offers the measured values to choose from: by typing and arrow keys, or by touch. */
export function Picker({
  choices,
  since,
  onChoose,
  onClose,
}: {
  choices: Choices;
  since: string;
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}) {
  const { t, day } = useLanguage();
  const [search, setSearch] = useState('');
  const { data: older, mutate, isPending, error } = useMutation({ mutationFn: () => choices.older() });
  const fits = ({ text }: Choice) => wordsBegin(text, search);
  const shown = [...choices.recent.filter(fits), ...(older ?? []).filter(fits).slice(0, FIRST)];
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[(at + (event.key === 'ArrowDown' ? 1 : stops.length - 1)) % stops.length]?.focus();
  };
  return (
    <Dialog title={t('notes.insert.title')} onClose={onClose}>
      <div onKeyDown={move}>
        <p className="small">{t('notes.insert.since', { day: day(since) })}</p>
        <TextInput
          label={t('notes.insert.search')}
          value={search}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key !== 'Enter' || !first) return;
            event.preventDefault();
            onChoose(first);
          }}
        />
        {shown.length === 0 && <p className="none">{t('notes.insert.none')}</p>}
        <FailureAlert failure={error} />
        <ul className="plain note-choices">
          {shown.map((choice) => (
            <li key={choice.key}>
              <Button
                variant="default"
                fullWidth
                justify="flex-start"
                h="auto"
                py={6}
                onClick={() => onChoose(choice)}
                styles={{ label: { whiteSpace: 'normal', textAlign: 'left', lineHeight: 1.35, fontWeight: 400 } }}
              >
                {choice.text}
              </Button>
            </li>
          ))}
        </ul>
        {!older && (
          <Button size="compact-sm" variant="default" mt="xs" loading={isPending} onClick={() => mutate()}>
            {t('notes.insert.older')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
