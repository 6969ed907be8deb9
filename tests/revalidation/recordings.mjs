// SPDX-License-Identifier: Apache-2.0
// Where the scripts of this folder find the real recordings and the command. The recordings are not part of the
// repository: ../shared/data or REPRISE_DATA=<folder>.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const data = process.env.REPRISE_DATA ?? path.join(root, '../shared/data');
export const reprise = process.env.REPRISE ?? path.join(root, 'build/release/cli/reprise');

/** The path of a recording; without it the script ends with exit code 3, which says so. */
export function recording(name) {
  const file = path.join(data, name);
  if (fs.existsSync(file)) return file;
  console.error(
    `${path.basename(process.argv[1], '.mjs')}: no ${file}; set REPRISE_DATA to the folder that has ${name}`,
  );
  process.exit(3);
}
