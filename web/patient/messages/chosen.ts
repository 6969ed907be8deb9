// SPDX-License-Identifier: Apache-2.0
// Which pictures go into a message, and why others do not. Pure.
import { NoPicture } from '../../data/draw_jpeg.ts';
import { MOST_PICTURES, MOST_WAITING, type PictureDraft } from '../../data/message_pictures.ts';
import { MOST_VIDEOS_WAITING } from '../../data/message_videos.ts';
import type { Message } from '../../data/messages.ts';

export type Left = { why: 'too-many' } | { why: 'unreadable' | 'too-large'; name: string };

interface File {
  name: string;
}

/**
 * Adds files to the pictures of a message, in their order. `draw`: throws NoPicture. `left`: the files that are left
 * out, and why.
 */
export async function addPictures<T extends File>(
  chosen: readonly PictureDraft[],
  files: readonly T[],
  draw: (file: T) => Promise<PictureDraft>,
): Promise<{ pictures: PictureDraft[]; left: Left[] }> {
  const pictures = [...chosen];
  const left: Left[] = [];
  for (const file of files) {
    if (pictures.length >= MOST_PICTURES) {
      left.push({ why: 'too-many' });
      break;
    }
    try {
      pictures.push(await draw(file));
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error;
      left.push({ why: error.why, name: file.name });
    }
  }
  return { pictures, left };
}

/** Whether no more pictures may be added before those are sent that wait on this device. */
export const isFull = (waiting: readonly Message[], chosen: number) =>
  waiting.reduce((sum, { pictures }) => sum + pictures.length, chosen) > MOST_WAITING;

/** Whether no more videos may be added before those are sent that wait on this device. */
export const isFullOfVideos = (waiting: readonly Message[]) =>
  waiting.reduce((sum, { videos }) => sum + videos.length, 0) >= MOST_VIDEOS_WAITING;
