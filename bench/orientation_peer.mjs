// SPDX-License-Identifier: Apache-2.0
// The engine's orientation filters against the npm package ahrs (filters of Madgwick and Mahony in JavaScript), on the
// same samples of a SIMULATED limb without a magnetometer: by how much the direction of up is wrong, and the time a
// sample takes. Each with its own defaults, and the package's with the gains that suit this movement best.
//
//   node bench/orientation_peer.mjs [--json]
import { execFileSync } from 'node:child_process';
import AHRS from 'ahrs';
import { builtProgram } from '../tests/revalidation/litert.mjs';
import { mean } from '../tests/revalidation/statistics.mjs';

const { rate_hz, samples, filters } = JSON.parse(
  execFileSync(builtProgram('bench/reprise_orientation_filters'), { encoding: 'utf8', maxBuffer: 1 << 28 }),
);
const ROUNDS = 5; // the fastest counts, for both
const DEGREES = 180 / Math.PI;

/** Up in the sensor's axes, of a quaternion that turns the package's level axes (z up) into them. */
const up_of = ({ w, x, y, z }) => [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z];

const angle_deg = ([a, b, c], [d, e, f]) =>
  Math.atan2(Math.hypot(b * f - c * e, c * d - a * f, a * e - b * d), a * d + b * e + c * f) * DEGREES;

function judged(name, options) {
  let found;
  let ns = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const filter = new AHRS({ sampleInterval: 1000 / rate_hz, ...options });
    const begin = process.hrtime.bigint();
    found = samples.map(([ax, ay, az, wx, wy, wz]) => {
      filter.update(wx, wy, wz, ax, ay, az);
      return up_of(filter.getQuaternion());
    });
    ns = Math.min(ns, Number(process.hrtime.bigint() - begin) / samples.length);
  }
  // The package begins without the direction of gravity: its first ten seconds are left out.
  const begin = 10 * rate_hz;
  const squares = found.slice(begin).map((up, i) => angle_deg(up, samples[begin + i].slice(6)) ** 2);
  return { name, error_deg: Math.sqrt(mean(squares)), ns };
}

const best = (name, all) =>
  all
    .map(([gains, options]) => judged(`${name}, ${gains}`, options))
    .reduce((a, b) => (a.error_deg <= b.error_deg ? a : b));
const peers = [
  judged('ahrs: Madgwick, as by default', { algorithm: 'Madgwick' }),
  best(
    'ahrs: Madgwick',
    [0.2, 0.1, 0.05, 0.033, 0.02, 0.01].map((beta) => [`beta ${beta}`, { algorithm: 'Madgwick', beta }]),
  ),
  judged('ahrs: Mahony, as by default', { algorithm: 'Mahony' }),
  best(
    'ahrs: Mahony',
    [1, 0.5, 0.2, 0.1].flatMap((kp) =>
      [0, 0.01, 0.05].map((ki) => [`kp ${kp}, ki ${ki}`, { algorithm: 'Mahony', kp, ki }]),
    ),
  ),
];
const [fastest_peer, best_peer] = ['ns', 'error_deg'].map((key) => Math.min(...peers.map((peer) => peer[key])));
if (process.argv.includes('--json')) console.log(JSON.stringify({ filters, peers }));
else {
  console.log(`SIMULATED limb, ${samples.length} samples at ${rate_hz} Hz, no magnetometer`);
  for (const { name, error_deg, ns } of [...filters, ...peers])
    console.log(`  ${name.padEnd(44)} up wrong by ${error_deg.toFixed(2)}° RMS, ${ns.toFixed(0)} ns a sample`);
  for (const { name, error_deg, ns } of filters)
    console.log(
      `  ${name}: ${(best_peer / error_deg).toFixed(1)} times as accurate as the package at its best, ` +
        `${(fastest_peer / ns).toFixed(1)} times as fast as the package at its fastest`,
    );
}
