// SPDX-License-Identifier: Apache-2.0
// Compares our whole pose pipeline with npm @mediapipe/pose in CPU mode in Chromium on identical RGBA pictures.
//
//   node tests/revalidation/mediapipe_parity.mjs [--build build/release] [--json] [--write-fixture]
//
// --write-fixture renews what tests/end_to_end compares with: MediaPipe's landmarks of the tests' sample person.
// Pictures: a person cut from a photo (npm @vladmandic/human, assets/samples.jpg), still and moved about, and the squat
// clip where the data folder is there (../shared/data or REPRISE_DATA). Exit code 1 where a limit is exceeded.

import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtProgram, root } from './browser.mjs';
import { decode, reference, startMediaPipe, summary, trackOurselves } from './mediapipe.mjs';
import { data } from './recordings.mjs';

const json = process.argv.includes('--json');
// Of the first picture. Later ones depend on all before them: where a landmark sits between two cells of the heat map,
// the last bit decides the next region, so that MediaPipe differs from itself by more after a change in the last bit of
// one color in fifty. There the median must stay small.
const limits = { first_px: 0.25, first_mm: 1, median_px: 0.5 };

const sheet = path.join(root, 'node_modules/@vladmandic/human/assets/samples.jpg');

/** The person, enlarged, wanders over a gray picture: tracking, turning over the edge, smoothing. */
function wandering() {
  const [width, height, scale] = [640, 480, 3];
  const person = decode(
    sheet,
    87 * scale,
    157 * scale,
    30,
    `format=rgb24,crop=87:157:546:0,scale=${87 * scale}:${157 * scale}`,
  );
  const pictures = [];
  for (let i = 0; i < 40; ++i) {
    const picture = Buffer.alloc(width * height * 4, 128);
    const left = Math.round(190 + 150 * Math.sin(i / 5));
    const top = Math.round(30 * Math.sin(i / 3));
    for (let y = 0; y < person.height; ++y) {
      const row = y + top;
      if (row < 0 || row >= height) continue;
      person.pictures[0].copy(picture, (row * width + left) * 4, y * person.width * 4, (y + 1) * person.width * 4);
    }
    for (let at = 3; at < picture.length; at += 4) picture[at] = 255;
    pictures.push(picture);
  }
  return { width, height, fps: 30, pictures };
}

/** The picture of tests/end_to_end. */
const fixtureSide = 400;
const fixtureClip = {
  width: fixtureSide,
  height: fixtureSide,
  fps: 30,
  pictures: [
    execFileSync(builtProgram('tests/revalidation/reprise_sample_frame'), [String(fixtureSide)], {
      maxBuffer: 2 ** 26,
    }),
  ],
};

const photo = decode(sheet, 87, 157, 30, 'format=rgb24,crop=87:157:546:0');
const cases = [
  ...['lite', 'full', 'heavy'].map((model) => ({ name: `photo, ${model}`, clip: photo, options: { model } })),
  { name: 'photo of the tests', clip: fixtureClip, options: {} },
  { name: 'photo moved about', clip: wandering(), options: {} },
];
const squat = path.join(data, 'video/squat/pose_squats.mp4');
if (existsSync(squat)) {
  const clip = decode(squat, 720, 1280, 5);
  cases.push({ name: 'squat', clip, options: {} }, { name: 'squat, unsmoothed', clip, options: { smooth: false } });
} else {
  console.error(`without ${squat}: the squat clip is left out`);
}

function compare(ours, theirs) {
  const px = [];
  const mm = [];
  const first = { px: 0, mm: 0 };
  let seenByOne = 0;
  ours.forEach((frame, i) => {
    if (!frame.image !== !theirs[i]) ++seenByOne;
    if (!frame.image || !theirs[i]) return;
    frame.image.forEach((p, k) => {
      const [q, w, v] = [theirs[i].image[k], frame.world[k], theirs[i].world[k]];
      px.push(Math.hypot(p[0] - q[0], p[1] - q[1]));
      mm.push(1000 * Math.hypot(w[0] - v[0], w[1] - v[1], w[2] - v[2]));
      if (i > 0) return;
      first.px = Math.max(first.px, px.at(-1));
      first.mm = Math.max(first.mm, mm.at(-1));
    });
  });
  if (px.length === 0) first.px = first.mm = Infinity;
  return { pictures: ours.length, seen_by_one_only: seenByOne, first, px: summary(px), mm: summary(mm) };
}

const mediapipe = await startMediaPipe();
const rows = [];
try {
  for (const { name, clip, options } of cases) {
    const ours = trackOurselves(clip, options);
    const theirs = await mediapipe.track(clip, options);
    const result = compare(ours.frames, theirs);
    if (clip === fixtureClip && process.argv.includes('--write-fixture'))
      writeFileSync(
        path.join(root, 'tests/end_to_end/sample_person_mediapipe.json'),
        `${JSON.stringify({
          source: `${reference}, full model`,
          picture_side_px: fixtureSide,
          image_px: theirs[0].image,
          world_m: theirs[0].world,
        })}\n`,
      );
    const ok =
      result.first.px <= limits.first_px &&
      result.first.mm <= limits.first_mm &&
      result.px.median <= limits.median_px &&
      result.seen_by_one_only === 0;
    rows.push({ name, ...result, networks_ms: ours.networks_ms_per_frame, rest_ms: ours.rest_ms_per_frame, ok });
  }
} finally {
  await mediapipe.close();
}

if (json) {
  console.log(JSON.stringify({ reference, browser: mediapipe.version, limits, rows }, null, 1));
} else {
  console.log(`Ours against ${reference} (${mediapipe.version})\n`);
  console.log(
    `${'case'.padEnd(20)} pictures | first: max px    mm | all: median px    p95    max | median mm    p95    max |`,
  );
  const f = (value, width) => (value ?? NaN).toFixed(4).padStart(width);
  for (const r of rows)
    console.log(
      `${r.name.padEnd(20)} ${String(r.pictures).padStart(8)} | ${f(r.first.px, 13)} ${f(r.first.mm, 6)} | ` +
        `${f(r.px.median, 14)} ${f(r.px.p95, 6)} ${f(r.px.max, 6)} | ${f(r.mm.median, 9)} ${f(r.mm.p95, 6)} ` +
        `${f(r.mm.max, 6)} | ${r.ok ? 'ok' : 'TOO FAR'}`,
    );
}
process.exit(rows.every((row) => row.ok) ? 0 : 1);
