// SPDX-License-Identifier: Apache-2.0
// Pictures of an exercise's start and end, drawn by the person of the app (web/body), for paper.
import { Show } from '../../body/show.ts';
import { mirrored, type Prescribed } from '../../exercises/prescribed.ts';

/** Pixels. */
const WIDTH = 500;
const HEIGHT = 420;
export const RATIO = WIDTH / HEIGHT;
/** Shares of a repetition: the beginning, and the farthest posture. */
const SHARES = { start: 0, end: 0.5 } as const;

export type Posters = Record<keyof typeof SHARES, Uint8Array>;

const bytesOf = (canvas: HTMLCanvasElement) =>
  new Promise<Uint8Array>((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) void blob.arrayBuffer().then((all) => resolve(new Uint8Array(all)), reject);
        else reject(new Error('the picture of an exercise cannot be written as JPEG: make the paper again'));
      },
      'image/jpeg',
      0.86,
    );
  });

/** On white, as paper is. */
function onWhite(drawn: HTMLCanvasElement): HTMLCanvasElement {
  const flat = document.createElement('canvas');
  [flat.width, flat.height] = [drawn.width, drawn.height];
  const pen = flat.getContext('2d');
  if (pen) {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, flat.width, flat.height);
    pen.drawImage(drawn, 0, 0);
  }
  return flat;
}

/** Undefined where the browser draws nothing in three dimensions. A ceiling binds the pictures, too. */
export async function drawPosters(prescribed: Prescribed): Promise<Posters | undefined> {
  const { exercise } = prescribed;
  const canvas = document.createElement('canvas');
  let show: Show | undefined;
  try {
    show = await Show.open(canvas, { exercise, mirror: mirrored(prescribed), dark: false });
    show.size(WIDTH, HEIGHT);
    const flat = Object.entries(SHARES).map(([name, share]) => {
      show?.draw(share);
      // In the same task as the drawing: later the canvas is empty.
      return [name, onWhite(canvas)] as const;
    });
    const all = await Promise.all(flat.map(async ([name, one]) => [name, await bytesOf(one)] as const));
    return Object.fromEntries(all) as Posters;
  } catch (error) {
    console.warn(error);
    return undefined;
  } finally {
    show?.dispose();
    // A browser keeps only a few of these.
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
