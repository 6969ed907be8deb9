// SPDX-License-Identifier: Apache-2.0
// Walking of `reprise gait` from a phone in the pocket or in the hand. SIMULATED: no phone recorded it. A virtual
// sensor is placed on the skeleton of a recorded walk (CMU motion capture 02_01, one person, 3 s). Each stride is
// repeated for half a minute, played at three speeds, in each place at random orientations. Truth: a foot touches the
// ground where its ankle is farthest in front of the pelvis; a step is as long as the ankles are then apart. Above 6
// Hz nothing is left of the recorded positions, so a foot's impact is weaker than a phone's.
//
//   node tests/revalidation/pocket_gait.mjs [FOLDER]     FOLDER: keeps the simulated recordings there
//
// The recording is not part of the repository: ../shared/data or REPRISE_DATA=<folder> (motion/cmu).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { applied, plus, readMovement, rotation, transposed } from './recorded_skeleton.mjs';
import { recording } from './recordings.mjs';
import { judge, mean, measured, measureOf, median } from './statistics.mjs';

const RATE_HZ = 100;
const FRAME_HZ = 30;
const SECONDS = 30;
const GRAVITY = 9.80665;
const MATCH_S = 0.1;
const HEIGHT_CM = 175; // not known; lengths of the lower back grow with its root
// Frames from one contact of a foot to its next, by eye.
const STRIDES = [
  [17, 51],
  [35, 69],
  [51, 85],
];
const SPEEDS = [0.9, 1, 1.15];
const ORIENTATIONS = 2;
/** Bone, place along it, and the way from there: to the left, up, forward in meters, of a person who stands. */
const PLACES = {
  'lower back': ['root', 0, [0, 0.05, -0.1]],
  'left pocket': ['lfemur', 0.35, [0.03, 0, 0.08]],
  'right pocket': ['rfemur', 0.35, [-0.03, 0, 0.08]],
  'left hand, hanging': ['lhand', 0, [0, 0, 0]],
  'right hand, hanging': ['rhand', 0, [0, 0, 0]],
  'in front of the chest': ['thorax', 0, [-0.1, 0, 0.3]],
};

function randoms(seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return { next, normal: () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()) };
}

/** One stride again and again: its end is bent to its start, all but how far the pelvis came. */
const repeated =
  ([from, to], strides) =>
  (frames) => {
    const ahead = frames[to].get('root')[2] - frames[from].get('root')[2];
    return Array.from({ length: strides * (to - from) }, (_, i) => {
      const k = i % (to - from);
      const share = k / (to - from);
      const frame = new Map();
      for (const [bone, numbers] of frames[from + k]) {
        const [start, end] = [frames[from].get(bone), frames[to].get(bone)];
        frame.set(
          bone,
          numbers.map((v, n) => v - share * (end[n] - start[n])),
        );
      }
      frame.get('root')[2] += ahead * (share + Math.floor(i / (to - from)));
      return frame;
    });
  };

/** Without frequencies above 6 Hz, the usual limit for positions of markers in walking. */
function smoothed(frames) {
  const REACH = 8;
  const weights = Array.from({ length: 2 * REACH + 1 }, (_, i) => {
    const x = i - REACH;
    const wave = x === 0 ? 1 : Math.sin((2 * Math.PI * 6 * x) / FRAME_HZ) / ((2 * Math.PI * 6 * x) / FRAME_HZ);
    return wave * (1 + Math.cos((Math.PI * x) / (REACH + 1)));
  });
  const all = weights.reduce((sum, w) => sum + w, 0);
  return frames.slice(REACH, -REACH).map((frame, i) => {
    const near = frames.slice(i, i + 2 * REACH + 1);
    const sum = (bone, n) => near.reduce((total, one, k) => total + (weights[k] / all) * one.get(bone)[n], 0);
    return new Map([...frame].map(([bone, numbers]) => [bone, numbers.map((_, n) => sum(bone, n))]));
  });
}

/** The sensor's signals: rows of time, acceleration in m/s2 and angular velocity in rad/s. */
function virtualSensor(movement, speed, [bone, along, beside], random) {
  const mount = rotation([0, 0, 0].map(() => 360 * random.next()));
  const at = (time_s) => {
    const [{ start, end, turn }] = movement.pose(1 + time_s * speed * FRAME_HZ, [bone]);
    const from = start ?? end;
    return { turn, point: plus(plus(from, plus(end, from, -1), along), applied(turn, beside)) };
  };
  const STEP_S = 0.002;
  const noise = (size) => [0, 0, 0].map(() => size * random.normal());
  const rows = [];
  for (let i = 0; i < SECONDS * RATE_HZ; i += 1) {
    const [before, now, after] = [-STEP_S, 0, STEP_S].map((d) => at(i / RATE_HZ + 0.1 + d));
    const force = now.point.map(
      (v, k) => (before.point[k] - 2 * v + after.point[k]) / STEP_S ** 2 + (k === 1 ? GRAVITY : 0),
    );
    const back = transposed(now.turn);
    // The skew part of R' dR/dt.
    const slope = [0, 1, 2].map((c) =>
      applied(
        back,
        [0, 1, 2].map((r) => (after.turn[r][c] - before.turn[r][c]) / (2 * STEP_S)),
      ),
    );
    const turning = [slope[1][2], slope[2][0], slope[0][1]];
    const acceleration = plus(applied(mount, applied(back, force)), noise(0.05));
    rows.push([i / RATE_HZ, ...acceleration, ...plus(applied(mount, turning), noise(0.005))]);
  }
  return rows;
}

/** Contacts of both feet in seconds, and the lengths of the steps between. */
function truthOf(movement, speed) {
  const ahead = (frame) => {
    const [root, left, right] = movement.pose(frame, ['root', 'ltibia', 'rtibia']).map(({ end }) => end[2]);
    return [left - root, right - root];
  };
  const contacts = [];
  const last = Math.min(1 + (SECONDS + 0.1) * speed * FRAME_HZ, movement.frames - 2);
  for (let f = 1.2; f < last; f += 0.1) {
    const [before, now, after] = [f - 0.1, f, f + 0.1].map(ahead);
    for (const foot of [0, 1]) {
      if (now[foot] > 0.1 && now[foot] >= before[foot] && now[foot] > after[foot])
        contacts.push({ foot, time: (f - 1) / (speed * FRAME_HZ) - 0.1, length: now[foot] - now[1 - foot] });
    }
  }
  return contacts.filter(({ time }) => time > 0);
}

/** Empty where the command finds no walking. */
function gaitOf(file) {
  try {
    return measured('gait', file, '--height', String(HEIGHT_CM));
  } catch (error) {
    if (error.status !== undefined && String(error.stdout).includes('"nothing_measured"')) return undefined;
    throw error;
  }
}

const folder = process.argv[2] ?? fs.mkdtempSync(path.join(os.tmpdir(), 'pocket_gait-'));
fs.mkdirSync(folder, { recursive: true });
const [skeleton, walk] = ['02.asf', '02_01.amc'].map((name) => recording(`motion/cmu/${name}`));
const found = new Map(Object.keys(PLACES).map((place) => [place, []]));
let seed = 1;
for (const stride of STRIDES) {
  for (const speed of SPEEDS) {
    const movement = readMovement(skeleton, walk, (frames) =>
      smoothed(repeated(stride, Math.ceil((SECONDS * speed) / 1.1) + 3)(frames)),
    );
    const truth = truthOf(movement, speed);
    for (const [place, where] of Object.entries(PLACES)) {
      for (let turn = 0; turn < ORIENTATIONS; turn += 1) {
        const rows = virtualSensor(movement, speed, where, randoms((seed += 1)));
        const file = path.join(folder, `${place.replaceAll(/\W+/g, '_')}_${stride[0]}_${speed}_${turn}.csv`);
        const text = rows.map((row) => row.map((v) => v.toFixed(5)).join(',')).join('\n');
        fs.writeFileSync(
          file,
          `time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyr_x_radps,gyr_y_radps,gyr_z_radps\n${text}\n`,
        );
        found.get(place).push({ truth, ours: gaitOf(file) });
      }
    }
  }
}
if (process.argv[2] === undefined) fs.rmSync(folder, { recursive: true });

console.log('SIMULATED: a virtual phone on the skeleton of one recorded walk, its strides repeated:');
const figures = [];
for (const [place, walks] of found) {
  const walked = walks.filter(({ ours }) => ours !== undefined);
  const off = walked.map(({ truth, ours }) => {
    const contacts = ours.plots[0].marks.filter(({ name }) => name === 'initial_contact').map(({ x }) => x);
    const inside = truth.filter(({ time }) => time > 1 && time < SECONDS - 1);
    const near = (t, times) => times.reduce((best, one) => (Math.abs(one - t) < Math.abs(best - t) ? one : best));
    const late = inside.map(({ time }) => near(time, contacts) - time);
    const middle = median(late);
    const cadence = (60 * (inside.length - 1)) / (inside.at(-1).time - inside[0].time);
    const extra = contacts.filter((t) => t > inside[0].time - 0.3 && t < inside.at(-1).time + 0.3).length;
    const length = measureOf(ours, 'stride_length');
    return {
      found: late.filter((d) => Math.abs(d - middle) <= MATCH_S).length,
      of: inside.length,
      extra,
      late: middle,
      cadence: (100 * measureOf(ours, 'cadence')) / cadence - 100,
      length: length === undefined ? undefined : length / (2 * mean(inside.map((one) => one.length))) - 1,
    };
  });
  const sum = (name) => off.reduce((total, one) => total + one[name], 0);
  const lengths = off.map(({ length }) => length).filter((v) => v !== undefined);
  const swings = /pocket|hand/.test(place);
  const wanted = place.includes('pocket');
  const [hit, right] = [sum('found') / sum('of'), sum('found') / sum('extra')];
  const cadence = Math.max(...off.map((one) => Math.abs(one.cadence)));
  figures.push({ what: `${place}: walking found`, text: `in ${walked.length} of ${walks.length} walks` });
  if (walked.length === 0) continue;
  figures.push(
    {
      what: `${place}: contacts found, and said`,
      text: `${sum('found')} of ${sum('of')}, ${sum('extra')}; ${mean(off.map(({ late }) => late)).toFixed(2)} s late`,
      holds: wanted ? walked.length === walks.length && hit >= 0.95 && right >= 0.95 : undefined,
    },
    {
      what: `${place}: cadence, largest error`,
      text: `${cadence.toFixed(1)} %`,
      holds: wanted ? cadence <= 3 : undefined,
    },
    {
      what: `${place}: stride length`,
      text:
        lengths.length === 0
          ? 'not measured'
          : `${(100 * mean(lengths)).toFixed(0)} % off, from ${(100 * Math.min(...lengths)).toFixed(0)} to ` +
            `${(100 * Math.max(...lengths)).toFixed(0)} %`,
      holds: swings ? lengths.length === 0 : undefined,
    },
  );
}
judge(figures);
