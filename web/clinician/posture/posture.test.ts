// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { PosturePicture } from 'reprise-engine';
import { levelOf, levelOfCamera } from './level.ts';
import { overlayOf } from './overlay.ts';
import { automaticAgain, linesOf, movedTo, pointsOf, settled, VIEWS, type PagePoint } from './points.ts';
import { postureIn } from './record.ts';

const size = { width_px: 1000, height_px: 1400 };
const ear: PagePoint = { point: 'left_ear', x_px: 480, y_px: 200, origin: 'automatic' };

describe('points of a posture', () => {
  it('are those of the view, each once', () => {
    for (const view of VIEWS) expect(new Set(pointsOf(view)).size).toBe(pointsOf(view).length);
    expect(pointsOf('left_side').some((name) => name.startsWith('right_'))).toBe(false);
    expect(pointsOf('front')).not.toContain('c7');
    expect(pointsOf('back')).toContain('natal_cleft');
  });

  it('keep where the networks saw them, however often they are moved', () => {
    const moved = movedTo(movedTo(ear, 490, 210, size), 500, 220, size);
    expect(moved).toStrictEqual({
      point: 'left_ear',
      x_px: 500,
      y_px: 220,
      origin: 'moved',
      automatic_x_px: 480,
      automatic_y_px: 200,
    });
    expect(automaticAgain(moved)).toStrictEqual(ear);
    expect(automaticAgain(ear)).toBeUndefined();
  });

  it('stay in the picture', () => {
    expect(movedTo(ear, -5, 1500, size)).toMatchObject({ x_px: 0, y_px: 1400 });
  });

  it('are not measured before a person put them where they belong', () => {
    const waiting: PagePoint = { point: 'c7', x_px: 500, y_px: 700, origin: 'placed', pending: true };
    expect(settled([ear, waiting])).toStrictEqual([ear]);
    expect(settled([movedTo(waiting, 500, 250, size)])).toStrictEqual([
      { point: 'c7', x_px: 500, y_px: 250, origin: 'placed' },
    ]);
  });
});

describe('lines of a posture', () => {
  const heels: PagePoint[] = [
    { point: 'left_heel', x_px: 450, y_px: 1300, origin: 'automatic' },
    { point: 'right_heel', x_px: 550, y_px: 1300, origin: 'automatic' },
  ];

  it('have a plumb line from the middle of the heels, turned against the camera', () => {
    const [level] = linesOf('back', heels, 0, false);
    expect(level).toMatchObject({ kind: 'plumb', x1: 500, y1: 1300, x2: 500, y2: 0 });
    const [turned] = linesOf('back', heels, 10, false);
    expect(turned?.x2).toBeCloseTo(500 - 1300 * Math.tan((10 * Math.PI) / 180));
    const [mirrored] = linesOf('back', heels, 10, true);
    expect(mirrored?.x2).toBeCloseTo(500 + 1300 * Math.tan((10 * Math.PI) / 180));
  });

  it('have none without feet', () => {
    expect(linesOf('left_side', [ear], 0, false)).toStrictEqual([]);
  });
});

describe('the level', () => {
  it('is that of an upright phone, however it is held', () => {
    expect(levelOf(90, 0, 0)).toMatchObject({ roll_deg: expect.closeTo(0), pitch_deg: expect.closeTo(0) });
    // Turned clockwise, the phone's right edge goes down.
    expect(levelOf(80, 90, 0).roll_deg).toBeCloseTo(10);
    expect(levelOf(80, -90, 0).roll_deg).toBeCloseTo(-10);
    // Leaned back by 10°, the camera behind looks down.
    expect(levelOf(80, 0, 0).pitch_deg).toBeCloseTo(10);
    // On its left side, as the screen knows.
    expect(levelOf(0, -90, 90).roll_deg).toBeCloseTo(0);
    // The same, then turned clockwise by 10°; and on its right side.
    expect(levelOf(10, -90, 90).roll_deg).toBeCloseTo(10);
    expect(levelOf(10, 90, 270).roll_deg).toBeCloseTo(-10);
  });

  it('is the other way round for the camera beside the screen, and unknown for one on a cable', () => {
    const level = { roll_deg: 10, pitch_deg: -4 };
    expect(levelOfCamera(level, 'environment')).toStrictEqual(level);
    expect(levelOfCamera(level, 'user')).toStrictEqual({ roll_deg: -10, pitch_deg: 4 });
    expect(levelOfCamera(level, undefined)).toBeUndefined();
  });
});

describe('an earlier posture', () => {
  const kept = { address: 'Binary/1', at: '2026-11-26T10:00:00Z' };
  const row = (part: string, x: number, y: number) => ({ part, values: { point_x: x, point_y: y } });
  const document = JSON.stringify({
    values: [],
    tables: [{ events: 'points', rows: [row('back_left_ear', 200, 100), row('back_left_heel', 200, 600)] }],
  });

  it('has its view and points', () => {
    const earlier = postureIn(document, kept);
    expect(earlier?.view).toBe('back');
    expect(earlier?.points.get('left_ear')).toStrictEqual({ x: 200, y: 100 });
    expect(postureIn('{"values":[],"tables":[]}', kept)).toBeUndefined();
    expect(postureIn('no document', kept)).toBeUndefined();
  });

  it('is laid over a picture of another size, head on head and feet on feet', () => {
    const earlier = postureIn(document, kept);
    const points = [ear, { ...ear, point: 'left_heel', y_px: 1200 } as PagePoint];
    const picture = { points } as unknown as PosturePicture;
    expect(earlier && overlayOf(earlier, picture)).toStrictEqual([
      { x: 480, y: 200 },
      { x: 480, y: 1200 },
    ]);
    expect(earlier && overlayOf(earlier, { points: [ear] } as unknown as PosturePicture)).toStrictEqual([]);
  });
});
