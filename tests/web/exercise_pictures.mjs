// SPDX-License-Identifier: Apache-2.0
// Pictures of the people who show the exercises: a sheet for the documents, or a small picture of each exercise.
//
//   node tests/web/exercise_pictures.mjs SHEET.png [EXERCISE…]     of these, four in a row; without any, of eight
//   node tests/web/exercise_pictures.mjs --each FOLDER [EXERCISE…]  ID.webp each; without any, of the whole catalog
//   node tests/web/exercise_pictures.mjs --lists                    all of the catalog, for the lists of the pages
//
// The engine's module for browsers must have been built (make wasm). Each is drawn at its farthest posture.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { loadReprise } from '../../build/wasm/module/reprise.mjs';
import config from '../../web/vite.config.mjs';
import { launch_browser } from './browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const EIGHT = [
  'squat',
  'sit_to_stand',
  'bridge',
  'shoulder_abduction',
  'wall_push_up',
  'bird_dog',
  'elbow_flexion',
  'single_leg_stance',
];
/** Width and height of a picture, pixels. */
const SHEET = [300, 300];
const SMALL = [240, 240];
const CELL = [144, 144];
/** Bytes that a list of exercises may load for each. */
const MOST_BYTES = 12_000;

const each = process.argv[2] === '--each';
const lists = process.argv[2] === '--lists';
const [out, ...asked] = lists ? [join(root, 'web/components/exercise_pictures')] : process.argv.slice(each ? 3 : 2);
if (!out) {
  console.error('usage: node tests/web/exercise_pictures.mjs SHEET.png | --each FOLDER [EXERCISE…] | --lists');
  process.exit(2);
}
const all = readdirSync(join(root, 'catalog/exercises')).map((name) => name.replace('.json', ''));
const ids = asked.length > 0 ? asked : each || lists ? all.sort() : EIGHT;

/** The page's script, made of the pages' own code. */
async function script() {
  const entry = join(root, 'tests/web/exercise_page/picture.ts');
  const made = await build({
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'pictures' } },
  });
  return [made].flat()[0].output[0].code;
}

/** What the page draws, as the engine says it. */
function movement(reprise, id) {
  const exercise = reprise.exercise(readFileSync(join(root, `catalog/exercises/${id}.json`), 'utf8'));
  const bodies = Object.fromEntries(
    [0, 0.15, 0.3, 0.45, 0.5, 0.6, 0.75, 0.9].map((share) => {
      const { landmarks_m, segments, support } = exercise.body(share);
      return [share, { landmarks_m: [...landmarks_m], segments: [...segments], support }];
    }),
  );
  const { file } = exercise;
  const facts = exercise.facts();
  exercise.release();
  return { id, file, facts, bodies };
}

const wasm = readFileSync(join(root, 'build/wasm/module/reprise_engine.wasm'));
const reprise = await loadReprise({ wasm });
const browser = await launch_browser('--use-angle=swiftshader', '--enable-unsafe-swiftshader');
try {
  const [width, height] = each ? SMALL : lists ? CELL : SHEET;
  const page = await browser.newPage({ viewport: { width: 4 * (width + 12) + 12, height: 400 } });
  await page.setContent(`<!doctype html><style>body { display: flex; flex-wrap: wrap; gap: 12px; margin: 0;
    padding: 12px; background: #dfe5e9 } canvas { border-radius: 12px }</style>`);
  await page.addScriptTag({ content: await script() });
  if (each || lists) mkdirSync(out, { recursive: true });
  for (const id of ids) {
    const url = await page.evaluate(
      ([what, w, h]) => window.picture(what, w, h),
      [movement(reprise, id), width, height],
    );
    if (!each && !lists) continue;
    const bytes = Buffer.from(url.split(',')[1], 'base64');
    writeFileSync(join(out, `${id}.webp`), bytes);
    if (each) console.log(`${id}: ${bytes.length} bytes${bytes.length > MOST_BYTES ? ', too many' : ''}`);
  }
  if (lists) {
    const versions = ids.map((id) => [
      id,
      JSON.parse(readFileSync(join(root, `catalog/exercises/${id}.json`))).version,
    ]);
    writeFileSync(`${out}.json`, `${JSON.stringify(Object.fromEntries(versions), null, 2)}\n`);
  } else if (!each) await page.locator('body').screenshot({ path: out });
} finally {
  await browser.close();
}
