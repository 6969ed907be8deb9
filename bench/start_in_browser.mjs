// SPDX-License-Identifier: Apache-2.0
// How soon the patient's pages can be used, and what comes over the network for it, on a throttled phone profile in
// Debian's Chromium.
//
//   node bench/start_in_browser.mjs [--rounds 3] [--build build/release]
//
// The profile is that of Lighthouse for phones: 150 ms a round trip, 1.6 Mbit/s down, 0.75 Mbit/s up, a processor a
// quarter as fast. "Interactive": what the page is for can be touched, and the page has answered a timer since. Cold:
// nothing was ever fetched. The quickest round counts, because other programs only make it slower.

import { builtProgram } from '../tests/revalidation/browser.mjs';
import { open_window } from '../tests/web/browser.mjs';
import { open_demo, PASSWORD } from '../tests/web/demo.mjs';

const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 3 : Number(process.argv[at + 1]);
const KBIT = 1024 / 8;
const PROFILE = { offline: false, latency: 150, downloadThroughput: 1638.4 * KBIT, uploadThroughput: 750 * KBIT };
const TYPING_S = 8;
const WANTED_S = 3;
const WANTED_MB = 2.5;

const demo = await open_demo(builtProgram('cli/reprise'));
const { t } = demo.window;

/** A window under the profile, which notes what comes. */
async function phone(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', PROFILE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const came = new Map();
  const kinds = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const kind =
      /\.(\w+)$/.exec(new URL(response.url).pathname)?.[1] ??
      (/^\/(fhir|auth)/.test(new URL(response.url).pathname) ? 'record' : 'html');
    kinds.set(requestId, kind);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) came.set(kind, (came.get(kind) ?? 0) + encodedDataLength);
  });
  return { page, came };
}

const usable = (page, words) =>
  page
    .waitForFunction(
      (word) => {
        const there = [...document.querySelectorAll('button')].some(
          (button) => button.textContent === word && !button.disabled,
        );
        return (
          there &&
          new Promise((resolve) => {
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
          })
        );
      },
      words,
      { polling: 'raf' },
    )
    .then((handle) => handle.jsonValue());

const cookies = async (context) => context.addCookies(await demo.window.context.cookies());

/** Seconds and bytes by kind. */
async function opened(context, path, button) {
  const { page, came } = await phone(context);
  await page.goto(`${demo.origin}${path}`, { waitUntil: 'commit' });
  const seconds = (await usable(page, t(button))) / 1000;
  const bytes = new Map(came);
  await page.close();
  return { seconds, bytes };
}

async function best(measure) {
  const results = [];
  for (let i = 0; i < rounds; ++i) results.push(await measure());
  return results.reduce((a, b) => (a.seconds <= b.seconds ? a : b));
}

async function cold(path, button, signed_in) {
  const { context } = await open_window(demo.browser, demo.origin);
  if (signed_in) await cookies(context);
  const result = await opened(context, path, button);
  await context.close();
  return result;
}

/**
 * A first visit: the time from the touch on "Sign in" to today's programme, with name and password typed beforehand.
 */
async function after_signing_in() {
  const { context } = await open_window(demo.browser, demo.origin);
  const { page, came } = await phone(context);
  await page.goto(`${demo.origin}/sign-in`, { waitUntil: 'commit' });
  await usable(page, t('signIn.action'));
  await page.getByLabel(t('account.name'), { exact: true }).fill('robin');
  await page.waitForTimeout(TYPING_S * 1000);
  await page.getByLabel(t('password.title'), { exact: true }).fill(PASSWORD);
  const touched_ms = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: t('signIn.action'), exact: true }).click();
  const seconds = ((await usable(page, t('today.start'))) - touched_ms) / 1000;
  const bytes = new Map(came);
  await context.close();
  return { seconds, bytes };
}

/** After a first visit whose service worker has come to rest. */
async function with_service_worker() {
  const { context, page } = await open_window(demo.browser, demo.origin);
  await cookies(context);
  await page.goto(`${demo.origin}/today`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const result = await opened(context, '/today', 'today.start');
  await context.close();
  return result;
}

function tell(name, { seconds, bytes }) {
  const sum = [...bytes.values()].reduce((a, b) => a + b, 0);
  const kB = (count) => `${(count / 1000).toFixed(0)} kB`;
  console.log(
    `${name}: interactive after ${seconds.toFixed(2)} s (wanted: ${WANTED_S}); ${kB(sum)}: ${[...bytes]
      .sort((a, b) => b[1] - a[1])
      .map(([kind, count]) => `${kind} ${kB(count)}`)
      .join(', ')}`,
  );
  return seconds <= WANTED_S && sum <= WANTED_MB * 1e6;
}

let good = true;
try {
  await demo.sign_in();
  good = tell('sign-in, cold', await best(() => cold('/sign-in', 'signIn.action', false))) && good;
  good = tell(`today, first visit, after signing in (${TYPING_S} s of typing)`, await best(after_signing_in)) && good;
  good =
    tell('today, with nothing cached but the sign-in', await best(() => cold('/today', 'today.start', true))) && good;
  good = tell('today, with the service worker', await best(with_service_worker)) && good;
} finally {
  await demo.close();
}
process.exitCode = good ? 0 : 1;
