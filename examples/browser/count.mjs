// SPDX-License-Identifier: Apache-2.0
// Counts the repetitions of landmarks.json by the engine and shows them.

import { loadReprise } from './reprise.mjs';

const get = async (name) => (await fetch(name)).text();

const reprise = await loadReprise();
const exercise = reprise.exercise(await get('squat.json'));
const coach = exercise.coach();

/** Shows the repetitions among the coach's events. */
function show(events) {
  for (const event of events) {
    if (event.kind !== 'repetition') continue;
    const item = document.createElement('li');
    item.textContent = `repetition ${event.count} counted at ${event.time_s.toFixed(2)} s`;
    document.querySelector('ol').append(item);
  }
}

const recording = JSON.parse(await get('landmarks.json'));
for (const { time_s, world_m, visibility } of recording.landmarks) {
  show(coach.step({ time_s, world_m: world_m?.flat(), visibility, simulated: recording.source.simulated }));
}
show(coach.finish());

const { summary } = JSON.parse(coach.session({ name: 'landmarks.json' })).exercise;
document.querySelector('p').textContent =
  `${summary.repetitions_complete} repetitions, largest knee flexion ${Math.round(summary.best_range.max_deg)}°`;
