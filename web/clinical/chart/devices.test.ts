// SPDX-License-Identifier: Apache-2.0
import type { Device, Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { devicesOf } from './devices.ts';

const OURS = 'urn:reprise:observation';
const NOW = Date.parse('2026-03-20T12:00:00Z');

/** As care/outcome/device_status.cpp writes it. */
function state(
  day: number,
  { kind = 'heart_rate_strap', name = 'Strap', battery = -1, usable = -1, notices = [] as string[] } = {},
): Observation {
  const date = `2026-03-${String(day).padStart(2, '0')}`;
  const share = (code: string, value: number) =>
    value < 0 ? [] : [{ code: { coding: [{ system: OURS, code }] }, valueQuantity: { value, unit: '%', code: '%' } }];
  const device: Device = {
    resourceType: 'Device',
    id: 'device',
    type: { coding: [{ system: 'urn:reprise:device', code: kind }] },
    ...(name && { deviceName: [{ name, type: 'user-friendly-name' }] }),
  };
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: OURS, code: 'device-status' }] },
    contained: [device],
    effectivePeriod: { start: `${date}T10:00:00Z`, end: `${date}T10:30:00Z` },
    component: [
      ...share('battery', battery),
      ...share('usable-share', usable),
      ...notices.map((notice) => ({
        code: { coding: [{ system: OURS, code: 'notice' }] },
        valueCodeableConcept: { coding: [{ system: 'urn:reprise:device-notice', code: notice }] },
      })),
    ],
  };
}

describe('devices of a patient', () => {
  it('are one for each kind and name, the last seen first', () => {
    const devices = devicesOf(
      [
        state(10),
        state(12, { kind: 'pulse_oximeter', name: '' }),
        state(11, { battery: 55 }),
        state(14, { name: 'Other strap' }),
      ],
      NOW,
    );
    expect(devices.map(({ kind, name, measurements }) => [kind, name, measurements])).toStrictEqual([
      ['heart_rate_strap', 'Other strap', 1],
      ['pulse_oximeter', undefined, 1],
      ['heart_rate_strap', 'Strap', 2],
    ]);
    expect(devices[2]?.lastSeen).toBe(Date.parse('2026-03-11T10:30:00Z'));
  });

  it('keep the battery that they told last', () => {
    const [strap] = devicesOf([state(10, { battery: 20 }), state(12), state(8, { battery: 90 })], NOW);
    expect(strap?.battery).toStrictEqual({ percent: 20, at: Date.parse('2026-03-10T10:30:00Z') });
    expect(strap?.needs).toStrictEqual(['battery']);
    expect(devicesOf([state(10, { battery: 21 })], NOW)[0]?.needs).toStrictEqual([]);
  });

  it('need attention only where the last two measurements were poor', () => {
    const needs = (...usable: number[]) =>
      devicesOf(
        usable.map((one, i) => state(i + 1, { usable: one })),
        NOW,
      )[0]?.needs;
    expect(needs(95, 60)).toStrictEqual([]);
    expect(needs(60)).toStrictEqual([]);
    expect(needs(95, 60, 79)).toStrictEqual(['quality']);
    expect(needs(60, 60, 80)).toStrictEqual([]);
  });

  it('count an interval once, with its poorest value', () => {
    const interval = (day: number, ...usable: number[]) => usable.map((one) => state(day, { usable: one }));
    const needs = (states: Observation[]) => devicesOf(states, NOW)[0]?.needs;
    expect(needs([...interval(1, 95), ...interval(2, 60, 70)])).toStrictEqual([]);
    expect(needs([...interval(1, 70, 95), ...interval(2, 95, 70)])).toStrictEqual(['quality']);
  });

  it('say what they said of late', () => {
    const [strap] = devicesOf(
      [
        state(1, { notices: ['faulty'] }),
        state(2, { notices: ['poor_signal'] }),
        state(3, { notices: ['not_worn', 'nonsense'] }),
      ],
      NOW,
    );
    expect(strap?.notices).toStrictEqual(['not_worn', 'poor_signal']);
  });

  it('are not those of errors, of the future or of a kind that is not known', () => {
    const wrong = { ...state(5), status: 'entered-in-error' as const };
    expect(devicesOf([wrong, state(21), state(5, { kind: 'toaster' })], NOW)).toStrictEqual([]);
  });
});
