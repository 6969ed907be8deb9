// SPDX-License-Identifier: Apache-2.0
// The state of a device in one measurement, as the record has it (docs/reference/programme.md, "Devices"). Pure.
import type { Device, Observation } from 'fhir/r4';
import type { DeviceKind, DeviceNotice } from 'reprise-engine';
import { codeIn, codeOf, OBSERVATION, partIn } from './results.ts';

/** The names of session/measurements/device_used.h, in its order. */
export const DEVICE_KINDS = [
  'heart_rate_strap',
  'pulse_oximeter',
  'blood_pressure_monitor',
  'phone',
  'sensor',
  'imported_file',
] as const satisfies readonly DeviceKind[];

/** The names of sensing/bluetooth/gatt_values.h, in its order. */
export const DEVICE_NOTICES = [
  'not_worn',
  'poor_signal',
  'low_perfusion',
  'not_ready',
  'not_live',
  'faulty',
  'cuff_loose',
  'body_movement',
  'wrong_position',
  'irregular_pulse',
] as const satisfies readonly DeviceNotice[];

/** Numbers in percent; undefined: not known. */
export interface DeviceState {
  kind: DeviceKind;
  /** As the device tells it. */
  name: string | undefined;
  /** Milliseconds. */
  from: number;
  to: number;
  battery: number | undefined;
  usable: number | undefined;
  noContact: number | undefined;
  notices: DeviceNotice[];
}

/** Undefined where an Observation is of something else, of an error, or of a kind that this version does not know. */
export function deviceStateIn(observation: Observation): DeviceState | undefined {
  const { status, code, contained = [], component = [], effectivePeriod } = observation;
  if (codeIn(code) !== 'device-status' || status === 'entered-in-error' || status === 'cancelled') return undefined;
  const device = contained.find((one): one is Device => one.resourceType === 'Device');
  const kind = DEVICE_KINDS.find((one) => one === codeOf(device?.type, 'urn:reprise:device'));
  const [from, to] = [Date.parse(effectivePeriod?.start ?? ''), Date.parse(effectivePeriod?.end ?? '')];
  if (!kind || Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const share = (name: string) => {
    const value = partIn(observation, name)?.valueQuantity?.value;
    return value !== undefined && value >= 0 && value <= 100 ? value : undefined;
  };
  const said = component
    .filter((one) => codeOf(one.code, OBSERVATION) === 'notice')
    .map((one) => codeOf(one.valueCodeableConcept, 'urn:reprise:device-notice'));
  return {
    kind,
    name: device?.deviceName?.[0]?.name,
    from,
    to,
    battery: share('battery'),
    usable: share('usable-share'),
    noContact: share('no-contact-share'),
    notices: DEVICE_NOTICES.filter((one) => said.includes(one)),
  };
}
