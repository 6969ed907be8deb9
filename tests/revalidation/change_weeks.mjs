// SPDX-License-Identifier: Apache-2.0
// Changes of one measure in weeks of SIMULATED people: the share that the detector says within three days, its false
// lines, and how far off the day is that it names. How people vary is an assumption, listed in
// engine/change/simulated_weeks.h; docs/accuracy.md says what of it has a source.
//
//   node tests/revalidation/change_weeks.mjs [SEED [PEOPLE]]
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { reprise } from './recordings.mjs';
import { judge, mean, shown } from './statistics.mjs';

const [seed = '7', people = '500'] = process.argv.slice(2);
const MONTH_DAYS = 30.4;
const program = path.join(path.dirname(reprise), '../tests/revalidation/reprise_change_weeks');
const scenarios = new Map();
for (const line of execFileSync(program, [seed, people], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .trim()
  .split('\n')) {
  const [scenario, person, delay, since, inside, size, lines, days] = line.split(';');
  const row = {
    person,
    delay: delay === '' ? undefined : Number(delay),
    since: Number(since),
    inside: Number(inside),
    size: Number(size),
    lines: Number(lines),
    days: Number(days),
  };
  scenarios.set(scenario, [...(scenarios.get(scenario) ?? []), row]);
}

const within = (days) => (rows) => mean(rows.map(({ delay }) => (delay !== undefined && delay <= days ? 100 : 0)));
const monthly = (rows) =>
  (MONTH_DAYS * rows.reduce((sum, { lines }) => sum + lines, 0)) / rows.reduce((sum, { days }) => sum + days, 0);
const of = (name) => (rows) => mean(rows.map((row) => row[name]));
const found = (rows) => rows.filter(({ delay }) => delay !== undefined);

console.log(`SIMULATED people, ${people} of each kind, seed ${seed}; 95 % intervals by bootstrap`);
for (const [scenario, rows] of scenarios) {
  console.log(
    `  ${scenario}: within 3 days ${shown(rows, within(3), 0, ' %')}; 14 days ${within(14)(rows).toFixed(0)} %; ` +
      `false lines a month ${shown(rows, monthly, 2)}; ` +
      `beginning off by ${shown(found(rows), of('since'), 1, ' days')}, ` +
      `in its interval ${(100 * of('inside')(found(rows))).toFixed(0)} %` +
      (scenario.startsWith('drift') ? '' : `; size in its interval ${(100 * of('size')(found(rows))).toFixed(0)} %`),
  );
}

const [asymmetry, heart] = ['asymmetry, 10 walks a day', 'heart rate, 3.4'].map((name) => scenarios.get(name));
const both = asymmetry.map((row, i) => ({ lines: row.lines / row.days + heart[i].lines / heart[i].days, days: 1 }));
judge([
  {
    what: 'asymmetry of 10 % more within 3 days',
    text: shown(asymmetry, within(3), 0, ' % (wanted 90)'),
    holds: within(3)(asymmetry) >= 90,
  },
  {
    what: 'heart rate of 15 more within 3 days',
    text: shown(heart, within(3), 0, ' % (wanted 90)'),
    holds: within(3)(heart) >= 90,
  },
  {
    what: 'false lines of both measures a patient-month',
    text: shown(both, monthly, 2, ' (wanted 1)'),
    holds: monthly(both) <= 1,
  },
]);
