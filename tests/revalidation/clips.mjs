// SPDX-License-Identifier: Apache-2.0
// The real clips whose repetitions were counted by eye, and as what exercise each is looked at.

import fs from 'node:fs';
import { recording } from './recordings.mjs';

// What the index calls an exercise, and what the catalog does.
const exercises = [
  [/^squat/, 'squat'],
  [/split-stance|forward lunge/, 'forward_lunge'],
  [/heel slide/, 'heel_slide'],
  [/shoulder abduction/, 'shoulder_abduction'],
  [/front raise/, 'shoulder_flexion'],
  [/bicep curl/, 'elbow_flexion'],
  [/sit-to-stand/, 'sit_to_stand'],
  [/^jumping jack/, 'jumping_jack'],
  [/neck lateral flexion/, 'neck_side_bend'],
  [/^side lunge/, 'side_lunge'],
  [/^sit-up/, 'sit_up'],
  [/^push-up/, 'push_up'],
  [/overhead press/, 'overhead_press'],
];

function rows_of(csv) {
  return csv
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map((m) => m[1].replace(/^"|"$/g, '').replaceAll('""', '"')),
    );
}

/** Each clip once for each exercise: `clip`, `folder`, `exercise`, `truth`, and whether that count is `sure`. */
export function clip_jobs() {
  const [header, ...rows] = rows_of(fs.readFileSync(recording('video/clips/INDEX.csv'), 'utf8'));
  const column = (row, name) => row[header.indexOf(name)];
  const jobs = [];
  for (const row of rows) {
    const known = exercises.find(([pattern]) => pattern.test(column(row, 'exercise')));
    const count = Number(column(row, 'reps_counted_by_eye'));
    if (!known || !Number.isFinite(count)) continue;
    jobs.push({
      clip: column(row, 'file'),
      folder: 'video/clips',
      exercise: known[1],
      truth: count,
      sure: column(row, 'count_confidence') === 'high',
    });
  }
  // A squat clip with reference landmarks: its third rise is cut off, so two are complete.
  jobs.push({ clip: 'pose_squats.mp4', folder: 'video/squat', exercise: 'squat', truth: 2, sure: true });
  // Walking and two strangers are no exercise.
  for (const exercise of ['squat', 'forward_lunge']) {
    jobs.push({ clip: 'walking_side_1_cut.mp4', folder: 'video/clips', exercise, truth: 0, sure: true });
  }
  jobs.push({ clip: 'multi_person_1.mp4', folder: 'video/clips', exercise: 'squat', truth: 0, sure: true });
  return jobs;
}
