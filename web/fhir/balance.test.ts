// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { balanceRequest, isBalance, levelOfPart, withoutReleaseOf, withRelease, type WantedLevel } from './balance.ts';

const level = (change: Partial<WantedLevel> = {}): WantedLevel => ({
  stance: 'tandem',
  side: null,
  foam: false,
  eyesClosed: false,
  dualTask: false,
  hold_s: 10,
  holds: 3,
  ...change,
});

const request = balanceRequest({
  id: 'b',
  patient: 'robin',
  practitioner: 'kim',
  everyDays: 2,
  helper: true,
  reason: '',
  authored: '2026-03-02T09:00:00+01:00',
  tag: undefined,
  name: 'Balance',
  sessions: 3,
  levels: [level(), level({ stance: 'single-leg', side: 'left', foam: true, eyesClosed: true })],
});

const released = (one: typeof request) =>
  one.extension
    ?.filter(({ url }) => url === 'urn:reprise:balance-level')
    .map(({ extension = [] }) => extension.filter(({ url }) => /^(released|confirmed)/.test(url)));

describe('a balance programme', () => {
  it('is requested with its first level released, and no other', () => {
    expect(isBalance(request)).toBe(true);
    expect(released(request)).toStrictEqual([[{ url: 'released', valueDate: '2026-03-02' }], []]);
  });

  it('is released level by level, and the release can be withdrawn', () => {
    const harder = withRelease(request, 1, '2026-03-09', ['eyesClosed', 'foam']);
    expect(released(harder)?.[1]).toStrictEqual([
      { url: 'released', valueDate: '2026-03-09' },
      { url: 'confirmed-eyes-closed', valueBoolean: true },
      { url: 'confirmed-foam', valueBoolean: true },
    ]);
    expect(released(harder)?.[0]).toHaveLength(1);
    expect(withoutReleaseOf(harder, 1)).toStrictEqual(request);
  });
});

describe('the part of a result', () => {
  it('names the stance', () => {
    expect(levelOfPart('single_leg.foam.eyes_closed.dual_task.20s')).toStrictEqual({
      stance: 'single-leg',
      foam: true,
      eyesClosed: true,
      dualTask: true,
      hold_s: 20,
    });
    expect(levelOfPart('feet_apart.firm.eyes_open.10s')?.dualTask).toBe(false);
  });

  it('is no level where it is another part', () => {
    for (const part of ['eyes_open', 'biceps', 'tandem.ice.eyes_open.10s', 'tandem.firm.eyes_open', 'tandem.firm.x.5s'])
      expect(levelOfPart(part)).toBe(undefined);
  });
});
