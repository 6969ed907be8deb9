import { Button, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { wordsBegin } from '../../parts/words_begin.ts';
import { dayOf } from '../../record/results.ts';
import { useLanguage } from '../../source/language.tsx';
import type { Measurable } from '../chart/goals.ts';
import { amountIn, useMeasurableWords } from '../chart/goals.tsx';
import type { Point } from '../chart/series.ts';
import type { Chart } from '../chart/use_chart.ts';
import type { Words as ChartWords } from '../chart/words.ts';
import type { Evidence } from './note.ts';
import { observationsOf, setsSince, valuesSince, type Value } from './values.ts';

/** What is inserted. */
export interface Choice { key: string; text: string; evidence: Evidence[] }

/** What was measured since, in words that stand in a note. */
export function useChoices(chart: Chart, words: ChartWords, since: number): Choice[] {
  const { t, day } = useLanguage();
  const called = useMeasurableWords(words);
  const dayWords = (at: number) => day(dayOf(new Date(at)));
  const amount = ({ value, uncertainty }: Point, { unit, kind }: Measurable) =>
    amountIn(value, unit) + (kind === 'pain' || kind === 'effort' ? '/10' : '') + (uncertainty === undefined ? '' : ` ± ${amountIn(uncertainty, unit)}`);
  // As it is written: who subtracts the two numbers finds the third.
  const rounded = ({ value }: Point, { unit }: Measurable) => Number.parseFloat(amountIn(value, unit));
  const said = ({ measurable, now, before, highest }: Value) => {
    const values = { name: called(measurable), now: amount(now, measurable), day: dayWords(now.at) };
    if (highest) return t('notes.value.highest', { ...values, highest: amount(highest, measurable), highestDay: dayWords(highest.at) });
    if (!before) return t('notes.value', values);
    const by = rounded(now, measurable) - rounded(before, measurable);
    return t('notes.value.change', { ...values, before: amount(before, measurable), beforeDay: dayWords(before.at), change: `${by > 0 ? '+' : by < 0 ? '−' : ''}${amountIn(Math.abs(by), measurable.unit)}` });
  };
  // Before the programme began, nothing was asked for.
  const begin = Math.max(since, Date.parse(chart.prescription?.programme.period.start ?? '') || since);
  const sets = setsSince(chart.series, chart.asked, begin, chart.now);
  return [
    ...(sets ? [{ key: 'sets', text: t('notes.value.sets', { from: dayWords(begin), to: dayWords(chart.now), done: sets.done, asked: sets.asked }), evidence: [] }] : []),
    ...valuesSince(chart.series, since, chart.now).map((value) => {
      const text = said(value);
      return { key: value.measurable.key, text, evidence: observationsOf(value).map((reference) => ({ reference, words: text })) };
    }),
  ];
}

/** What was measured, to choose from: by letters and arrows, or by touch. */
export function Picker({ choices, since, onChoose, onClose }: { choices: readonly Choice[]; since: string; onChoose: (choice: Choice) => void; onClose: () => void }) {
  const { t, day } = useLanguage();
  const [search, setSearch] = useState('');
  const shown = choices.filter(({ text }) => wordsBegin(text, search));
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
        <TextInput label={t('notes.insert.search')} value={search} data-autofocus autoComplete="off" onChange={(event) => setSearch(event.currentTarget.value)} onKeyDown={(event) => {
          const [first] = shown;
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          onChoose(first);
        }} />
        {shown.length === 0 && <p className="none">{t('notes.insert.none')}</p>}
        <ul className="plain note-choices">
          {shown.map((choice) => <li key={choice.key}><Button variant="default" fullWidth justify="flex-start" h="auto" py={6} onClick={() => onChoose(choice)} styles={{ label: { whiteSpace: 'normal', textAlign: 'left', lineHeight: 1.35, fontWeight: 400 } }}>{choice.text}</Button></li>)}
        </ul>
      </div>
    </Dialog>
  );
}
