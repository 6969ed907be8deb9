// SPDX-License-Identifier: Apache-2.0
// Strides of `reprise gait` from sensors on the feet, against optical motion capture of the same walk: every annotated
// stride found, the time of initial contact, and the length of matched strides. Strides below 1.2 m are starts, stops
// and turns, and are left out of the lengths, as the data's README says.
//
//   node tests/revalidation/foot_gait.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (gait/foot_imu).
import { readFileSync } from 'node:fs';
import { recording } from './recordings.mjs';
import { judge, mean, measured, median, shown } from './statistics.mjs';

const RATE_HZ = 204.8;
const STEADY_M = 1.2;
const MATCH_S = 0.25;

const rows = (file) =>
  readFileSync(recording(`gait/foot_imu/${file}`), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

/** Length by motion capture: the heel's horizontal distance over a stride. */
function true_lengths() {
  const [head, ...lines] = rows('position_sample.csv');
  const column = (name) => head.indexOf(name);
  const strides = new Map();
  for (const line of lines) {
    const key = `${line[0]} ${line[column('s_id')]}`;
    const at = [Number(line[column('pos_x')]), Number(line[column('pos_y')])];
    const known = strides.get(key);
    if (known) known.last = at;
    else strides.set(key, { first: at, last: at });
  }
  return new Map(
    [...strides].map(([key, { first, last }]) => [key, Math.hypot(last[0] - first[0], last[1] - first[1])]),
  );
}

const lengths = true_lengths();
const [head, ...events] = rows('stride_events_sample.csv');
const truth = events.map((row) => {
  const of = Object.fromEntries(head.map((name, i) => [name, row[i]]));
  return {
    side: of.foot,
    start: Number(of.start) / RATE_HZ,
    end: Number(of.end) / RATE_HZ,
    contact: Number(of.ic) / RATE_HZ,
    length: lengths.get(`${of.foot}_sensor ${of.s_id}`),
  };
});

const found = measured('gait', recording('gait/foot_imu/imu_sample.csv'), '--rate', String(RATE_HZ));
const strides = found.tables.find(({ events: of }) => of === 'strides').rows;
const contacts = found.plots
  .find(({ name }) => name === 'foot_angular_velocity')
  .marks.concat(
    found.plots
      .filter(({ name }) => name === 'foot_angular_velocity')
      .slice(1)
      .flatMap(({ marks }) => marks),
  )
  .filter(({ name }) => name === 'initial_contact');

const figures = [];
for (const side of ['left', 'right']) {
  const wanted = truth.filter((one) => one.side === side);
  const ours = contacts.filter((one) => one.side === side);
  const delays = [];
  const errors = [];
  let missed = 0;
  for (const one of wanted) {
    const contact = ours.find(({ x }) => Math.abs(x - one.contact) < MATCH_S);
    if (!contact) {
      missed += 1;
      continue;
    }
    delays.push(Math.abs(contact.x - one.contact) * 1000);
    const stride = strides.find((s) => s.side === side && s.start_s < one.contact && s.end_s > one.contact);
    if (stride && one.length >= STEADY_M) errors.push((stride.values.stride_length - one.length) * 100);
  }
  const extra = ours.filter(({ x }) => !wanted.some(({ contact }) => Math.abs(x - contact) < MATCH_S)).length;
  const usual = mean(wanted.filter(({ length }) => length >= STEADY_M).map(({ length }) => length));
  const bias = (values) => mean(values) / usual;
  const size = (values) => mean(values.map(Math.abs));
  figures.push(
    {
      what: `${side}, annotated strides missed`,
      text: `${missed} of ${wanted.length} (wanted 0)`,
      holds: missed === 0,
    },
    { what: `${side}, strides beside the annotated ones`, text: String(extra) },
    {
      what: `${side}, initial contact, median of the absolute difference`,
      text: `${shown(delays, median, 1, ' ms')} (wanted 20)`,
      holds: median(delays) <= 20,
    },
    {
      what: `${side}, stride length, mean absolute error of ${errors.length}`,
      text: `${shown(errors, size, 2, ' cm')} (wanted 2)`,
      holds: size(errors) <= 2,
    },
    {
      what: `${side}, stride length, bias`,
      text: `${shown(errors, bias, 2, ' %')} (wanted 1)`,
      holds: Math.abs(bias(errors)) <= 1,
    },
  );
}
console.log('gait with sensors on both feet, one healthy walker, motion capture:');
judge(figures);
