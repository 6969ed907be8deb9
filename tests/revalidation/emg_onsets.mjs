// SPDX-License-Identifier: Apache-2.0
// Contractions of `reprise muscle` against the marks of two published methods on the same recording: onsets by an
// amplitude threshold at 399, 1388 and 2410 ms, by the Teager-Kaiser operator at 397, 1379 and 2411 ms.
//
//   node tests/revalidation/emg_onsets.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (signal/emg).
import { recording } from './recordings.mjs';
import { judge, measured } from './statistics.mjs';

const ONSETS = [399, 1388, 2410];
const OFFSETS = [
  [859, 872],
  [1879, 1896],
  [2918, 2983],
];
const { tables } = measured('muscle', recording('signal/emg/emg.csv'));
const rows = tables.find(({ events }) => events === 'contractions').rows;
console.log('surface EMG, one recording of three contractions:');
judge([
  { what: 'contractions', text: `${rows.length} (wanted 3)`, holds: rows.length === 3 },
  ...rows.flatMap(({ start_s, end_s }, i) => {
    const [onset, offset] = [Math.round(start_s * 1000), Math.round(end_s * 1000)];
    const off = onset - ONSETS[i];
    return [
      { what: `onset ${i + 1}`, text: `${onset} ms, ${off} ms off (wanted 20)`, holds: Math.abs(off) <= 20 },
      { what: `offset ${i + 1}`, text: `${offset} ms; the two methods: ${OFFSETS[i]?.join(' and ')} ms` },
    ];
  }),
]);
