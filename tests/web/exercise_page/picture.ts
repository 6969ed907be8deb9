// SPDX-License-Identifier: Apache-2.0
// The page of exercise_pictures.mjs: draws one exercise at its farthest posture.
import type { DrawnBody, Exercise, ExerciseFacts } from 'reprise-engine';
import { Show } from '../../../web/body/show.ts';

interface Movement {
  id: string;
  file: Record<string, unknown>;
  facts: ExerciseFacts;
  bodies: Record<string, DrawnBody>;
}

/** Drawn larger by this, for smooth edges. */
const FINER = 3;
const BACKGROUND = '#f5f0e8';
const QUALITY = 0.82;

/** Adds the picture to the page and returns it as a WebP address. */
window.picture = async ({ id, file, facts, bodies }: Movement, width: number, height: number): Promise<string> => {
  const exercise = { id, file, facts: () => facts, body: (share: number) => bodies[share] } as unknown as Exercise;
  const canvas = document.createElement('canvas');
  const show = await Show.open(canvas, { exercise, mirror: false, dark: false });
  show.size(FINER * width, FINER * height);
  show.draw(0.5);
  const picture = document.createElement('canvas');
  Object.assign(picture, { width, height });
  const pen = picture.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.fillStyle = BACKGROUND;
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(canvas, 0, 0, width, height);
  show.dispose();
  document.body.append(picture);
  return picture.toDataURL('image/webp', QUALITY);
};
