// SPDX-License-Identifier: Apache-2.0
// npm @mediapipe/pose in Debian's Chromium, and our own tracker, on identical pictures.
//
// The networks run on the CPU there (the package's option useCpuInference, its XNNPACK): its GPU mode computes in half
// precision and differs from its own CPU mode by up to 13 px. The package cuts its regions out of the picture with
// WebGL in both modes, here on SwiftShader, Chromium's software renderer; pictures go in through a 2D canvas, byte for
// byte.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtProgram, openPage } from './browser.mjs';

export const reference = '@mediapipe/pose 0.5.1675469404, CPU';
const complexities = { lite: 0, full: 1, heavy: 2 };

const page = `<!doctype html><title>MediaPipe</title><canvas></canvas>
<script src="/@mediapipe/pose/pose.js"></script>
<script>
const canvas = document.querySelector('canvas');
let pose;
let result;
window.start = (width, height, modelComplexity, smoothLandmarks) => {
  canvas.width = width;
  canvas.height = height;
  pose?.close();
  pose = new Pose({locateFile: (file) => '/@mediapipe/pose/' + file});
  pose.setOptions({modelComplexity, smoothLandmarks, useCpuInference: true, enableSegmentation: false,
                   selfieMode: false});
  pose.onResults((results) => { result = results; });
};
window.next = async (time_ms) => {
  const bytes = new Uint8ClampedArray(await (await fetch('/picture')).arrayBuffer());
  const {width, height} = canvas;
  canvas.getContext('2d', {willReadFrequently: true}).putImageData(new ImageData(bytes, width, height), 0, 0);
  result = undefined;
  await pose.send({image: canvas}, time_ms);
  if (!result?.poseLandmarks) return null;
  return {image: result.poseLandmarks.map((p) => [p.x * width, p.y * height, p.z * width, p.visibility]),
          world: result.poseWorldLandmarks.map((p) => [p.x, p.y, p.z])};
};
window.ready = true;
</script>`;

/** Starts the browser. `track` follows the person through a clip; `close` ends the browser. */
export async function startMediaPipe() {
  const state = {};
  const { tab, version, close } = await openPage(page, (name) => (name === '/picture' ? state.picture : undefined), [
    '--enable-unsafe-swiftshader',
    '--use-angle=swiftshader',
  ]);
  return {
    version,
    close,
    /**
     * `clip`: {width, height, fps, pictures: [RGBA bytes]}. Gives [{image: [[x, y, z px, visibility]], world} or null].
     */
    async track(clip, { model = 'full', smooth = true } = {}) {
      await tab.evaluate((options) => window.start(...options), [clip.width, clip.height, complexities[model], smooth]);
      const frames = [];
      for (const [i, picture] of clip.pictures.entries()) {
        state.picture = picture;
        frames.push(await tab.evaluate((time) => window.next(time), 1000 + (1000 * i) / clip.fps));
      }
      return frames;
    },
  };
}

/** The same with our tracker; also the time a picture takes inside and outside the networks. */
export function trackOurselves(clip, { model = 'full', smooth = true } = {}) {
  const program = builtProgram('tests/revalidation/reprise_pose_frames');
  const folder = mkdtempSync(path.join(tmpdir(), 'reprise-pictures-'));
  try {
    const file = path.join(folder, 'clip.rgba');
    writeFileSync(file, Buffer.concat(clip.pictures));
    const output = execFileSync(
      program,
      [clip.width, clip.height, clip.fps, file, '--model', model, ...(smooth ? [] : ['--raw'])].map(String),
      { maxBuffer: 2 ** 30, encoding: 'utf8' },
    );
    return JSON.parse(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Decodes with the ffmpeg program; `filter` as its -vf. */
export function decode(file, width, height, fps, filter = 'null') {
  const bytes = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'],
    { maxBuffer: 2 ** 31 },
  );
  const size = width * height * 4;
  const pictures = [];
  for (let at = 0; at + size <= bytes.length; at += size) pictures.push(bytes.subarray(at, at + size));
  return { width, height, fps, pictures };
}

/** Sorted values → the one below which `share` of them lie. */
export const quantile = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Median, 95th percentile and largest of a list of numbers. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { count: sorted.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) };
}
