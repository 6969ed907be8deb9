// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { mistakeAt, mistakesOf } from './faults.ts';
import { looksFor } from './looks.ts';
import { markedJoints } from './marked_joints.ts';
import { Playback, SLOW } from './playback.ts';

const run = (playback: Playback, from_ms: number, until_ms: number) => {
  for (let now = from_ms; now <= until_ms; now += 20) playback.step(now);
};

describe('Playback', () => {
  it('goes through a repetition, stops shortly, and begins the next', () => {
    const playback = new Playback(4);
    run(playback, 0, 2000);
    expect(playback.place).toEqual({ share: expect.closeTo(0.5, 6), repetition: 0 });
    run(playback, 2020, 4400);
    expect(playback.place).toEqual({ share: 1, repetition: 0 });
    run(playback, 4420, 4900);
    expect(playback.place.repetition).toBe(1);
  });

  it('takes twice as long when slow', () => {
    const playback = new Playback(4);
    playback.speed = SLOW;
    run(playback, 0, 2000);
    expect(playback.place.share).toBeCloseTo(0.25, 6);
  });

  it('does not jump after a pause', () => {
    const playback = new Playback(4, 0.5);
    run(playback, 0, 20);
    playback.pause();
    playback.step(90_000);
    expect(playback.place.share).toBeCloseTo(0.505, 6);
  });
});

describe('mistakes', () => {
  const file = {
    id: 'x',
    text: {},
    form: [
      {
        id: 'knees_in',
        name: { en: 'Knees falling inwards', de: 'Knie nach innen' },
        cue: { en: 'Push them out.', de: 'Nach außen.' },
      },
      { id: 'not_drawn', name: { en: 'Other' }, cue: { en: 'Other.' } },
    ],
    movement: { faults: [{ produces: 'knees_in' }, { produces: 'a_gate' }] },
  };
  it('are those that the file draws and the coach names, in the language', () => {
    expect(mistakesOf(file, 'de')).toEqual([{ id: 'knees_in', name: 'Knie nach innen', cue: 'Nach außen.' }]);
  });

  it('are shown wrong, then right, one after the other, and never first', () => {
    const two = ['a', 'b'].map((id) => ({ id, name: id, cue: id }));
    expect(
      [0, 1, 2, 3, 4, 5].map((n) => mistakeAt(two, n)).map((at) => `${at?.mistake.id} ${String(at?.wrong)}`),
    ).toEqual(['a false', 'a true', 'a false', 'b true', 'b false', 'a true']);
    expect(mistakeAt([], 3)).toBeUndefined();
  });
});

describe('markedJoints', () => {
  it.each([
    ['knee_flexion', 'right', [26]],
    ['shoulder_abduction', 'left', [11]],
    ['hip_height', undefined, [23, 24]],
    ['neck_rotation', undefined, []],
    ['heel_lift', undefined, [27, 28]],
  ] as const)('%s, %s', (measure, side, joints) => {
    expect(markedJoints(measure, side)).toEqual(joints);
  });
});

describe('looksFor', () => {
  it('gives an exercise the same person again, and exercises different ones', () => {
    expect(looksFor('squat')).toEqual(looksFor('squat'));
    const names = Array.from({ length: 60 }, (_, i) => looksFor(`exercise ${i}`));
    for (const trait of ['sex', 'build', 'skin', 'hair', 'cut', 'shirt'] as const)
      expect(new Set(names.map((look) => look[trait])).size).toBeGreaterThan(1);
  });
});
