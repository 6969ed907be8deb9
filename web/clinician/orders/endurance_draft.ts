// SPDX-License-Identifier: Apache-2.0
// The fields of the form for an endurance session, and their problems. Pure.
import type { EffortScale, EnduranceLimits, EnduranceRequest } from 'reprise-engine';
import {
  HEART_RATES,
  LIMIT_NAMES,
  LIMITS,
  MOST_MINUTES,
  SCALE_ENDS,
  type Activity,
  type Response,
  type WantedSession,
} from '../../fhir/endurance.ts';

export interface Draft {
  activity: Activity | '';
  warmUp: string;
  main: string;
  coolDown: string;
  scale: EffortScale;
  effortLow: string;
  effortHigh: string;
  /** Empty: not chosen yet; it is never preset. */
  response: Response | '';
  rateLow: string;
  rateHigh: string;
  limits: Record<keyof EnduranceLimits, string>;
}

/** Without a dose and without limits: these are the clinician's. */
export const EMPTY: Draft = {
  activity: '',
  warmUp: '',
  main: '',
  coolDown: '',
  scale: 'borg-6-20',
  effortLow: '',
  effortHigh: '',
  response: '',
  rateLow: '',
  rateHigh: '',
  limits: Object.fromEntries(LIMIT_NAMES.map((name) => [name, ''])) as Draft['limits'],
};

export function numberIn(text: string, least: number, most: number): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  const value = Number(trimmed);
  return /^\d{1,3}(\.\d)?$/.test(trimmed) && value >= least && value <= most ? value : undefined;
}

export const minutesIn = (text: string, least: number) => numberIn(text, least, MOST_MINUTES);

function rangeIn(low: string, high: string, least: number, most: number) {
  const [from, to] = [numberIn(low, least, most), numberIn(high, least, most)];
  return from !== undefined && to !== undefined && from <= to ? { low: from, high: to } : undefined;
}

export const effortIn = ({ scale, effortLow, effortHigh }: Draft) =>
  rangeIn(effortLow, effortHigh, SCALE_ENDS[scale].from, SCALE_ENDS[scale].to);

/** Whether a heart rate can be aimed at (SAFETY.md 9). */
export const mayAimAtRate = ({ response }: Draft) => response === 'normal';

/** Null: none is wanted; undefined: it cannot be. */
export function rateIn(draft: Draft): EnduranceRequest['heartRate'] | undefined {
  const { rateLow, rateHigh } = draft;
  if (!mayAimAtRate(draft) || (rateLow.trim() === '' && rateHigh.trim() === '')) return null;
  return rangeIn(rateLow, rateHigh, HEART_RATES.least, HEART_RATES.most);
}

/** Null: none; undefined: it cannot be. */
export function limitIn(draft: Draft, name: keyof EnduranceLimits): number | null | undefined {
  const text = draft.limits[name];
  const { least, most } = LIMITS[name];
  return text.trim() === '' ? null : numberIn(text, least, most);
}

/** Whether a heart rate to aim at is above the limit at which to stop. */
export function aimsPastLimit(draft: Draft): boolean {
  const [rate, limit] = [rateIn(draft), limitIn(draft, 'stopHeartRate')];
  return Boolean(rate && limit !== null && limit !== undefined && rate.high > limit);
}

type Dose = Pick<
  WantedSession,
  'activity' | 'warmUp_min' | 'main_min' | 'coolDown_min' | 'scale' | 'effort' | 'response' | 'heartRate' | 'limits'
>;

/** Undefined: something is missing or cannot be. */
export function doseIn(draft: Draft): Dose | undefined {
  const { activity, scale, response } = draft;
  const [warmUp, main, coolDown] = [minutesIn(draft.warmUp, 0), minutesIn(draft.main, 1), minutesIn(draft.coolDown, 0)];
  const [effort, heartRate] = [effortIn(draft), rateIn(draft)];
  const limits = LIMIT_NAMES.map((name) => [name, limitIn(draft, name)] as const);
  if (activity === '' || response === '' || warmUp === undefined || main === undefined || coolDown === undefined)
    return undefined;
  if (!effort || heartRate === undefined || aimsPastLimit(draft) || limits.some(([, limit]) => limit === undefined))
    return undefined;
  return {
    activity,
    warmUp_min: warmUp,
    main_min: main,
    coolDown_min: coolDown,
    scale,
    effort,
    response,
    heartRate,
    limits: Object.fromEntries(limits) as unknown as EnduranceLimits,
  };
}
