// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { DocumentReference } from 'fhir/r4';
import type { PosturePoint, PosturePointName } from 'reprise-engine';
import type { Stored } from '../../../fhir/resources.ts';
import { alignmentOf, apply, fromKept, type Aligned } from './alignment.ts';
import { headBox } from './hidden_face.ts';
import { photoIn } from './photo_record.ts';

const size = { width_px: 1000, height_px: 1400 };
const at = (point: PosturePointName, x_px: number, y_px: number): PosturePoint => ({
  point,
  x_px,
  y_px,
  origin: 'automatic',
});

describe('the block over the head', () => {
  const head = [at('left_ear', 460, 200), at('right_ear', 540, 200)];
  const feet = [at('left_ankle', 460, 1200), at('right_ankle', 540, 1200)];

  it('covers the whole head, and leaves the shoulders free', () => {
    // Of an adult, the crown is about 0.08 and the chin 0.06 of the distance from ears to ankles away.
    const box = headBox([...head, ...feet], size);
    expect(box).toStrictEqual({ x: 360, y: 80, width: 280, height: 220 });
    expect(200 - (box?.y ?? 0)).toBeGreaterThan(80);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(260);
  });

  it('reaches beyond the nose in a view from the side, and stays in the picture', () => {
    const side = headBox([at('left_ear', 500, 60), at('left_eye', 440, 50), at('left_ankle', 500, 1060)], size);
    expect(side?.x).toBeLessThan(350);
    expect(side?.y).toBe(0);
  });

  it('is as large by the shoulders where no foot is placed', () => {
    const box = headBox([...head, at('left_shoulder', 400, 330), at('right_shoulder', 600, 330)], size);
    expect(box?.y).toBeCloseTo(80, -1);
  });

  it('is larger for a child, whose shoulders are farther below the ears for its height', () => {
    const [shoulders, child] = [
      [at('left_shoulder', 420, 350), at('right_shoulder', 580, 350)],
      [at('left_ankle', 460, 1000), at('right_ankle', 540, 1000)],
    ];
    const box = headBox([...head, ...shoulders, ...child], size);
    // By the ankles alone it would begin at 104, below the crown of a child.
    expect(box?.y).toBeLessThan(70);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(300);
  });

  it('is absent where nothing tells where the head is, or how large', () => {
    expect(headBox(feet, size)).toBeUndefined();
    expect(headBox(head, size)).toBeUndefined();
    expect(headBox([...head, at('left_ankle', 460, 100)], size)).toBeUndefined();
  });
});

describe('two photos over each other', () => {
  const back: Aligned = {
    view: 'back',
    roll_deg: null,
    mirrored: false,
    points: new Map([
      ['left_ankle', { x: 450, y: 1200 }],
      ['right_ankle', { x: 550, y: 1200 }],
      ['left_shoulder', { x: 400, y: 400 }],
      ['right_shoulder', { x: 600, y: 400 }],
    ]),
  };
  const changed = (by: (place: { x: number; y: number }) => { x: number; y: number }, more: Partial<Aligned> = {}) => ({
    ...back,
    points: new Map([...back.points].map(([name, place]) => [name, by(place)])),
    ...more,
  });
  const placed = (photo: Aligned, name: string) => {
    const matrix = alignmentOf(photo);
    const point = photo.points.get(name);
    if (!matrix || !point) throw new Error('none');
    return apply(matrix, point);
  };
  const near = ({ x, y }: { x: number; y: number }) => ({ x: expect.closeTo(x, 6), y: expect.closeTo(y, 6) });

  it('have ankles and shoulders in one place, whatever their size', () => {
    expect(placed(back, 'left_ankle')).toStrictEqual(near({ x: -50 / 800, y: 0 }));
    expect(placed(back, 'left_shoulder')).toStrictEqual(near({ x: -100 / 800, y: -1 }));
    const small = changed(({ x, y }) => ({ x: 0.5 * x + 70, y: 0.5 * y + 30 }));
    for (const name of back.points.keys()) expect(placed(small, name)).toStrictEqual(near(placed(back, name)));
  });

  it('are turned by the level of the camera and not by the body, whose lean stays', () => {
    const leaning = changed(({ x, y }) => ({ x: x + (1200 - y) / 10, y }));
    expect(placed(leaning, 'left_shoulder').x).toBeGreaterThan(placed(back, 'left_shoulder').x + 0.05);
    // A camera turned clockwise by 10 degrees sees the person turned the other way.
    const turn = (-10 * Math.PI) / 180;
    const turned = changed(
      ({ x, y }) => ({
        x: 500 + (x - 500) * Math.cos(turn) - (y - 700) * Math.sin(turn),
        y: 700 + (x - 500) * Math.sin(turn) + (y - 700) * Math.cos(turn),
      }),
      { roll_deg: 10 },
    );
    for (const name of back.points.keys()) expect(placed(turned, name)).toStrictEqual(near(placed(back, name)));
  });

  it('are turned back where one is a mirror image', () => {
    const mirrored = changed(({ x, y }) => ({ x: 1000 - x, y }), { mirrored: true });
    for (const name of back.points.keys()) expect(placed(mirrored, name)).toStrictEqual(near(placed(back, name)));
  });

  it('are as large whatever the kept photo’s pixels', () => {
    const matrix = alignmentOf(back);
    if (!matrix) throw new Error('none');
    expect(apply(fromKept(matrix, 0.8), { x: 0.8 * 450, y: 0.8 * 1200 })).toStrictEqual(
      near(apply(matrix, { x: 450, y: 1200 })),
    );
  });

  it('cannot be aligned without ankles or shoulders of the view', () => {
    expect(alignmentOf({ ...back, points: new Map([...back.points].slice(1)) })).toBeUndefined();
    expect(alignmentOf({ ...back, points: new Map() })).toBeUndefined();
    const side = new Map([...back.points].filter(([name]) => name.startsWith('left')));
    expect(alignmentOf({ ...back, points: side, view: 'left_side' })).toBeDefined();
  });
});

describe('a photo in the record', () => {
  const postures = [{ address: 'Binary/1', at: '2026-11-26T10:00:00Z', measurement: 'urn:uuid:m' }];
  const document = {
    resourceType: 'DocumentReference',
    id: 'd',
    meta: {},
    status: 'current',
    identifier: [{ system: 'urn:reprise:session', value: 'urn:uuid:m' }],
    content: [{ attachment: { url: 'Binary/p' } }],
    context: { period: { start: '2026-11-26T10:00:00Z' } },
    extension: [
      {
        url: 'urn:reprise:posture-photo',
        extension: [
          { url: 'view', valueCode: 'back' },
          { url: 'face-hidden', valueBoolean: true },
          { url: 'scale', valueDecimal: 0.8 },
          { url: 'mirrored', valueBoolean: false },
        ],
      },
    ],
  } as unknown as Stored<DocumentReference>;

  it('is found beside its values', () => {
    expect(photoIn(document, postures)).toMatchObject({
      id: 'd',
      view: 'back',
      faceHidden: true,
      scale: 0.8,
      roll_deg: null,
      address: 'Binary/p',
      posture: postures[0],
    });
    expect(photoIn(document, [])?.posture).toBeUndefined();
  });

  it('is erased once it is marked as an error', () => {
    expect(photoIn({ ...document, status: 'entered-in-error' }, postures)?.address).toBeUndefined();
  });

  it('is none without its view or scale, or with an address elsewhere', () => {
    expect(photoIn({ ...document, extension: [] }, postures)).toBeUndefined();
    const elsewhere = { ...document, content: [{ attachment: { url: 'https://example.org/p' } }] };
    expect(photoIn(elsewhere, postures)?.address).toBeUndefined();
  });
});
