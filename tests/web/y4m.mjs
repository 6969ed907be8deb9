// SPDX-License-Identifier: Apache-2.0
// A video as the file that Chromium takes for a camera.

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/**
 * BT.601, as cameras give it; a plane of brightness and two of color with half the sides. Of each `step` pixels of
 * `from` one is taken.
 */
function planes(rgb, from, step, { width, height }) {
  const y = Buffer.alloc(width * height);
  const half = width / 2;
  const u = Buffer.alloc(half * (height / 2));
  const v = Buffer.alloc(half * (height / 2));
  for (let row = 0; row < height; ++row) {
    for (let column = 0; column < width; ++column) {
      const at = (row * step * from.width + column * step) * 3;
      const r = rgb[at];
      const g = rgb[at + 1];
      const b = rgb[at + 2];
      y[row * width + column] = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256;
      if (row % 2 === 0 && column % 2 === 0) {
        const to = (row / 2) * half + column / 2;
        u[to] = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
        v[to] = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
      }
    }
  }
  return [y, u, v];
}

const even = (side) => side - (side % 2);

/**
 * Chromium shows the file again and again. `rate`: pictures a second; the video's own times are not kept. `step`: sides
 * become so much smaller.
 */
export async function write_y4m(clip_pictures, video, file, { rate, step = 1 }) {
  const child = spawn(clip_pictures, [video], { stdio: ['ignore', 'pipe', 'inherit'] });
  const out = createWriteStream(file);
  let waiting = Buffer.alloc(0);
  let came = []; // joined once a whole picture is there
  let missing = 1;
  let size;
  let small;
  let pictures = 0;
  for await (const chunk of child.stdout) {
    came.push(chunk);
    missing -= chunk.length;
    if (missing > 0) continue;
    waiting = Buffer.concat([waiting, ...came]);
    came = [];
    if (!size) {
      const end = waiting.indexOf('\n');
      if (end < 0) {
        missing = 1;
        continue;
      }
      size = JSON.parse(waiting.subarray(0, end).toString());
      waiting = waiting.subarray(end + 1);
      small = { width: even(Math.floor(size.width / step)), height: even(Math.floor(size.height / step)) };
      out.write(`YUV4MPEG2 W${small.width} H${small.height} F${rate}:1 Ip A1:1 C420jpeg\n`);
    }
    const bytes = 8 + size.width * size.height * 3;
    while (waiting.length >= bytes) {
      out.write('FRAME\n');
      for (const plane of planes(waiting.subarray(8, bytes), size, step, small))
        if (!out.write(plane)) await once(out, 'drain');
      waiting = waiting.subarray(bytes);
      pictures += 1;
    }
    missing = bytes - waiting.length;
  }
  out.end();
  await once(out, 'finish');
  if (pictures === 0) throw new Error(`no picture in ${video}`);
  return { ...small, pictures };
}
