// SPDX-License-Identifier: Apache-2.0
// The heart: R peaks of `reprise heart` against the annotated beats of MIT-BIH record 100; heart rate variability
// against published values of RR series, and, for windows of five minutes of two day-long records, against a published
// toolbox. Where all beats of a window are normal both must agree; elsewhere the toolbox removes beats by its own
// rules. The beats are found once more with recorded muscle and movement added to the record: the noise is real, the
// mixture is simulated.
//
//   node tests/revalidation/heart.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (signal/ecg, signal/hrv,
// signal/biosppy).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recording } from './recordings.mjs';
import { judge, mean, measured, median } from './statistics.mjs';

const build = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../build/release/tests/revalidation');
const RATE_HZ = 360;
const MATCH_S = 0.15;
const NORMAL_AND_OTHER_BEATS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 34, 35, 38, 41]);

/** Seconds of the beats in an annotation file of MIT's format. */
function beats_in(file) {
  const bytes = readFileSync(file);
  const beats = [];
  let time = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const word = bytes.readUInt16LE(i);
    const [code, low] = [word >> 10, word & 0x3ff];
    if (word === 0) break;
    if (code === 59) {
      time += (bytes.readUInt16LE(i + 2) << 16) | bytes.readUInt16LE(i + 4);
      i += 4;
    } else if (code === 63) i += low + (low % 2);
    else if (code < 59) {
      time += low;
      if (NORMAL_AND_OTHER_BEATS.has(code)) beats.push(time / RATE_HZ);
    }
  }
  return beats;
}

/** Beats missed and invented. */
function errors_of(found, truth) {
  const missed = truth.filter((t) => !found.some((f) => Math.abs(f - t) <= MATCH_S)).length;
  const invented = found.filter((f) => !truth.some((t) => Math.abs(f - t) <= MATCH_S)).length;
  return { missed, invented };
}

const figures = [];
const truth = beats_in(recording('signal/ecg/100.atr'));
/** Seconds of the beats that `reprise heart` finds in a file. */
const found_in = (...options) => {
  const { rows } = measured('heart', ...options).tables.find(({ events }) => events === 'beats');
  return [rows[0].start_s, ...rows.map(({ end_s }) => end_s)];
};
const { missed, invented } = errors_of(found_in(recording('signal/ecg/100.hea')), truth);
figures.push({
  what: `MIT-BIH 100, ${truth.length} beats`,
  text: `${missed} missed, ${invented} invented (wanted 2 together)`,
  holds: missed + invented <= 2,
});

/** Millivolts of one of two signals in MIT's format 212, 200 units for a millivolt around 1024. */
function signal_in(file, second) {
  const bytes = readFileSync(file);
  return Float64Array.from({ length: bytes.length / 3 }, (_, i) => {
    const middle = bytes[3 * i + 1];
    const value = second ? bytes[3 * i + 2] | ((middle & 0xf0) << 4) : bytes[3 * i] | ((middle & 0x0f) << 8);
    return ((value > 2047 ? value - 4096 : value) - 1024) / 200;
  });
}

/** One column of a recording at the ECG's rate, without its mean, repeated to a length. */
function noise_like(file, rate, length, column = 0) {
  const values = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => Number(line.split(/[\s,]+/)[column]))
    .filter(Number.isFinite);
  const middle = mean(values);
  return Float64Array.from({ length }, (_, i) => {
    const at = ((i * rate) / RATE_HZ) % (values.length - 1);
    const before = Math.floor(at);
    return values[before] + (at - before) * (values[before + 1] - values[before]) - middle;
  });
}

// The ratio of signal to noise as MIT's noise stress test has it: the QRS complexes' median height squared over 8,
// against the noise's mean square.
const height_of = (lead) =>
  median(
    truth.map((t) => {
      const around = lead.subarray(Math.max(0, Math.round((t - 0.05) * RATE_HZ)), Math.round((t + 0.05) * RATE_HZ));
      return Math.max(...around) - Math.min(...around);
    }),
  );
const leads = [
  { name: 'the same', signal: signal_in(recording('signal/ecg/100.dat'), false), levels: [12, 6, 3] },
  { name: 'its second lead', signal: signal_in(recording('signal/ecg/100.dat'), true), levels: [6] },
];
const count = leads[0].signal.length;
const folder = mkdtempSync(path.join(tmpdir(), 'reprise_heart_'));
/** Seconds of the beats that are found in a signal. */
const found_in_signal = (signal) => {
  const mixed = path.join(folder, 'mixed.csv');
  const lines = Array.from(signal, (v, i) => `${(i / RATE_HZ).toFixed(6)},${v.toFixed(5)}`);
  writeFileSync(mixed, `time_s,ecg_mv\n${lines.join('\n')}\n`);
  return found_in(mixed);
};
/** The same; none where `reprise heart` says that there is no heart. */
const found_or_none = (signal) => {
  try {
    return found_in_signal(signal);
  } catch (error) {
    if (error.stdout && JSON.parse(error.stdout).code === 'nothing_measured') return [];
    throw error;
  }
};
// Those of biosppy on the first lead took part in choosing the detector's limits, the others did not.
const NOISES = [
  ['muscle', 'biosppy/emg.txt', 1000],
  ['muscle (second recording)', 'biosppy/emg_1.txt', 1000],
  ['movement', 'biosppy/acc.txt', 100],
  ['movement (second axis)', 'biosppy/acc.txt', 100, 1],
  ['movement (third axis)', 'biosppy/acc.txt', 100, 2],
  ['muscle (third recording)', 'emg/emg.csv', 1000, 1],
];
try {
  for (const [what, file, rate, column] of NOISES) {
    const noise = noise_like(recording(`signal/${file}`), rate, count, column);
    const square = mean(Array.from(noise, (v) => v * v));
    for (const { name, signal, levels } of leads) {
      for (const decibels of levels) {
        const gain = Math.sqrt(height_of(signal) ** 2 / 8 / 10 ** (decibels / 10) / square);
        const beats = found_in_signal(signal.map((v, i) => v + gain * noise[i]));
        const errors = errors_of(beats, truth);
        const sensitivity = 1 - errors.missed / truth.length;
        const precision = 1 - errors.invented / beats.length;
        figures.push({
          what: `${name} with recorded ${what} at ${decibels} dB (simulated mixture)`,
          text: `sensitivity ${sensitivity.toFixed(4)}, precision ${precision.toFixed(4)}`,
          // 0.99 is wanted at 6 dB.
          ...(decibels === 6 && { holds: Math.min(sensitivity, precision) >= 0.99 }),
        });
      }
    }
    const alone = found_or_none(noise.map((v) => v / Math.sqrt(square)));
    const minutes = count / RATE_HZ / 60;
    figures.push({
      what: `${what} alone, without a heart`,
      text: `${(alone.length / minutes).toFixed(1)} beats a minute`,
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** All measures of a whole series of intervals. */
const whole = (file) =>
  Object.fromEntries(
    execFileSync(path.join(build, 'reprise_hrv_windows'), [file, '0', '0'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split(','))
      .map(([name, value]) => [name, Number(value)]),
  );
const against = (what, ours, published, share) => {
  for (const [name, value] of Object.entries(published)) {
    const off = Math.abs(ours[name] / value - 1);
    figures.push({
      what: `${what}, ${name}`,
      text: `${ours[name]?.toFixed(6)}, published ${value} (within ${100 * share} %)`,
      holds: off <= share,
    });
  }
};
against(
  'Aura series',
  whole(recording('signal/hrv/aura_test_nn_intervals.txt')),
  {
    mean: 718.248,
    sdnn: 43.113075,
    rmssd: 19.519401,
    nn50: 24,
    triangular: 11.363636,
    sd1: 13.809189,
    sd2: 59.386705,
    csi: 4.30052,
    cvi: 4.117977,
    sampen: 1.204668,
  },
  0.001,
);
against(
  'Bartels series',
  whole(recording('signal/hrv/bartels_real_rri.txt')),
  { vlf: 844.5, lf: 1343.5, hf: 1414.88, lf_hf: 0.95 },
  0.02,
);

const [head, ...lines] = readFileSync(recording('signal/hrv/peer_NSR_HRV_allwindows_allpatients.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const column = (name) => head.indexOf(name);
const counts = { normal: 0, exact: 0, other: 0, within: 0 };
for (const record of ['nsr001', 'nsr004']) {
  const ours = new Map(
    execFileSync(path.join(build, 'reprise_hrv_windows'), [recording(`signal/hrv/${record}.ecg`), '125', '30'], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number))
      .map(([from, normal, sdnn, rmssd]) => [from, { normal, sdnn, rmssd }]),
  );
  for (const line of lines.filter((one) => one[0] === record)) {
    const mine = ours.get(Number(line[column('t_start')]));
    if (!mine) continue;
    const off = Math.max(
      Math.abs(mine.sdnn / Number(line[column('SDNN')]) - 1),
      Math.abs(mine.rmssd / Number(line[column('RMSSD')]) - 1),
    );
    if (mine.normal) {
      counts.normal += 1;
      counts.exact += off <= 1e-3 ? 1 : 0;
    } else {
      counts.other += 1;
      counts.within += off <= 0.02 ? 1 : 0;
    }
  }
}
figures.push(
  {
    what: 'windows of normal beats only, SDNN and RMSSD within 0.1 %',
    text: `${counts.exact} of ${counts.normal}`,
    holds: counts.exact === counts.normal && counts.normal > 0,
  },
  { what: 'other windows, both within 2 %', text: `${counts.within} of ${counts.other}` },
);
console.log('heart:');
judge(figures);
