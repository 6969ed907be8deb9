// SPDX-License-Identifier: Apache-2.0
// The last points over a new photo. Pure.
import type { PosturePicture } from 'reprise-engine';
import type { EarlierPosture } from './record.ts';

/** Where the earlier points lie in this picture: moved and scaled so that head and feet are as far apart. */
export function overlayOf(last: EarlierPosture, picture: PosturePicture): { x: number; y: number }[] {
  const feet = picture.points.filter(({ point }) => point.endsWith('_heel') && last.points.has(point));
  const heads = picture.points.filter(({ point }) => point.endsWith('_ear') && last.points.has(point));
  if (feet.length === 0 || heads.length === 0) return [];
  const mean = (list: readonly { x: number; y: number }[]) => ({
    x: list.reduce((sum, { x }) => sum + x, 0) / list.length,
    y: list.reduce((sum, { y }) => sum + y, 0) / list.length,
  });
  const now = (list: typeof feet) => mean(list.map(({ x_px, y_px }) => ({ x: x_px, y: y_px })));
  const then = (list: typeof feet) => mean(list.flatMap(({ point }) => last.points.get(point) ?? []));
  const [foot, oldFoot] = [now(feet), then(feet)];
  const height = foot.y - now(heads).y;
  const oldHeight = oldFoot.y - then(heads).y;
  if (height <= 0 || oldHeight <= 0) return [];
  const scale = height / oldHeight;
  return [...last.points.values()].map(({ x, y }) => ({
    x: foot.x + scale * (x - oldFoot.x),
    y: foot.y + scale * (y - oldFoot.y),
  }));
}
