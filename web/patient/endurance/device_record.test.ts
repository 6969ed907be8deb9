// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { DeviceRecord } from './device_record.ts';

const known = { name: 'Oximeter', battery: 40 };

describe('what a device sent', () => {
  it('is counted, and each notice is named once', () => {
    const record = new DeviceRecord('pulse_oximeter');
    record.add({ usable: true });
    record.add({ usable: false, notices: ['poor_signal'] });
    record.add({ usable: false, notices: ['poor_signal', 'not_worn'] });
    expect(record.result(known, true)).toStrictEqual({
      kind: 'pulse_oximeter',
      name: 'Oximeter',
      battery_percent: 40,
      received: 3,
      usable: 1,
      noContact: 0,
      notices: [{ notice: 'poor_signal' }, { notice: 'not_worn' }],
    });
  });

  it('counts from the start of the session', () => {
    const record = new DeviceRecord('heart_rate_strap');
    record.add({ usable: false, noContact: true });
    record.begin();
    record.add({ usable: true });
    expect(record.result(known, true)).toMatchObject({ received: 1, usable: 1, noContact: 0 });
  });

  it('is nothing of a device that was never there, and a battery is a percentage or unknown', () => {
    const record = new DeviceRecord('blood_pressure_monitor');
    expect(record.result({ name: undefined, battery: undefined }, false)).toBe(undefined);
    expect(record.result({ name: undefined, battery: 255 }, true)).toMatchObject({ name: null, battery_percent: null });
  });
});
