// SPDX-License-Identifier: Apache-2.0
// Pictures of the assessments for docs/assessments.md: a rendered person does each test from the view that it names,
// `reprise assess` measures the clip, and the picture shows the person with the landmarks that were seen, the measured
// value with its ± and, where the movement's truth has it, the true one. Drawn by a computer: no person is filmed.
//
//   node tests/revalidation/assessment_pictures.mjs [--out docs/images/assessments.png] [--keep DIR]
//
// --out: without it only the values are printed. --keep: keeps videos and landmarks, and uses them again.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch_browser } from '../web/browser.mjs';
import { recordedWalks } from './recorded_walks.mjs';
import { data, recording } from './recordings.mjs';
import { option, run, scratchFolder } from './rendered.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const programs = path.join(root, 'build/release/tests');
const pack = recording('render/pack');
const folder = option('--keep', undefined) ?? scratchFolder();
const out = option('--out', undefined);
fs.mkdirSync(folder, { recursive: true });

const VIEWS = { front: 'from the front', side90: 'from the side', back180: 'from behind' };

/** The largest true angle, of the side that moves. */
const largest = (measure) => (truth) => {
  const values = truth.frames.map(
    ({ measures }) => measures[measure] ?? measures[`${measure}_${truth.side ?? 'left'}`],
  );
  return Math.max(...values.filter((value) => value !== undefined));
};

/** `test`: words for `reprise assess`, V for the clip; `shown`: the measure in the picture; `truth`: its true value. */
const PICTURES = [
  {
    title: 'Range of motion, shoulder abduction',
    exercise: 'shoulder_abduction',
    view: 'front',
    test: ['range_of_motion', 'shoulder_abduction=V'],
    shown: 'joint_range',
    truth: largest('shoulder_abduction'),
  },
  {
    title: 'Range of motion, knee flexion',
    exercise: 'standing_knee_flexion',
    view: 'side90',
    test: ['range_of_motion', 'knee_flexion=V'],
    shown: 'joint_range',
    truth: largest('knee_flexion'),
  },
  {
    title: 'Posture, level of the shoulders',
    exercise: 'squat',
    view: 'front',
    test: ['posture', 'V', '--view', 'front', '--from', '0', '--until', '0.2'],
    shown: 'shoulder_level',
    at_s: 0.1,
  },
  {
    title: 'Sit-to-stand, five times',
    exercise: 'sit_to_stand',
    view: 'side90',
    repetitions: 5,
    test: ['sit_to_stand_5', 'V'],
    shown: 'test_time',
    moment: 'start_s',
  },
  {
    title: 'Single-leg stance',
    exercise: 'single_leg_stance',
    view: 'front',
    test: ['single_leg_stance', 'V'],
    shown: 'stance_time',
  },
  {
    title: 'Squat',
    exercise: 'squat',
    view: 'side90',
    test: ['squat', 'V'],
    shown: 'squat_depth',
    truth: largest('knee_flexion'),
  },
  {
    title: 'Push-up',
    exercise: 'push_up',
    view: 'side90',
    test: ['push_up', 'V'],
    shown: 'elbow_depth',
    truth: largest('elbow_flexion'),
  },
  { title: 'Gait', view: 'side90', walk: true, test: ['gait', 'V'], shown: 'cadence' },
  {
    title: 'Load at work (RULA)',
    exercise: 'bent_over_row',
    view: 'side90',
    test: ['rula', 'V', '--stance', 'standing'],
  },
];
const SEED = '11';
const SIZE = '560';
const tool = (name) => path.join(programs, 'revalidation', name);
const quietly = (program, words) => execFileSync(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });

/** The rendered clip of a picture and its truth. */
function clipOf({ title, exercise, view, repetitions = 3, walk }) {
  const to = path.join(folder, title.replaceAll(/\W+/g, '_'));
  const videos = () => (fs.existsSync(to) ? fs.readdirSync(to).filter((file) => file.endsWith(`${view}.mp4`)) : []);
  if (videos().length === 0) {
    fs.mkdirSync(to, { recursive: true });
    if (walk) {
      const movement = path.join(to, 'movement.json');
      fs.writeFileSync(movement, JSON.stringify(recordedWalks(data)[0]));
      quietly(tool('reprise_render_walkers'), [pack, movement, SEED, to]);
    } else {
      const words = ['--exercise', exercise, '--views', view, '--repetitions', repetitions, '--size', SIZE];
      quietly(tool('reprise_render_people'), [
        ...['--pack', pack, '--seed', SEED, '--clips', '1', '--people', '1', '--out', to],
        ...words.map(String),
      ]);
    }
  }
  const [video] = videos();
  const truth = fs.readdirSync(to).find((file) => file.endsWith('_truth.json'));
  return { to, video: path.join(to, video), truth: JSON.parse(fs.readFileSync(path.join(to, truth), 'utf8')) };
}

/** The 33 points of each picture. */
function landmarksOf({ to, video }) {
  const file = path.join(to, `${path.basename(video, '.mp4')}.landmarks.json`);
  if (!fs.existsSync(file)) run('pose', video, '--out', to);
  return JSON.parse(fs.readFileSync(file, 'utf8')).landmarks;
}

const UNITS = { deg: '°', s: ' s', m: ' m', cm: ' cm', '{steps}/min': ' steps/min' };
/** With the digits that its ± allows. */
const number = (value, half = value) => value.toFixed(Math.abs(half) < 1 ? 1 : 0);

/** What `reprise assess` says of the clip: "149 ±9°, true 148°". */
function resultOf({ test, shown, truth: trueOf }, { video, truth }) {
  const document = JSON.parse(run('assess', ...test.map((word) => word.replace(/V$/, video)), '--json'));
  if (!shown) {
    const [{ measured }] = document.worst;
    return `score ${measured.least} to ${measured.most} as measured`;
  }
  const value = document.values.find(({ measure }) => measure === shown);
  if (!value) throw new Error(`${test[0]} has no ${shown}, but ${document.values.map(({ measure }) => measure)}`);
  const unit = UNITS[value.unit] ?? ` ${value.unit}`;
  const range = value.uncertainty === null ? '' : ` ±${number(value.uncertainty)}`;
  const side = value.side ? `${value.side}, ` : '';
  const known = trueOf ? `; true: ${number(trueOf(truth), value.uncertainty)}${unit}` : '';
  return `${side}${number(value.value, value.uncertainty ?? undefined)}${range}${unit}${known}`;
}

/** The picture of a moment, as its size and RGB. */
function pictureAt(video, time_s) {
  const bytes = execFileSync(path.join(programs, 'web/reprise_clip_pictures'), [video], { maxBuffer: 2 ** 31 });
  const end = bytes.indexOf('\n');
  const { width, height } = JSON.parse(bytes.subarray(0, end).toString());
  const size = 8 + width * height * 3;
  for (let at = end + 1; at + size <= bytes.length; at += size) {
    if (bytes.readDoubleLE(at) < time_s - 1e-6) continue;
    return { width, height, rgb: bytes.subarray(at + 8, at + size).toString('base64') };
  }
  throw new Error(`${video} has no picture at ${time_s} s`);
}

const BONES = [
  ...[
    [11, 12],
    [23, 24],
    [11, 23],
    [12, 24],
    [11, 13],
    [13, 15],
    [12, 14],
    [14, 16],
  ],
  ...[
    [23, 25],
    [25, 27],
    [24, 26],
    [26, 28],
    [27, 29],
    [29, 31],
    [27, 31],
    [28, 30],
    [30, 32],
    [28, 32],
  ],
]; // prettier-ignore

function tileOf(picture) {
  const clip = clipOf(picture);
  const landmarks = landmarksOf(clip);
  const middle = clip.truth.repetitions?.[1] ?? clip.truth.repetitions?.[0];
  const at_s =
    picture.at_s ?? middle?.[picture.moment ?? 'extreme_s'] ?? landmarks[Math.floor(landmarks.length / 2)].time_s;
  const seen = landmarks.find(({ time_s }) => time_s >= at_s - 1e-6);
  return {
    title: picture.title,
    view: VIEWS[picture.view],
    result: resultOf(picture, clip),
    picture: pictureAt(clip.video, at_s),
    points: seen.image_px.map(([x, y]) => [x, y]),
  };
}

/** Runs in the page: a tile for each picture. */
function draw({ tiles, bones }) {
  for (const { title, view, result, picture, points } of tiles) {
    const { width, height } = picture;
    const rgb = Uint8Array.from(atob(picture.rgb), (c) => c.charCodeAt(0));
    const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < width * height; ++i) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d');
    pen.putImageData(new ImageData(rgba, width, height), 0, 0);
    pen.lineCap = 'round';
    for (const [color, wide] of [
      ['rgba(0, 20, 30, .55)', 6],
      ['#7fe3ff', 3],
    ]) {
      Object.assign(pen, { strokeStyle: color, lineWidth: (wide * width) / 560 });
      for (const [from, to] of bones) {
        pen.beginPath();
        pen.moveTo(...points[from]);
        pen.lineTo(...points[to]);
        pen.stroke();
      }
    }
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    for (const [name, words] of [
      ['b', title],
      ['span', view],
      ['span', result],
    ]) {
      const line = document.createElement(name);
      line.textContent = words;
      caption.append(line);
    }
    figure.append(canvas, caption);
    document.body.append(figure);
  }
}

const tiles = [];
for (const picture of PICTURES) {
  process.stderr.write(`${tiles.length + 1} of ${PICTURES.length}: ${picture.title}\n`);
  tiles.push(tileOf(picture));
  console.log(`${picture.title}, ${tiles.at(-1).view}: ${tiles.at(-1).result}`);
}
if (!out) process.exit(0);
const browser = await launch_browser();
const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
await page.setContent(`<!doctype html><style>
  body { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; margin: 0; padding: 16px; background: #dfe5e9;
    font: 15px/1.35 'Liberation Sans', sans-serif; color: #12242c; }
  figure { margin: 0; overflow: hidden; border-radius: 12px; background: #fff; box-shadow: 0 1px 6px #0004; }
  canvas { display: block; width: 100%; height: 270px; object-fit: cover; }
  figcaption { display: grid; padding: 10px 12px 12px; }</style>`);
await page.evaluate(draw, { tiles, bones: BONES });
await page.locator('body').screenshot({ path: out });
await browser.close();
