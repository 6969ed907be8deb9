// SPDX-License-Identifier: Apache-2.0
// Puts pictures of pages side by side into one, for the documents.
//
//   REPRISE_PICTURES=FOLDER npx playwright test -c tests/web patient
//   node tests/web/picture_sheet.mjs [--wide] OUT.png FOLDER/one.png FOLDER/two.png …
//
// --wide: pictures of a desk's screen, two in a row.

import { readFileSync } from 'node:fs';
import { launch_browser } from './browser.mjs';

const wide = process.argv[2] === '--wide';
const [out, ...files] = process.argv.slice(wide ? 3 : 2);
if (files.length === 0) {
  console.error('usage: node tests/web/picture_sheet.mjs [--wide] OUT.png PICTURE…');
  process.exit(2);
}
const HEIGHT = 640;
const browser = await launch_browser();
const page = await browser.newPage({
  viewport: { width: wide ? 1360 : 100 + files.length * 420, height: HEIGHT + 40 },
});
const images = files
  .map((file) => `<img src="data:image/png;base64,${readFileSync(file).toString('base64')}">`)
  .join('');
await page.setContent(`<!doctype html><style>
  body { display: inline-flex; gap: 16px; margin: 0; padding: 16px; background: #dfe5e9; }
  ${wide ? 'body { display: grid; grid-template-columns: 640px 640px; }' : ''}
  img { width: auto; height: ${HEIGHT}px; max-width: 400px; object-fit: cover; object-position: top; }
  img { border-radius: 12px; box-shadow: 0 1px 6px #0004; }
  ${wide ? 'img { width: 640px; height: auto; max-width: none; }' : ''}</style>${images}`);
await page.locator('body').screenshot({ path: out });
await browser.close();
