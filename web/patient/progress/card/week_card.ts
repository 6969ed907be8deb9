// SPDX-License-Identifier: Apache-2.0
// What a picture of a week says: days and minutes; the rest only if the patient ticked it. It compares nothing, and
// says nothing of how far an exercise under a ceiling went. Pure.
import type { Programme } from 'reprise-engine';
import { shownValue, unitCode } from '../../../fhir/amount.ts';
import type { Spoken } from '../../../translations/language.tsx';
import { weeksOf, type Day, type SetSeen } from '../history.ts';
import type { Pains } from '../pain/pain.ts';

export interface CardOptions {
  week: 'this' | 'last';
  name: boolean;
  goal: boolean;
  pain: boolean;
  range: boolean;
}

export const NOTHING_MORE: CardOptions = { week: 'this', name: false, goal: false, pain: false, range: false };

export interface CardSpeech extends Pick<Spoken, 't' | 'counted' | 'day'> {
  amount: (value: number, code: string, measure?: string, uncertainty?: number) => string;
}

interface Known {
  sets: readonly SetSeen[];
  pains: Pains | undefined;
  programme: Programme | undefined;
  /** In words; empty while an exercise is on hold. */
  deeds: readonly string[];
  goal: string | undefined;
  name: string | undefined;
  now: Date;
  /** Of an exercise of the programme. */
  called: (exercise: string) => string;
}

export interface Card {
  title: string;
  period: string;
  days: Day[];
  /** The two numbers. */
  counts: string[];
  lines: string[];
  deeds: string[];
  goal: string;
}

function painLine(pains: Pains | undefined, days: readonly Day[], { t }: CardSpeech): string[] {
  const values = (pains?.after ?? [])
    .filter((one) => days.some(({ day }) => day === one.day))
    .map(({ value }) => value);
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low === high ? t('card.pain.one', { low }) : t('card.pain', { low, high })];
}

/** Of exercises in which farther may be praised, that are not on hold, and only numbers larger than their error. */
function rangeLines({ programme, called }: Known, sets: readonly SetSeen[], { t, amount }: CardSpeech): string[] {
  return (programme?.exercises ?? []).flatMap(({ id, personalBests, held }) => {
    const own = personalBests && !held ? sets.filter(({ exercise }) => exercise === id) : [];
    const { range, measure } = own.findLast((set) => set.range?.best) ?? {};
    // Other numbers say little to people who do not know the measure: heights, and angles where less is farther.
    if (!range?.rising || range.unit !== 'degree') return [];
    const code = unitCode(range.unit);
    if (Math.abs(shownValue(range.value, code)) <= shownValue(range.uncertainty, code)) return [];
    return [t('card.range', { name: called(id), value: amount(range.value, code, measure, range.uncertainty) })];
  });
}

export function cardOf(known: Known, options: CardOptions, speech: CardSpeech): Card {
  const { t, counted, day } = speech;
  const weeks = weeksOf(known.sets, known.now, 1, 2);
  const days = weeks[options.week === 'this' ? 1 : 0]?.days ?? [];
  const sets = known.sets.filter((one) => days.some((each) => each.day === one.day));
  const minutes = Math.round(sets.reduce((sum, { seconds = 0 }) => sum + seconds, 0) / 60);
  return {
    title: options.name && known.name ? t('card.name', { name: known.name }) : t('card.whole'),
    period: `${day(days[0]?.day ?? '')} – ${day(days.at(-1)?.day ?? '')}`,
    days,
    counts: [
      counted('card.days', days.filter(({ done }) => done).length),
      ...(minutes > 0 ? [counted('card.minutes', minutes)] : []),
    ],
    lines: [
      ...(options.pain ? painLine(known.pains, days, speech) : []),
      ...(options.range ? rangeLines(known, sets, speech) : []),
    ],
    deeds: [...known.deeds],
    goal: options.goal ? (known.goal ?? '') : '',
  };
}

/** What someone who cannot see the picture hears. */
export const cardInWords = ({ title, period, counts, lines, deeds, goal }: Card) =>
  [title, period, ...counts, ...lines, ...deeds, goal].filter(Boolean).join('. ');
