// SPDX-License-Identifier: Apache-2.0
// Times as the patient's own clock shows them.

import { describe, expect, it } from 'vitest';
import { localTime } from './local_time.ts';

describe('local time', () => {
  it('a time has its zone, and is the same moment', () => {
    const moment = new Date('2026-03-01T23:30:00Z');
    for (const [zone, written] of [
      ['UTC', '2026-03-01T23:30:00+00:00'],
      ['Europe/Berlin', '2026-03-02T00:30:00+01:00'],
      ['America/St_Johns', '2026-03-01T20:00:00-03:30'],
      ['Asia/Kathmandu', '2026-03-02T05:15:00+05:45'],
    ]) {
      process.env.TZ = zone;
      expect(localTime(moment), zone).toBe(written);
      expect(new Date(written).getTime()).toBe(moment.getTime());
    }
  });
});
