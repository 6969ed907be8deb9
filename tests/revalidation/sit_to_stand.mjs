// SPDX-License-Identifier: Apache-2.0
// Rises from a chair that `reprise gait --test sit_to_stand_30` finds in a recording at the lower back, against those
// of another tool by the displacement of the trunk (5) and by rests (3). No independent truth.
//
//   node tests/revalidation/sit_to_stand.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (gait/sit_to_stand).
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { recording } from './recordings.mjs';
import { judge, measured } from './statistics.mjs';

/** The arrays of a .npz: a zip of .npy files. */
function arrays(file) {
  const bytes = readFileSync(file);
  const found = {};
  let at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let i = 0; i < entries; i++) {
    const [method, size, nameSize, extra, comment] = [10, 20, 28, 30, 32].map((o) =>
      o === 20 ? bytes.readUInt32LE(at + o) : bytes.readUInt16LE(at + o),
    );
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('latin1', at + 46, at + 46 + nameSize);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const stored = bytes.subarray(start, start + size);
    const npy = method === 8 ? zlib.inflateRawSync(stored) : stored;
    const data = npy.subarray(10 + npy.readUInt16LE(8));
    const shape = /'shape': \(([\d, ]*)\)/
      .exec(npy.toString('latin1', 10, 300))[1]
      .split(',')
      .filter(Boolean)
      .map(Number);
    const values = Array.from({ length: data.length / 8 }, (_, k) => data.readDoubleLE(8 * k));
    found[name.replace('.npy', '')] = { shape, values };
    at += 46 + nameSize + extra + comment;
  }
  return found;
}

const input = arrays(recording('gait/sit_to_stand/s2s_input_data.npz'));
const time = input.time.values;
const accel = Object.entries(input).find(([, { shape }]) => shape[1] === 3)[1].values;
const lines = time.map((t, i) => `${(t - time[0]).toFixed(6)},${accel.slice(3 * i, 3 * i + 3).join(',')}`);
const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'reprise-rises-')), 'lower_back.csv');
writeFileSync(file, `time_s,acc_x,acc_y,acc_z\n${lines.join('\n')}\n`);
const rows = measured('gait', file, '--test', 'sit_to_stand_30')
  .tables.find(({ events }) => events === 'repetitions')
  .rows.filter(({ part }) => part === 'rise');
console.log('rising from a chair, one recording, another tool:');
judge([
  { what: 'rises', text: `${rows.length} (wanted 5)`, holds: rows.length === 5 },
  ...rows.map(({ start_s, end_s, note }, i) => ({
    what: `rise ${i + 1}`,
    text: `${start_s.toFixed(2)} to ${end_s.toFixed(2)} s${note ? ', far from a moment of rest' : ''}`,
  })),
]);
