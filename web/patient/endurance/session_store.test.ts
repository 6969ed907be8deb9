// SPDX-License-Identifier: Apache-2.0
import type { EnduranceDevice } from 'reprise-engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { localStore } from '../../data/local_store.ts';
import * as course from './course.ts';
import { devicesOf, forgetSession, storeSession, keptSession, type Kept } from './session_store.ts';

const BEGAN = '2026-03-02T10:00:00.500Z';
const later = (hours: number) => new Date(new Date(BEGAN).getTime() + hours * 3600_000);

const kept: Kept = {
  id: 'session',
  request: 'walk',
  startedAt: BEGAN,
  course: course.ended(course.begin({ warmUp_min: 5, main_min: 20, coolDown_min: 5 }), 200),
  marks: [{ page_s: 0, day_ms: new Date(BEGAN).getTime() }],
  values: [],
  rates: [{ time_s: 3, rate_bpm: 88 }],
  devices: [],
  passed: [],
  simulated: false,
  painBefore: 2,
};

const device = (kind: EnduranceDevice['kind'], received: number): EnduranceDevice => ({
  kind,
  name: null,
  battery_percent: null,
  received,
  usable: received,
  noContact: 0,
  notices: [],
});

beforeEach(async () => (await localStore()).clear());

describe('an endurance session that is under way', () => {
  it('is kept for twelve hours, for one account and request, until it is sent', async () => {
    await storeSession('kim', kept);
    expect(await keptSession('kim', 'walk', later(11.9))).toStrictEqual(kept);
    expect(await keptSession('kim', 'walk', later(12.1))).toBeUndefined();
    expect(await keptSession('robin', 'walk', later(1))).toBeUndefined();
    expect(await keptSession('kim', 'ride', later(1))).toBeUndefined();
    await forgetSession('kim', 'walk');
    expect(await keptSession('kim', 'walk', later(1))).toBeUndefined();
  });

  it('names each kind of device once, as it was last', () => {
    const all = devicesOf(
      [device('heart_rate_strap', 200), device('pulse_oximeter', 5)],
      [device('pulse_oximeter', 9)],
    );
    expect(all.map(({ kind, received }) => [kind, received])).toStrictEqual([
      ['heart_rate_strap', 200],
      ['pulse_oximeter', 9],
    ]);
  });
});
