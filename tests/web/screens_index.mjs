// SPDX-License-Identifier: Apache-2.0
// Writes docs/images/screens/README.md: all pictures there, by whose screens they are.
//
//   node tests/web/screens_index.mjs

import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../docs/images/screens', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.png') && file !== 'components.png');
const WHOSE = [
  ['A patient', (file) => !/^(clinician|administrator)-/.test(file), 200],
  ['A clinician', (file) => file.startsWith('clinician-'), 400],
  ['An administrator', (file) => file.startsWith('administrator-'), 400],
];
const name_of = (file) =>
  file
    .replace(/\.png$/, '')
    .replace(/^(clinician|administrator)-/, '')
    .replaceAll('-', ' ');
const parts = WHOSE.map(([whose, is_theirs, width]) => {
  const shown = files.filter(is_theirs).map((file) => {
    const name = name_of(file);
    const image = `<img src="${file}" alt="The screen: ${name}" width="${width}">`;
    return `<figure>\n${image}\n<figcaption>${name}</figcaption>\n</figure>`;
  });
  return `## ${whose}\n\n${shown.join('\n')}\n`;
});
const megabytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1e6;
writeFileSync(
  join(folder, 'README.md'),
  `# Every screen

Drawn by \`make pictures\` ([design.md](../../design.md#every-screen)), of simulated people. Gray: what machines draw
differently, such as the camera's picture.

${parts.join('\n')}`,
);
console.log(`${files.length} pictures, ${megabytes.toFixed(1)} MB`);
