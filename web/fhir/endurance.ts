// SPDX-License-Identifier: Apache-2.0
// Endurance sessions, as ServiceRequests of a programme: docs/reference/programme.md. Pure.
import type { Extension, Quantity, ServiceRequest } from 'fhir/r4';
import type { EffortScale, EnduranceLimits, EnduranceRequest } from 'reprise-engine';
import { isOfKind, ownRequest, UCUM, type WantedRequest } from './own_requests.ts';
import { codeOf } from './results.ts';

const ACTIVITY = 'urn:reprise:endurance-activity';
const ENDURANCE = 'urn:reprise:endurance';

export const ACTIVITIES = ['walking', 'cycling'] as const;
export type Activity = (typeof ACTIVITIES)[number];
export const RESPONSES = ['normal', 'beta-blocker', 'pacemaker', 'atrial-fibrillation'] as const;
export type Response = (typeof RESPONSES)[number];
export const SCALES = ['borg-6-20', 'cr10'] as const satisfies readonly EffortScale[];
export const SCALE_ENDS: Record<EffortScale, { from: number; to: number }> = {
  'borg-6-20': { from: 6, to: 20 },
  cr10: { from: 0, to: 10 },
};

interface Limit {
  part: string;
  unit: string;
  ucum: string;
  least: number;
  most: number;
}
const rate = { unit: '/min', ucum: '/min', least: 30, most: 250 };
const percent = { unit: '%', ucum: '%', least: 50, most: 100 };
const pressure = { unit: 'mmHg', ucum: 'mm[Hg]', least: 30, most: 300 };
/** As care/plan/endurance_request.cpp accepts them. */
export const LIMITS: Record<keyof EnduranceLimits, Limit> = {
  startHeartRate: { part: 'start-heart-rate', ...rate },
  startOxygen: { part: 'start-oxygen', ...percent },
  startSystolic: { part: 'start-systolic', ...pressure },
  startDiastolic: { part: 'start-diastolic', ...pressure },
  stopHeartRate: { part: 'stop-heart-rate', ...rate },
  stopOxygen: { part: 'stop-oxygen', ...percent },
  stopBreathlessness: { part: 'stop-breathlessness', unit: '', ucum: '{score}', least: 1, most: 10 },
};
export const LIMIT_NAMES = Object.keys(LIMITS) as (keyof EnduranceLimits)[];
export const HEART_RATES = { least: rate.least, most: rate.most };
export const MOST_MINUTES = 120;

export const isEndurance = (request: ServiceRequest) => isOfKind(request, 'endurance-session');

/** Undefined if this version does not know the activity. */
export const activityIn = ({ code }: ServiceRequest): Activity | undefined =>
  ACTIVITIES.find((one) => one === codeOf(code, ACTIVITY));

export type WantedSession = WantedRequest &
  Pick<
    EnduranceRequest,
    'warmUp_min' | 'main_min' | 'coolDown_min' | 'effort' | 'response' | 'heartRate' | 'limits'
  > & {
    activity: Activity;
    /** The activity's name in the clinic's language. */
    name: string;
    scale: EffortScale;
  };

const quantity = (value: number, unit: string, code: string): Quantity => ({
  value,
  ...(unit && { unit }),
  system: UCUM,
  code,
});
const range = (url: string, { low, high }: { low: number; high: number }, unit: string, code: string): Extension => ({
  url,
  valueRange: { low: quantity(low, unit, code), high: quantity(high, unit, code) },
});

/** Returns the order of a session. */
export function enduranceRequest({
  activity,
  name,
  warmUp_min,
  main_min,
  coolDown_min,
  scale,
  effort,
  response,
  heartRate,
  limits,
  ...common
}: WantedSession): ServiceRequest {
  const parts: Extension[] = [
    { url: 'warm-up', valueQuantity: quantity(warmUp_min, 'min', 'min') },
    { url: 'main', valueQuantity: quantity(main_min, 'min', 'min') },
    { url: 'cool-down', valueQuantity: quantity(coolDown_min, 'min', 'min') },
    { url: 'scale', valueCode: scale },
    range('effort', effort, '', '{score}'),
    ...(response === null ? [] : [{ url: 'response', valueCode: response }]),
    ...(heartRate === null ? [] : [range('heart-rate', heartRate, '/min', '/min')]),
    ...LIMIT_NAMES.flatMap((one) => {
      const value = limits[one];
      const { part, unit, ucum } = LIMITS[one];
      return value === null ? [] : [{ url: part, valueQuantity: quantity(value, unit, ucum) }];
    }),
  ];
  return ownRequest(
    'endurance-session',
    { coding: [{ system: ACTIVITY, code: activity }], text: name },
    [{ url: ENDURANCE, extension: parts }],
    common,
  );
}
