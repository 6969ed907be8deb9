// Why somebody needs a clinician, in the reader's language.
import { useWords } from '../chart/words.ts';
import { useLanguage } from '../../source/language.tsx';
import type { Exercise } from './load.ts';
import type { Finding, Reason } from './worklist.ts';

const WEEK_MS = 6 * 24 * 3600_000;
const SAFETY = ['red-flag', 'pain-over-limit', 'pain-risen', 'not-settled'] as const;

export function titleIn(exercise: Exercise | undefined, language: string): string | undefined {
  const translated = exercise?._title?.extension?.find(({ extension = [] }) => extension.some(({ url, valueCode }) => url === 'lang' && valueCode === language));
  return translated?.extension?.find(({ url }) => url === 'content')?.valueString ?? exercise?.title;
}

/** `nameOf`: an exercise's name, by its id. */
export function useReasonWords(nameOf: (exercise: string) => string | undefined) {
  const { t, number, weekday, day } = useLanguage();
  const words = useWords(undefined);

  const since = (date: string) => (Date.now() - Date.parse(`${date}T12:00`) < WEEK_MS ? weekday(date, 'long') : day(date));
  const amount = (value: number, unit: string) => (unit === 'deg' ? `${value.toFixed(0)}°` : unit === '1' ? value.toFixed(2) : number(value));

  const subject = ({ key = '', exercise, side }: Finding) => {
    const measure = /^goal:([a-z_]+)/.exec(key)?.[1];
    const name = measure ? words.measure(measure) : (exercise && nameOf(exercise)) ?? exercise ?? t('chart.range');
    return side === 'left' || side === 'right' ? `${name}, ${t(`chart.side.${side}`)}` : name;
  };

  const ofFinding = (finding: Finding): string | undefined => {
    const { kind, of, value, before, unit } = finding;
    const said = { what: subject(finding), since: since(finding.since), value: amount(value, unit), before: amount(before, unit), by: amount(Math.abs(value - before), unit) };
    if (kind === 'absence') {
      const days = String(Math.round(value));
      return before < 1.5 ? t('work.reason.absence.daily', { days }) : t('work.reason.absence', { days, before: number(before) });
    }
    if (kind === 'plateau') return t('work.reason.plateau', said);
    if (of === 'pain') return t('work.reason.pain', said);
    if (of === 'effort') return t('work.reason.effort', said);
    if (of === 'range') return t('work.reason.range', said);
    if (of === 'quality') return t('work.reason.quality', said);
    return undefined;
  };

  return ({ finding, code, text }: Reason): string => {
    const known = SAFETY.find((one) => one === code);
    return (finding && ofFinding(finding)) ?? (known ? t(`work.reason.${known}`) : text);
  };
}
