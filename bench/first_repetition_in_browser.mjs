// SPDX-License-Identifier: Apache-2.0
// From the invitation to the first repetition that counts in front of the camera: seconds, touches, and what comes over
// the network until the camera is offered. A phone's width, fast 3G for all that the browser fetches (150 ms a round
// trip, 1.6 Mbit/s), and a browser that runs a quarter of the time, with all its processes and workers. The camera
// shows a real clip of squats where ../shared/data or REPRISE_DATA has it, else a drawn figure.
//
//   node bench/first_repetition_in_browser.mjs [--times 4] [--files 20] [--build build/release]
//
// --files: also the so many largest of what came until then.
//
// Consents, warning signs, pain, side and support are answered by the script and counted apart: no one should hurry
// there. A touch takes 1.5 s and a letter 0.28 s.

import { builtProgram } from '../tests/revalidation/browser.mjs';
import { camera_file, open_demo, PASSWORD, printed_link } from '../tests/web/demo.mjs';
import { FAST_3G, open_slow_network } from './slow_network.mjs';
import { slowed } from './slowed.mjs';

const option = (name, otherwise) =>
  process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise;
const times = option('--times', 4);
const TOUCH_S = 1.5;
const LETTER_S = 0.28;
const WANTED = { seconds: 90, touches: 8, kB: 700 };

const camera = await camera_file(builtProgram('cli/reprise'), builtProgram('tests/web/reprise_clip_pictures'));
const network = await open_slow_network(FAST_3G);
const demo = await open_demo(builtProgram('cli/reprise'), { camera, proxy: network });
const { page, t, button, heading } = demo.window;
page.setDefaultTimeout(100_000);

const browser_process = await (async () => {
  const whole = await demo.browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser').id;
})();

/** How long the page's thread takes for the same work. */
const work_ms = () =>
  page.evaluate(() => {
    const before = performance.now();
    let sum = 0;
    for (let i = 0; i < 4e7; i += 1) sum += Math.sqrt(i);
    return sum > 0 ? performance.now() - before : Number.NaN;
  });

let touches = 0;
let hands_s = 0;
/** Hands take their time, in which the page may go on. */
async function by_hand(seconds) {
  hands_s += seconds;
  await page.waitForTimeout(seconds * 1000);
}
const touch = async (what) => {
  touches += 1;
  await by_hand(TOUCH_S);
  await what.click();
};
const type = async (field, words) => {
  touches += 1;
  await by_hand(TOUCH_S + words.length * LETTER_S);
  await field.fill(words);
};
/** Where no one should hurry; takes its time, too, but is not counted. */
const answer = async (what) => {
  await page.waitForTimeout(TOUCH_S * 1000);
  await what();
};

const steps = [];
/** Time that counts: waiting for the page. */
async function waiting(name, what) {
  const before = performance.now();
  await what();
  steps.push({ name, seconds: (performance.now() - before) / 1000 });
}

const choose = (number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

let good = false;
await work_ms(); // the loop is compiled
const alone_ms = await work_ms();
const free = times > 1 ? slowed(browser_process, times) : () => {};
try {
  await waiting('the invitation', async () => {
    await page.goto(printed_link(demo.server, 'Robin Simulated').replace(demo.server.origin, network.origin));
    await heading('invitation.title');
  });
  await type(demo.window.field('invitation.password'), PASSWORD);
  await touch(button('invitation.action'));
  await waiting('the welcome', () => heading('welcome.title'));
  await answer(() => page.getByRole('radio', { name: t('yes'), exact: true }).check());
  await answer(() => page.getByRole('checkbox', { name: t('welcome.understood') }).check());
  await answer(() => button('welcome.action').click());
  const squat = page.getByRole('button', { name: `${t('today.only')} Squat` });
  await waiting('Today', () => squat.waitFor());
  await touch(squat);
  await waiting('the questions', () => button('flags.none').waitFor());
  await answer(() => button('flags.none').click());
  await answer(() => button('goOn').click());
  await heading('pain.before');
  await answer(() => choose(2));
  await answer(() => button('goOn').click());
  await waiting('the exercise', () => heading('introduce.steps'));
  const before_kB = network.kilobytes();
  const before = network.by_path();
  for (const box of await page.getByRole('checkbox').all()) await answer(() => box.check());
  await touch(button('introduce.camera'));
  // Who stands near nothing to hold on to begins by a touch; others begin by themselves.
  const begin = ['setUp.start', 'setUp.startAnyway', 'setUp.startNow']
    .map((key) => button(key))
    .reduce((a, b) => a.or(b));
  const counter = page.locator('.counter');
  await waiting('the picture of the camera', () => begin.or(counter).first().waitFor());
  if (!(await counter.isVisible())) {
    await touch(begin);
    await waiting('the set', () => counter.waitFor());
  }
  await waiting('the first repetition', () => page.locator('.counter .count', { hasText: /[1-9]\d*\// }).waitFor());
  console.log(`the page works ${((await work_ms()) / alone_ms).toFixed(1)} times slower than before, beside its coach`);
  for (const { name, seconds } of steps) console.log(`${name}: ${seconds.toFixed(1)} s`);
  const all_s = steps.reduce((sum, { seconds }) => sum + seconds, 0) + hands_s;
  console.log(
    `first repetition after ${all_s.toFixed(0)} s (wanted: ${WANTED.seconds}), ${hands_s.toFixed(0)} s of it ` +
      `by hand; ${touches} touches (wanted: ${WANTED.touches}); ` +
      `until the camera is offered ${before_kB.toFixed(0)} kB (wanted: ${WANTED.kB}), ` +
      `in all ${network.kilobytes().toFixed(0)} kB`,
  );
  for (const [path, kB] of before.slice(0, option('--files', 0))) console.log(`${kB.toFixed(1)} kB ${path}`);
  good = all_s <= WANTED.seconds && touches <= WANTED.touches && before_kB <= WANTED.kB;
} finally {
  free();
  await demo.close();
  network.close();
}
process.exitCode = good ? 0 : 1;
