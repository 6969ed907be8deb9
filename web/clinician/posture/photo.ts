// SPDX-License-Identifier: Apache-2.0
// A photo on this device: read from a file, its points seen by the networks. It does not leave the page.
import type { PosturePointsFound, PostureView } from 'reprise-engine';
import { openCoach, type CoachFailureCode } from '../../coach/coach.ts';
import { engine } from '../../data/engine.ts';
import { preferences } from '../../data/preferences.ts';

/** Longer sides are scaled down: networks look at fewer pixels, and memory is scarce on phones. */
const LONGEST_PX = 1600;

export interface Photo {
  canvas: HTMLCanvasElement;
  width_px: number;
  height_px: number;
  /** As the level showed when it was taken. */
  roll_deg: number | undefined;
  takenAt: string;
}

function drawn(source: ImageBitmap | HTMLVideoElement, width: number, height: number): HTMLCanvasElement {
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const photoOf = (canvas: HTMLCanvasElement, takenAt: Date, roll_deg: number | undefined): Photo => ({
  canvas,
  width_px: canvas.width,
  height_px: canvas.height,
  roll_deg,
  takenAt: takenAt.toISOString(),
});

/** Throws where the file is no picture that the browser can show. */
export async function readPhoto(file: File): Promise<Photo> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    return photoOf(drawn(bitmap, bitmap.width, bitmap.height), new Date(file.lastModified), undefined);
  } finally {
    bitmap.close();
  }
}

export const takePhoto = (video: HTMLVideoElement, roll_deg: number | undefined): Photo =>
  photoOf(drawn(video, video.videoWidth, video.videoHeight), new Date(), roll_deg);

export type Found =
  /** `tilted`: without the camera's roll it must not be measured. */
  | { kind: 'found'; people: number; found: PosturePointsFound; tilted: boolean }
  | { kind: 'nobody' }
  /** The engine's reason: another view, cut off. */
  | { kind: 'refused'; people: number; reason: 'other-view' | 'other' }
  | { kind: 'failed'; code: CoachFailureCode };

export interface Looked {
  view: PostureView;
  mirrored: boolean;
  person: number;
}

const reasonOf = (message: string) => (message.includes('turned by more than') ? 'other-view' : 'other');

/** Whether the engine refuses the photo without its roll. */
function isTilted(measure: () => unknown): boolean {
  try {
    measure();
    return false;
  } catch (error) {
    return String(error).includes('tilted');
  }
}

/** Finds the points of a photo; `onProgress`: of loading the networks. */
export async function findPoints(
  photo: Photo,
  { view, mirrored, person }: Looked,
  onProgress: (share: number) => void,
): Promise<Found> {
  let coach: Awaited<ReturnType<typeof openCoach>> | undefined;
  try {
    coach = await openCoach({ model: preferences().coach, onProgress });
    const { people, pose } = await coach.photo(await createImageBitmap(photo.canvas), person);
    if (!pose) return { kind: 'nobody' };
    const { width_px, height_px } = photo;
    const reprise = await engine();
    try {
      const seen = { view, width_px, height_px, mirrored, pose };
      const found = reprise.posturePoints({ ...seen, roll_known: true });
      const tilted = isTilted(() => reprise.posturePoints({ ...seen, roll_known: false }));
      return { kind: 'found', people, found, tilted };
    } catch (error) {
      return { kind: 'refused', people, reason: reasonOf(String(error)) };
    }
  } catch (error) {
    return { kind: 'failed', code: (error as { code?: CoachFailureCode }).code ?? 'unexpected' };
  } finally {
    coach?.close();
  }
}
