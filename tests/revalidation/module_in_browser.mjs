// SPDX-License-Identifier: Apache-2.0
// The browser's module in Debian's Chromium, on a page whose policy forbids making code out of text: it must load,
// count a generated set, and write the same session as under node.
//
//   node tests/revalidation/module_in_browser.mjs [--wasm build/wasm]

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage, root } from './browser.mjs';

const at = process.argv.indexOf('--wasm');
const folder = path.resolve(root, at < 0 ? 'build/wasm' : process.argv[at + 1], 'module');
const squat = readFileSync(path.join(root, 'catalog/exercises/squat.json'), 'utf8');
const wanted = { repetitions: 4, noise_m: 0.005, seed: 3, azimuth_deg: -90 };

const page = `<!doctype html><title>Reprise</title>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'">
<script type="module" src="/page.mjs"></script>`;

const script = `
import {loadReprise} from './reprise.mjs';
const answer = {};
try {
  new Function('return 1')();
} catch (error) {
  answer.forbidden = error.name;
}
try {
  const reprise = await loadReprise();
  const exercise = reprise.exercise(await (await fetch('/squat.json')).text());
  const coach = exercise.coach();
  const frames = exercise.simulate(${JSON.stringify(wanted)});
  answer.events = frames.flatMap((frame) => coach.step(frame)).concat(coach.finish()).map((event) => event.kind);
  answer.count = coach.count;
  answer.session = coach.session();
  const begin = performance.now();
  for (let i = 0; i < 20; ++i) {
    const again = exercise.coach();
    for (const frame of frames) again.step(frame);
  }
  answer.step_us = (performance.now() - begin) * 1e3 / (20 * frames.length);
} catch (error) {
  answer.error = String(error);
}
window.answer = answer;
window.ready = true;
`;

function answer(name) {
  if (name === '/page.mjs') return script;
  if (name === '/squat.json') return squat;
  const file = path.join(folder, path.basename(name));
  return existsSync(file) ? readFileSync(file) : undefined;
}

const { tab, version, close } = await openPage(page, answer);
try {
  const got = await tab.evaluate('window.answer');
  assert.equal(got.error, undefined);
  assert.equal(got.forbidden, 'EvalError', 'the page may make code out of text, so this proves nothing');

  const { loadReprise } = await import(pathToFileURL(path.join(folder, 'reprise.mjs')));
  const reprise = await loadReprise({ wasm: readFileSync(path.join(folder, 'reprise_engine.wasm')) });
  const exercise = reprise.exercise(squat);
  const coach = exercise.coach();
  for (const frame of exercise.simulate(wanted)) coach.step(frame);
  coach.finish();
  assert.equal(got.count, wanted.repetitions);
  assert.equal(got.events.filter((kind) => kind === 'repetition').length, wanted.repetitions);
  assert.equal(got.session, coach.session(), 'the same bytes in every host of the module');
  console.log(
    `Chromium ${version}: counted ${got.count} of ${wanted.repetitions}, the session is that of node; ` +
      `${got.step_us.toFixed(1)} microseconds a frame; code out of text: ${got.forbidden}`,
  );
} finally {
  await close();
}
