// SPDX-License-Identifier: Apache-2.0
// OpenSim's tables (.mot, .sto) for the scripts of this folder.
import fs from 'node:fs';

/** Labels in order, and the columns by label. */
export function read_storage(file) {
  const lines = fs.readFileSync(file, 'utf8').split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() === 'endheader');
  const labels = lines[end + 1].trim().split(/\s+/);
  const rows = lines
    .slice(end + 2)
    .filter((line) => line.trim())
    .map((line) => line.trim().split(/\s+/).map(Number));
  return { labels, columns: Object.fromEntries(labels.map((label, i) => [label, rows.map((row) => row[i])])) };
}
