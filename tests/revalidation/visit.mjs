// SPDX-License-Identifier: Apache-2.0
// Measuring during a visit on rendered visits of two people, whose movements are known: how many of fifteen movements
// become a proposal, how many of those are of the wrong side, person or movement, whether active and passive are told
// apart, and the error of the angles. Drawn by a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/visit.mjs [FOLDER] [--seeds 1,2,3] [--model heavy] [--json]
//   node tests/revalidation/visit.mjs --alone [--json]     people alone instead (visit_alone.mjs)
//
// FOLDER keeps the rendered visits, so that a second run need not draw them; else they are drawn into a folder that is
// gone at the end. The pack of people: PACK, or $REPRISE_DATA/render/pack. Slow: about two minutes a visit.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { data } from './recordings.mjs';
import { mean, option, run, scratchFolder } from './rendered.mjs';
import { watch_people_alone } from './visit_alone.mjs';

if (process.argv.includes('--alone')) process.exit(watch_people_alone(process.argv.includes('--json')) > 0 ? 1 : 0);

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = path.join(root, 'build/release/tests/revalidation/reprise_render_visit');
const tool = process.env.REPRISE_RENDER_VISIT ?? built;
const pack = process.env.PACK ?? path.join(data, 'render/pack');
const named = process.argv[2]?.startsWith('--') ? undefined : process.argv[2];
const folder = named ?? scratchFolder();
const seeds = option('--seeds', '1,2,3').split(',').map(Number);
const model = option('--model', '');

if (!fs.existsSync(pack)) {
  console.log(`skipped: there is no pack of people at ${pack} (PACK, REPRISE_DATA)`);
  process.exit(0);
}

function visitOf(seed) {
  const video = path.join(folder, `visit_${seed}.mp4`);
  const truth = path.join(folder, `visit_${seed}_truth.json`);
  if (!fs.existsSync(truth)) execFileSync(tool, [pack, String(seed), folder], { stdio: 'ignore' });
  const words = ['assess', 'visit', video, '--json', ...(model ? ['--model', model] : [])];
  return { truth: JSON.parse(fs.readFileSync(truth, 'utf8')), found: JSON.parse(run(...words)) };
}

const overlap = (a, b) => Math.min(a.end_s, b.end_s) - Math.max(a.start_s, b.start_s);

/** What a proposed trial is, against the movement that happened then. */
function verdictOf(trial, proposal, movements) {
  const during = movements.filter((movement) => overlap(movement, trial) > 0.5 * (trial.end_s - trial.start_s));
  if (during.length === 0) return { verdict: 'the patient did not move' };
  const [movement] = during;
  if (movement.test !== proposal.test) return { verdict: 'wrong movement', movement };
  return { verdict: movement.side === proposal.side ? 'right' : 'wrong side', movement };
}

const rows = [];
const counts = { movements: 0, captured: 0, wrong: [], manner_right: 0, manner_asked: 0, manner_wrong: 0 };
const visits = [];
for (const seed of seeds) {
  const { truth, found } = visitOf(seed);
  const captured = new Set();
  for (const proposal of found.proposals) {
    for (const trial of proposal.trials) {
      const { verdict, movement } = verdictOf(trial, proposal, truth.movements);
      if (verdict !== 'right') {
        counts.wrong.push(`visit ${seed}, ${trial.start_s} s, ${proposal.test} ${proposal.side}: ${verdict}`);
        continue;
      }
      captured.add(movement);
      const manner = movement.passive ? 'passive' : 'active';
      if (proposal.manner === manner) counts.manner_right += 1;
      else if (proposal.manner === 'unknown') counts.manner_asked += 1;
      else counts.manner_wrong += 1;
      const error = trial.angle_deg - movement.angle_deg;
      rows.push({ test: proposal.test, error, half: trial.uncertainty_deg, passive: movement.passive });
    }
  }
  counts.movements += truth.movements.length;
  counts.captured += captured.size;
  const reasons = found.left_out.map(({ code }) => code);
  visits.push({ seed, captured: captured.size, of: truth.movements.length, left_out: reasons });
}

const holds = ({ error, half }) => half !== null && Math.abs(error) <= half;
const knees = rows.filter(({ test }) => test === 'knee_flexion');
/** By who moved the lower leg: a helper's arms hide it. */
const byManner = ['active', 'passive'].map((manner) => {
  const of = knees.filter(({ passive }) => passive === (manner === 'passive'));
  return { manner, trials: of.length, within: of.filter(holds).length };
});
const byTest = [...new Set(rows.map(({ test }) => test))].sort().map((test) => {
  const of = rows.filter((row) => row.test === test);
  return {
    test,
    trials: of.length,
    mean_absolute: mean(of.map(({ error }) => Math.abs(error))),
    bias: mean(of.map(({ error }) => error)),
    within: of.filter(holds).length,
  };
});
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ visits, ...counts, tests: byTest, knee_flexion: byManner }, null, 2));
} else {
  for (const { seed, captured, of, left_out } of visits)
    console.log(`visit ${seed}: ${captured} of ${of} captured; not proposed: ${left_out.join(', ') || 'none'}`);
  console.log(`captured ${counts.captured} of ${counts.movements}, wrong ${counts.wrong.length}`);
  for (const line of counts.wrong) console.log(`  WRONG ${line}`);
  console.log(
    `active or passive: ${counts.manner_right} right, ${counts.manner_asked} asked, ${counts.manner_wrong} wrong`,
  );
  console.log('test                    trials  error   bias  within ±');
  for (const { test, trials, mean_absolute, bias, within } of byTest) {
    console.log(
      `${test.padEnd(24)}${String(trials).padStart(6)} ${mean_absolute.toFixed(1).padStart(6)} ` +
        `${bias.toFixed(1).padStart(6)}  ${within} of ${trials}`,
    );
  }
  for (const { manner, trials, within } of byManner)
    console.log(`knee flexion, ${manner}: ${trials} proposed, ${within} within ±`);
}
// A proposal of another side, person or movement is worse than none.
if (counts.wrong.length > 0) process.exit(1);
