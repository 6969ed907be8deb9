// SPDX-License-Identifier: Apache-2.0
// Walking of `reprise gait` from one sensor at the lower back, against optical motion capture and INDIP (insoles and
// foot sensors) of the same person: contacts, cadence, stride length and speed of two straight walks, and when the
// person walks in simulated daily activities. One healthy walker: a regression check, not comparable with cohorts.
//
//   node tests/revalidation/lower_back_gait.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (gait/lumbar_imu).
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recording } from './recordings.mjs';
import { judge, measured, measureOf } from './statistics.mjs';

const build = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../build/release/tests/revalidation');
const file = recording('gait/lumbar_imu/HA001/data.mat');
const SENSOR_HEIGHT_CM = 96.4;
const MATCH_S = 0.25;

/** The stretches of walking by a reference: start, end and what it measured. */
function reference(trial, system) {
  const text = execFileSync(
    path.join(build, 'reprise_mat_values'),
    [file, `data.TimeMeasure1.${trial}.Standards.${system}.MicroWB`],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return JSON.parse(text).map((bout) => ({
    start: bout.Start[0],
    end: bout.End[0],
    contacts: bout.InitialContact_Event.filter((t) => t !== null),
    cadence: bout.Cadence[0],
    length: bout.AverageStrideLength[0],
    speed: bout.WalkingSpeed[0],
  }));
}

const found = (trial) =>
  measured('gait', file, '--part', `TimeMeasure1.${trial}`, '--sensor-height', String(SENSOR_HEIGHT_CM));

const figures = [];
const SPEED_MPS = 0.06;
// How far the references agree with each other: INDIP is no truth for a speed that it gives otherwise than the cameras.
const indip_speed_holds = new Map();
for (const trial of ['Test5.Trial1', 'Test5.Trial2']) {
  const [[optical], [indip]] = ['Stereophoto', 'INDIP'].map((system) => reference(trial, system));
  const by = (measure) => (indip[measure] - optical[measure]).toFixed(3);
  indip_speed_holds.set(trial, Math.abs(indip.speed - optical.speed) <= SPEED_MPS);
  figures.push({
    what: `${trial}: INDIP less optical`,
    text: `stride length ${by('length')} m, speed ${by('speed')} m/s`,
  });
}
for (const trial of ['Test5.Trial1', 'Test5.Trial2']) {
  const ours = found(trial);
  const contacts = ours.plots[0].marks.filter(({ name }) => name === 'initial_contact').map(({ x }) => x);
  for (const system of ['Stereophoto', 'INDIP']) {
    const [bout] = reference(trial, system);
    const hit = bout.contacts.filter((t) => contacts.some((c) => Math.abs(c - t) <= MATCH_S)).length;
    const inside = contacts.filter((c) => c > bout.start - MATCH_S && c < bout.end + MATCH_S);
    const right = inside.filter((c) => bout.contacts.some((t) => Math.abs(c - t) <= MATCH_S)).length;
    const off = {
      cadence: (100 * measureOf(ours, 'cadence')) / bout.cadence - 100,
      length: measureOf(ours, 'stride_length') - bout.length,
      speed: measureOf(ours, 'walking_speed') - bout.speed,
    };
    const of = `${trial}, ${system}`;
    figures.push(
      {
        what: `${of}: contacts found, and right`,
        text: `${hit} of ${bout.contacts.length}, ${right} of ${inside.length} (wanted 0.95 each)`,
        holds: hit / bout.contacts.length >= 0.95 && right / inside.length >= 0.95,
      },
      { what: `${of}: cadence`, text: `${off.cadence.toFixed(1)} % (wanted 3)`, holds: Math.abs(off.cadence) <= 3 },
      {
        what: `${of}: stride length`,
        text: `${off.length.toFixed(3)} m (wanted 0.10)`,
        holds: Math.abs(off.length) <= 0.1,
      },
      system === 'Stereophoto' || indip_speed_holds.get(trial)
        ? {
            what: `${of}: speed`,
            text: `${off.speed.toFixed(3)} m/s (wanted ${SPEED_MPS})`,
            holds: Math.abs(off.speed) <= SPEED_MPS,
          }
        : { what: `${of}: speed`, text: `${off.speed.toFixed(3)} m/s (not judged: the references differ by more)` },
    );
  }
}

/** Seconds that lie in both lists of stretches. */
const common = (a, b) =>
  a.reduce(
    (sum, p) => sum + b.reduce((s, q) => s + Math.max(0, Math.min(p.end, q.end) - Math.max(p.start, q.start)), 0),
    0,
  );
const length = (stretches) => common(stretches, stretches);
const bouts = found('Test11.Trial1')
  .tables.find(({ events }) => events === 'bouts')
  .rows.map(({ start_s, end_s }) => ({ start: start_s, end: end_s }));
const walks = (system) => reference('Test11.Trial1', system);
const shares = (some, truth) => [common(some, truth) / length(truth), common(some, truth) / length(some)];
// The cameras see a part of the room only: of walking that they do not see nothing can be said.
for (const [system, judges_precision] of [
  ['Stereophoto', false],
  ['INDIP', true],
]) {
  const [sensitivity, precision] = shares(bouts, walks(system));
  figures.push(
    {
      what: `Test11.Trial1, ${system}: walking by time, sensitivity`,
      text: `${sensitivity.toFixed(2)} (wanted 0.85)`,
      holds: sensitivity >= 0.85,
    },
    {
      what: `Test11.Trial1, ${system}: walking by time, precision`,
      text: `${precision.toFixed(2)} (${judges_precision ? 'wanted 0.85' : 'not judged: it sees a part of the room'})`,
      ...(judges_precision && { holds: precision >= 0.85 }),
    },
  );
}
const [sensitivity, precision] = shares(walks('INDIP'), walks('Stereophoto'));
figures.push({
  what: 'Test11.Trial1: INDIP against optical, walking by time',
  text: `sensitivity ${sensitivity.toFixed(2)}, precision ${precision.toFixed(2)}`,
});
for (const { start, end } of bouts) {
  const walking_by = (system) => common([{ start, end }], walks(system)).toFixed(1);
  figures.push({
    what: `Test11.Trial1, walking found from ${start.toFixed(1)} to ${end.toFixed(1)} s`,
    text: `walking by optical ${walking_by('Stereophoto')} s, by INDIP ${walking_by('INDIP')} s`,
  });
}
console.log('gait with one sensor at the lower back, one healthy walker:');
judge(figures);
