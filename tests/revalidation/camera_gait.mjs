// SPDX-License-Identifier: Apache-2.0
// Gait by one camera: rendered people who walk as people did in recorded motion (simulated pictures; the truth is that
// of their joints), and a real clip whose contacts were read off by eye. The tables of docs/accuracy.md.
//
//   node tests/revalidation/camera_gait.mjs
//   node tests/revalidation/camera_gait.mjs --keep DIR      # keeps videos, truth and landmarks, and uses them again
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordedWalks } from './recorded_walks.mjs';
import { data, recording, reprise } from './recordings.mjs';
import { option, scratchFolder } from './rendered.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const tools = path.join(root, 'build/release/tests/revalidation');
const pack = recording('render/pack');
const folder = option('--keep', undefined) ?? scratchFolder();
fs.mkdirSync(folder, { recursive: true });
const SEEDS = option('--seeds', '41,42').split(',').map(Number);
const REACH_M = 0.02; // a foot stands where it is this near to where it will stay

// Read off the pictures one by one, to a picture (1/30 s): the heel touches the ground; and the near (left) leg is the
// one drawn over the other. The next contact, left at 6.27 s, lies outside the picture.
const BY_EYE = [
  ['left', 2.6],
  ['right', 3.23],
  ['left', 3.83],
  ['right', 4.45],
  ['left', 5.07],
  ['right', 5.7],
]; // prettier-ignore

const run = (program, ...words) =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const rms = (values) => Math.sqrt(mean(values.map((v) => v * v)));

/** When heels reach the place where they stand, and toes leave it: from the joints alone. */
export function trueEvents(truth) {
  const { frames } = truth;
  const times = frames.map((f) => f.t);
  const fps = 1 / (times[1] - times[0]);
  const [swing, still] = [Math.round(0.2 * fps), Math.round(0.1 * fps)];
  const events = [];
  for (const side of ['left', 'right']) {
    const along = (name) => {
      const joint = truth.joints.indexOf(`${side}_${name}`);
      return frames.map((f) => f.joints[joint][0]);
    };
    const [heel, toe] = [along('heel'), along('foot_index')];
    const speed = heel.map((_, i) => (i && i + 1 < heel.length ? ((heel[i + 1] - heel[i - 1]) * fps) / 2 : 0));
    const crossed = (track, i, place) =>
      times[i - 1] + ((place - track[i - 1]) / (track[i] - track[i - 1])) * (times[i] - times[i - 1]);
    const middle = (track, from, to) => track.slice(from, to).sort((a, b) => a - b)[Math.floor((to - from) / 2)];
    for (let i = swing; i < heel.length - 1; ++i) {
      if (!(speed[i] > 1.2 && speed.slice(i - swing, i + swing + 1).every((v) => v <= speed[i]))) continue;
      let k = i;
      while (k + still < heel.length && heel[k + still] - heel[k] > REACH_M) ++k;
      if (k + 2 * still < heel.length) {
        const place = middle(heel, k + still, k + 2 * still + 1) - REACH_M;
        let j = i;
        while (j < heel.length && heel[j] < place) ++j;
        if (j > i && j < heel.length) events.push({ side, kind: 'contact', t: crossed(heel, j, place) });
      }
      k = i;
      while (k - still >= 0 && toe[k] - toe[k - still] > REACH_M) --k;
      if (k - 2 * still < 0) continue;
      const place = middle(toe, k - 2 * still, k - still + 1) + REACH_M;
      let j = i;
      while (j > 0 && toe[j] > place) --j;
      if (j < i) events.push({ side, kind: 'foot_off', t: crossed(toe, j + 1, place) });
    }
  }
  const twice = (e, i) =>
    events.slice(0, i).some((f) => f.side === e.side && f.kind === e.kind && Math.abs(f.t - e.t) < 0.2);
  return events.filter((e, i) => !twice(e, i)).sort((a, b) => a.t - b.t);
}

const nearest = (events, { side, kind, t }) =>
  events
    .filter((e) => e.side === side && e.kind === kind)
    .map((e) => t - e.t)
    .sort((a, b) => Math.abs(a) - Math.abs(b))[0]; // prettier-ignore

/** A measure of the truth over a stride, at 0 to 100 %. */
function trueCycle(truth, measure, from, to) {
  const cycle = [];
  for (let i = 0; i <= 100; ++i) {
    const t = from + ((to - from) * i) / 100;
    const after = truth.frames.findIndex((f) => f.t >= t);
    if (after < 1) return null;
    const [a, b] = [truth.frames[after - 1], truth.frames[after]];
    const share = (t - a.t) / (b.t - a.t);
    if (a.measures[measure] === undefined || b.measures[measure] === undefined) return null;
    cycle.push(a.measures[measure] * (1 - share) + b.measures[measure] * share);
  }
  return cycle;
}

// What a sum of errors is kept of: [method] [kind] [near or far].
const errors = new Map();
const note = (key, error) => errors.set(key, [...(errors.get(key) ?? []), error]);

function checkEvents(landmarks, events, near) {
  const found = run(path.join(tools, 'reprise_camera_gait_events'), landmarks).trim().split('\n');
  for (const line of found) {
    const [method, side, kind, t] = line.split(' ');
    // Near the ends of a walk the truth cannot tell whether a foot stands.
    const known = events.filter((e) => e.side === side && e.kind === kind).map((e) => e.t);
    const error = nearest(events, { side, kind, t: Number(t) });
    if (known.length && t > known[0] - 0.3 && t < known.at(-1) + 0.3)
      note(`${method} ${kind} ${side === near ? 'near' : 'far'}`, error);
  }
  for (const event of events) {
    const met = found.some((line) => {
      const [method, side, kind, t] = line.split(' ');
      return method === 'from_hips' && side === event.side && kind === event.kind && Math.abs(t - event.t) < 0.15;
    });
    note(`missed ${event.kind}`, met ? 0 : 1);
  }
}

function checkDocument(document, truth, events, near) {
  const strides = document.tables.find((t) => t.events === 'strides').rows;
  const value = (measure, side = null) => document.values.find((v) => v.measure === measure && v.side === side)?.value;
  const contacts = events.filter((e) => e.kind === 'contact');
  const steps = document.tables.find((t) => t.events === 'steps').rows;
  const within = contacts.filter((e) => e.t > steps[0].start_s - 0.1 && e.t < steps.at(-1).end_s + 0.1);
  const trueCadence = (60 * (within.length - 1)) / (within.at(-1).t - within[0].t);
  note('cadence %', 100 * (value('cadence') / trueCadence - 1));
  for (const side of ['left', 'right']) {
    const where = side === near ? 'near' : 'far';
    const matched = strides
      .filter((s) => s.side === side)
      .map((s) => {
        const at = (t) => contacts.find((e) => e.side === side && Math.abs(e.t - t) < 0.15)?.t;
        return { ...s, from: at(s.start_s), to: at(s.end_s) };
      });
    const known = matched.filter((s) => s.from !== undefined && s.to !== undefined);
    if (!known.length) continue;
    const heel = truth.joints.indexOf(`${side}_heel`);
    const standing = (t) => truth.frames.find((f) => f.t >= t + 0.08)?.joints[heel][0];
    for (const s of known) {
      if (s.values.stride_length !== null && standing(s.to) !== undefined)
        note('stride length %', 100 * (s.values.stride_length / (standing(s.to) - standing(s.from)) - 1));
      const off = events.find((e) => e.kind === 'foot_off' && e.side === side && e.t > s.from && e.t < s.to);
      if (off && s.values.stance_share !== null)
        note(`stance share ${where}`, s.values.stance_share - (100 * (off.t - s.from)) / (s.to - s.from));
    }
    const arms = known.map((s) => trueCycle(truth, `shoulder_flexion_${side}`, s.from, s.to)).filter(Boolean);
    if (arms.length)
      note(`arm swing ${where}`, value('arm_swing', side) - mean(arms.map((c) => Math.max(...c) - Math.min(...c))));
    const toe = truth.joints.indexOf(`${side}_foot_index`);
    const sole = (t) => {
      const { joints } = truth.frames.find((f) => f.t >= t);
      return (180 / Math.PI) * Math.atan2(joints[toe][1] - joints[heel][1], joints[toe][0] - joints[heel][0]);
    };
    for (const s of known) {
      if (s.values.contact_angle === null) continue;
      note(`contact angle ${where}`, s.values.contact_angle - (sole(s.to) - sole(s.from + 0.3 * (s.to - s.from))));
    }
    for (const [plot, measure] of [
      ['knee_flexion_cycle', 'knee_flexion'],
      ['hip_flexion_cycle', 'hip_flexion'],
      ['ankle_dorsiflexion_cycle', 'ankle_dorsiflexion'],
    ]) {
      // prettier-ignore
      const line = document.plots.find((p) => p.name === plot)?.lines.find((l) => l.side === side);
      const cycles = known.map((s) => trueCycle(truth, `${measure}_${side}`, s.from, s.to)).filter(Boolean);
      if (!line || !cycles.length) continue;
      const truthMean = line.x.map((_, i) => mean(cycles.map((c) => c[i])));
      note(`${measure} curve ${where}`, rms(line.y.map((y, i) => y - truthMean[i])));
      note(`${measure} bias ${where}`, mean(line.y.map((y, i) => y - truthMean[i])));
      const range = (c) => Math.max(...c) - Math.min(...c);
      const joint = measure.split('_')[0];
      note(`${joint} range ${where}`, value(`${joint}_range`, side) - mean(cycles.map(range)));
      if (measure === 'knee_flexion')
        note(`knee peak ${where}`, value('knee_swing_peak', side) - mean(cycles.map((c) => Math.max(...c.slice(55)))));
    }
  }
}

for (const walk of recordedWalks(data)) {
  fs.writeFileSync(path.join(folder, `${walk.name}.json`), JSON.stringify(walk));
  for (const seed of SEEDS) {
    const name = `${walk.name}_${seed}`;
    const truthFile = path.join(folder, `${name}_truth.json`);
    if (!fs.existsSync(truthFile))
      run(
        path.join(tools, 'reprise_render_walkers'),
        pack,
        path.join(folder, `${walk.name}.json`),
        String(seed),
        folder,
      );
    const truth = JSON.parse(fs.readFileSync(truthFile, 'utf8'));
    const events = trueEvents(truth);
    for (const [view, near] of [
      ['side90', 'left'],
      ['side270', 'right'],
    ]) {
      // prettier-ignore
      const landmarks = path.join(folder, `${name}_${view}.landmarks.json`);
      if (!fs.existsSync(landmarks))
        run(reprise, 'pose', path.join(folder, `${name}_${view}.mp4`), '--model', 'heavy', '--out', folder);
      checkEvents(landmarks, events, near);
      const height = String(100 * truth.person.stature_m);
      try {
        checkDocument(
          JSON.parse(run(reprise, 'assess', 'gait', landmarks, '--height', height, '--json')),
          truth,
          events,
          near,
        );
        note('measured', 1);
      } catch (problem) {
        note('measured', 0);
        console.error(`${name} ${view}: ${problem.stderr ?? problem}`);
      }
    }
  }
}

const ms = (s) => `${Math.round(1000 * s)} ms`;
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => console.log(`| ${cells.join(' | ')} |\n|${'---|'.repeat(cells.length)}`);
const measured = errors.get('measured');
console.log(`Rendered walkers: ${measured.length} clips, ${measured.filter(Boolean).length} measured.\n`);
head('Event', 'Method', 'Leg', 'Found', 'Beyond 150 ms', 'Mean error', 'RMS', 'Within 40 ms');
for (const kind of ['contact', 'foot_off']) {
  for (const method of ['from_hips', 'ground_speed']) {
    for (const where of ['near', 'far']) {
      const all = errors.get(`${method} ${kind} ${where}`) ?? [];
      const usual = all.filter((e) => Math.abs(e) <= 0.15);
      const close = all.filter((e) => Math.abs(e) <= 0.04).length;
      const share = `${Math.round((100 * close) / all.length)} %`;
      row(kind, method, where, all.length, all.length - usual.length, ms(mean(usual)), ms(rms(usual)), share);
    }
  }
}
for (const kind of ['contact', 'foot_off']) {
  const all = errors.get(`missed ${kind}`);
  console.log(`missed ${kind}: ${all.filter(Boolean).length} of ${all.length}`);
}
console.log();
head('Measure', 'Values', 'Mean error', 'RMS', 'Largest');
for (const [key, all] of [...errors].filter(([k]) => /%$|share|curve|bias|peak|range|swing|angle/.test(k)).sort())
  row(key, all.length, ...[mean(all), rms(all), Math.max(...all.map(Math.abs))].map((v) => v.toFixed(1)));

// The real clip.
const clip = recording('video/walk_jump/demo.mp4');
const real = JSON.parse(run(reprise, 'assess', 'gait', clip, '--from', '2', '--json'));
const contacts = [];
for (const step of real.tables.find((t) => t.events === 'steps').rows) {
  if (!contacts.length) contacts.push([step.side === 'left' ? 'right' : 'left', step.start_s]);
  contacts.push([step.side, step.end_s]);
}
const eyeCadence = (60 * (BY_EYE.length - 1)) / (BY_EYE.at(-1)[1] - BY_EYE[0][1]);
const cadence = real.values.find((v) => v.measure === 'cadence').value;
console.log(`\nReal clip: contacts ${contacts.map(([s, t]) => `${s} ${t.toFixed(2)}`).join(', ')}`);
console.log(`By eye:             ${BY_EYE.map(([s, t]) => `${s} ${t.toFixed(2)}`).join(', ')}`);
console.log(`cadence ${cadence.toFixed(1)}, by eye ${eyeCadence.toFixed(1)} steps/min`);
const agrees =
  contacts.length === BY_EYE.length &&
  contacts.every(([s, t], i) => s === BY_EYE[i][0] && Math.abs(t - BY_EYE[i][1]) < 0.1);
const missed = [];
if (!agrees) missed.push('real clip: steps or sides differ from those by eye');
if (Math.abs(cadence / eyeCadence - 1) > 0.03) missed.push('real clip: cadence differs by more than 3 %');
if (rms(errors.get('cadence %')) > 2) missed.push('cadence of rendered walkers differs by more than 2 %');
if (mean(errors.get('knee_flexion curve near')) > 6)
  missed.push('knee curve of the nearer leg is off by more than 6 degrees');
if (missed.length) console.error(`missed: ${missed.join('; ')}`);
process.exit(missed.length ? 1 : 0);
