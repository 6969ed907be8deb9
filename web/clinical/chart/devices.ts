// SPDX-License-Identifier: Apache-2.0
// The devices that measured for a patient, by their states in single measurements: docs/clinician/app.md. Pure.
import type { Observation } from 'fhir/r4';
import type { DeviceKind, DeviceNotice } from 'reprise-engine';
import { deviceStateIn, DEVICE_KINDS, DEVICE_NOTICES, type DeviceState } from '../../fhir/devices.ts';

/** A battery is low from here down, in percent. Unsourced default. */
export const LOW_BATTERY = 20;
/** A device delivers too little below this share of usable values, in percent ... Unsourced default. */
export const LEAST_USABLE = 80;
/** ... in each of so many last measurements. Unsourced default. */
export const POOR_IN_A_ROW = 2;

export type DeviceNeed = 'battery' | 'quality';

export interface DeviceSeen {
  kind: DeviceKind;
  name: string | undefined;
  /** Milliseconds: the end of the last measurement. */
  lastSeen: number;
  measurements: number;
  /** Percent, when it last told. */
  battery: { percent: number; at: number } | undefined;
  /** Percent, in the last measurement that tells. */
  usable: number | undefined;
  noContact: number | undefined;
  /** In the last measurements. */
  notices: DeviceNotice[];
  needs: DeviceNeed[];
}

/** Of a sensor of two measures, or two sensors without a name, in one interval: once, and the poorest. */
function oncePerPeriod(judged: readonly DeviceState[]): DeviceState[] {
  const byPeriod = new Map<string, DeviceState>();
  for (const state of judged) {
    const key = `${state.from} ${state.to}`;
    const other = byPeriod.get(key);
    if (!other || (state.usable ?? 100) < (other.usable ?? 100)) byPeriod.set(key, state);
  }
  return [...byPeriod.values()];
}

function seen(states: readonly DeviceState[]): DeviceSeen[] {
  const newest = [...states].sort((a, b) => b.to - a.to);
  const [last] = newest;
  if (!last) return [];
  const charged = newest.find(({ battery }) => battery !== undefined);
  const judged = oncePerPeriod(newest.filter(({ usable }) => usable !== undefined));
  const recent = judged.slice(0, POOR_IN_A_ROW);
  const isPoor = recent.length === POOR_IN_A_ROW && recent.every(({ usable = 100 }) => usable < LEAST_USABLE);
  const isLow = charged?.battery !== undefined && charged.battery <= LOW_BATTERY;
  const said = newest.slice(0, POOR_IN_A_ROW).flatMap(({ notices }) => notices);
  return [
    {
      kind: last.kind,
      name: last.name,
      lastSeen: last.to,
      measurements: newest.length,
      battery: charged?.battery === undefined ? undefined : { percent: charged.battery, at: charged.to },
      usable: judged[0]?.usable,
      noContact: newest.find(({ noContact }) => noContact !== undefined)?.noContact,
      notices: DEVICE_NOTICES.filter((one) => said.includes(one)),
      needs: [...(isLow ? (['battery'] as const) : []), ...(isPoor ? (['quality'] as const) : [])],
    },
  ];
}

/**
 * The last seen first. Two devices of one kind and model are one here: serial numbers are not stored. States
 * of the future come from a wrong clock, and are left out.
 */
export function devicesOf(observations: readonly Observation[], now: number): DeviceSeen[] {
  const byDevice = new Map<string, DeviceState[]>();
  for (const observation of observations) {
    const state = deviceStateIn(observation);
    if (!state || state.from > now) continue;
    const key = `${DEVICE_KINDS.indexOf(state.kind)} ${state.name ?? ''}`;
    const states = byDevice.get(key);
    if (states) states.push(state);
    else byDevice.set(key, [state]);
  }
  return [...byDevice.values()].flatMap(seen).sort((a, b) => b.lastSeen - a.lastSeen);
}
