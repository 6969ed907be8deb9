// SPDX-License-Identifier: Apache-2.0
// The reasons why a patient needs a clinician, in the reader's language.
import type { ActivityDefinition } from 'fhir/r4';
import { shownDifference } from '../../fhir/amount.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { sensedMeasure, sensedPart } from '../chart/sensed_words.ts';
import { useWords } from '../chart/words.ts';
import { useLanguage } from '../../translations/language.tsx';
import { signIn } from './signs.ts';
import type { Finding, Reason, SensedChange } from './worklist.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const WEEK_MS = 6 * DAY_MS;
const SAFETY = [
  'red-flag',
  'pain-over-limit',
  'pain-risen',
  'not-settled',
  'stopped',
  'limit-passed-heart-rate',
  'limit-passed-oxygen-saturation',
  'limit-passed-systolic',
  'limit-passed-diastolic',
  'limit-passed-breathlessness',
] as const;

export function titleIn(exercise: ActivityDefinition | undefined, language: string): string | undefined {
  const translated = exercise?._title?.extension?.find(({ extension = [] }) =>
    extension.some(({ url, valueCode }) => url === 'lang' && valueCode === language),
  );
  return translated?.extension?.find(({ url }) => url === 'content')?.valueString ?? exercise?.title;
}

/** `nameOf`: an exercise's name, by its id. */
export function useReasonWords(nameOf: (exercise: string) => string | undefined) {
  const { t, language, number, weekday, day } = useLanguage();
  const words = useWords(undefined);
  const { amount } = useAmount();

  const since = (date: string) =>
    Date.now() - Date.parse(`${date}T12:00`) < WEEK_MS ? weekday(date, 'long') : day(date);

  const subject = ({ key = '', exercise, side }: Finding) => {
    const measure = /^goal:([a-z_]+)/.exec(key)?.[1];
    const done = exercise && (nameOf(exercise) ?? exercise);
    const name = measure ? [words.measure(measure), done].filter(Boolean).join(', ') : (done ?? t('chart.range'));
    return side === 'left' || side === 'right' ? `${name}, ${t(`chart.side.${side}`)}` : name;
  };

  const ofSensed = ({ measure, side, exercise, value, before, since: date }: Finding, change: SensedChange) => {
    const { decimals, unit } = change;
    const exact = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const shown = (of: number) =>
      `${of.toLocaleString(language, exact)}${unit && !unit.startsWith('/') ? ` ${unit}` : unit}`;
    const by = Number(value.toFixed(decimals)) - Number(before.toFixed(decimals));
    const what = [
      sensedMeasure(measure, t),
      sensedPart(change.part, t),
      side === 'left' || side === 'right' ? t(`chart.side.${side}`) : undefined,
      exercise && (nameOf(exercise) ?? exercise),
    ];
    const how = change.shape === 'spike' ? 'spike' : by > 0 ? 'up' : 'down';
    return t(`work.reason.sensed.${how}`, {
      what: what.filter(Boolean).join(', '),
      by: shown(Math.abs(by)),
      doubt: shown(change.uncertainty),
      value: shown(value),
      before: shown(before),
      since: since(date),
      earliest: day(change.earliest),
      latest: day(change.latest),
      daysSince: change.daysSince,
      daysBefore: change.daysBefore,
      // Nothing is sure.
      sure: String(Math.min(99, Math.floor(100 * change.confidence))),
      version: change.version,
    });
  };

  const ofFinding = (finding: Finding): string | undefined => {
    const { kind, of, value, before, unit, measure, sensed } = finding;
    if (of === 'sensed') return sensed && ofSensed(finding, sensed);
    if (of === 'balance')
      return t('work.reason.balance', {
        next: value,
        number: before,
        count: finding.threshold ?? 0,
        since: since(finding.since),
      });
    const said = {
      what: subject(finding),
      since: since(finding.since),
      value: amount(value, unit, measure),
      before: amount(before, unit, measure),
      by: amount(Math.abs(shownDifference(before, value, unit)), unit, measure),
    };
    if (kind === 'absence') {
      const days = String(Math.round(value));
      return before < 1.5
        ? t('work.reason.absence.daily', { days })
        : t('work.reason.absence', { days, before: number(before) });
    }
    if (kind === 'plateau') return t(value < before ? 'work.reason.plateau.least' : 'work.reason.plateau.most', said);
    if (of === 'pain') return t('work.reason.pain', said);
    if (of === 'effort') return t('work.reason.effort', said);
    // A rule tells of what got worse: where more is worse, lower is better.
    if (of === 'range') return t(value > before ? 'work.reason.range.more' : 'work.reason.range.less', said);
    if (of === 'quality') return t('work.reason.quality', said);
    return undefined;
  };

  // A clinic's own questions have no short words here.
  const ofSigns = (signs: readonly string[]): string | undefined => {
    const known = signs.flatMap((one) => signIn(one) ?? []);
    return known.length > 0 && known.length === signs.length
      ? t('work.reason.sign', { what: known.map((one) => t(`work.sign.${one}`)).join('; ') })
      : undefined;
  };

  return ({ finding, code, text, signs }: Reason): string => {
    const known = SAFETY.find((one) => one === code);
    return (finding && ofFinding(finding)) ?? ofSigns(signs) ?? (known ? t(`work.reason.${known}`) : text);
  };
}
