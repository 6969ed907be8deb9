// SPDX-License-Identifier: Apache-2.0
// What the patient types in or a device sends, before and after a session. Pure.
import type { DeviceKind, EffortScale, EnduranceLimits, EnduranceMeasure, EnduranceSession } from 'reprise-engine';

export type Value = EnduranceSession['values'][number];
export type Moment = Value['moment'];

export const VITALS = ['pulse', 'oxygen', 'systolic', 'diastolic'] as const;
export type Vital = (typeof VITALS)[number];
/** As they were typed; empty: not. */
export type Typed = Readonly<Record<Vital, string>>;
export const NOTHING_TYPED: Typed = { pulse: '', oxygen: '', systolic: '', diastolic: '' };

/** Beyond these a number is a slip; as session/measurements/endurance.cpp accepts them, or narrower. Unsourced. */
const RANGES: Record<Vital, { least: number; most: number; measure: EnduranceMeasure }> = {
  pulse: { least: 20, most: 300, measure: 'heart_rate' },
  oxygen: { least: 50, most: 100, measure: 'oxygen_saturation' },
  systolic: { least: 50, most: 300, measure: 'systolic_pressure' },
  diastolic: { least: 20, most: 200, measure: 'diastolic_pressure' },
};

/** Undefined: empty, or no such number. */
export function amount(vital: Vital, typed: string): number | undefined {
  const text = typed.trim().replace(',', '.');
  const value = Number(text);
  const { least, most } = RANGES[vital];
  return /^\d{2,3}(\.\d)?$/.test(text) && value >= least && value <= most ? value : undefined;
}

/** Whether something was typed that is no such number. */
export const isSlip = (vital: Vital, typed: string) => typed.trim() !== '' && amount(vital, typed) === undefined;

/** Which fields the clinic's limits ask for. */
export const vitalsFor = (limits: EnduranceLimits, strap: boolean): Record<Vital, boolean> => {
  const pressure = limits.startSystolic !== null || limits.startDiastolic !== null;
  return {
    pulse: !strap,
    oxygen: limits.startOxygen !== null || limits.stopOxygen !== null,
    systolic: pressure,
    diastolic: pressure,
  };
};

export const effortMeasure = (scale: EffortScale): EnduranceMeasure =>
  scale === 'borg-6-20' ? 'effort_borg' : 'effort_cr10';

/** Which device sent what stands in a field, as it sent it. */
export type SentBy = Readonly<Partial<Record<Vital, { device: DeviceKind; text: string }>>>;

/** The numbers as the engine takes them. A number that the patient changed is the patient's. */
export const valuesOf = (typed: Typed, moment: Moment, time_s: number, sent: SentBy = {}): Value[] =>
  VITALS.flatMap((vital) => {
    const value = amount(vital, typed[vital]);
    const by = sent[vital];
    const device = by?.text === typed[vital] ? by.device : undefined;
    return value === undefined
      ? []
      : [{ moment, time_s, measure: RANGES[vital].measure, value, ...(device && { device }) }];
  });

export interface Rating {
  effort: number | undefined;
  breathlessness: number | undefined;
}

export const ratingValues = (
  scale: EffortScale,
  { effort, breathlessness }: Rating,
  moment: Moment,
  time_s: number,
): Value[] => [
  ...(effort === undefined ? [] : [{ moment, time_s, measure: effortMeasure(scale), value: effort }]),
  ...(breathlessness === undefined
    ? []
    : [{ moment, time_s, measure: 'breathlessness' as const, value: breathlessness }]),
];

export type Advice = 'slower' | 'faster' | 'right';

/** With more breathlessness than this no one is told to go faster. Unsourced default. */
const MOST_BREATHLESS_FASTER = 3;

/**
 * The pace that follows from a rating. Who cannot speak a sentence is too fast, whatever the rating; faster only for
 * who can, is hardly short of breath, and whose heart rate is known and not above the plan where one is planned.
 */
export function adviceFor(
  { effort, breathlessness }: Rating,
  talks: boolean | undefined,
  plan: { low: number; high: number },
  rate?: { now: number | undefined; high: number },
): Advice {
  const isAbove = rate?.now !== undefined && rate.now > rate.high;
  if (talks === false || (effort ?? plan.low) > plan.high || isAbove) return 'slower';
  const mayGoFaster =
    talks === true && (breathlessness ?? 10) <= MOST_BREATHLESS_FASTER && (!rate || rate.now !== undefined);
  return mayGoFaster && effort !== undefined && effort < plan.low ? 'faster' : 'right';
}

/** An older reading of a cuff is one that it kept. Unsourced default. */
const READING_LASTS_MS = 15 * 60_000;

/** `taken`: by the cuff's clock, which is taken for the patient's; null: the cuff has none, and the patient looks. */
export const isOld = (taken: string | null, now: Date) =>
  taken !== null && Math.abs(now.getTime() - new Date(taken).getTime()) > READING_LASTS_MS;
