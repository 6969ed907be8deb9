// SPDX-License-Identifier: Apache-2.0
// A patient's hard days, each in the pages of a real server: what goes wrong, and that the exercises go on, or say
// truly why not.
//
// The last one takes long: 90 seconds of exercises in front of the camera, in which no request
// leaves the pages' own server (REPRISE_LONG).
//
// Where a browser cannot be brought into trouble itself, a script before the page's own makes it.

import { execFileSync } from 'node:child_process';
import { ask } from '../server/server.mjs';
import { close_browser, launch_whole_browser, open_window } from './browser.mjs';
import {
  all_is_sent,
  answer_first,
  camera_file,
  fill_disk,
  open_demo,
  PASSWORD,
  printed_link,
  programme_is_seen,
} from './demo.mjs';
import { clip_pictures, command, expect, long, test } from './journey.ts';
import { look } from './look.ts';

test.describe.configure({ mode: 'serial' });

let demo: Awaited<ReturnType<typeof open_demo>>;
let clinic: { authorization: string };
/** Of the test that is on. */
const opened: Awaited<ReturnType<typeof open_window>>[] = [];

test.beforeAll(async () => {
  demo = await open_demo(command, { camera: await camera_file(command, clip_pictures, { drawn: true }) });
  await demo.sign_in();
  const token = execFileSync(
    command,
    ['token', 'create', '--name', 'clinic', '--scopes', 'system/*.cruds', '--record-folder', demo.server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
  clinic = { authorization: `Bearer ${token}` };
});

test.afterEach(async () => {
  for (const { problems, context } of opened.splice(0)) {
    expect(problems).toStrictEqual([]);
    await context.close();
  }
});

test.afterAll(() => demo?.close());

async function sign_in({ page, t, field, button }) {
  await field('account.name').fill('robin');
  await field('password.title').fill(PASSWORD);
  await button('signIn.action').click();
  await page.getByRole('heading', { name: t('signIn.title'), exact: true }).waitFor({ state: 'detached' });
}

/** A patient's window of its own, as on another device. `script` runs before the pages'. */
async function patient({ browser = demo.browser, script = undefined } = {}) {
  const window = await open_window(browser, demo.origin);
  opened.push(window);
  if (script) await window.context.addInitScript(script);
  await window.page.goto(`${demo.server.origin}/sign-in`);
  await sign_in(window);
  return window;
}

/** Again where the page moved under the touch: the number of new messages may come and go above it. */
async function choose(page, number) {
  const label = page.locator('.scale label', { hasText: new RegExp(`^${number}$`) });
  await expect(async () => {
    await label.click();
    await expect(label.locator('input')).toBeChecked({ timeout: 500 });
  }).toPass();
}

/** Through the questions to the squat, and on with or without the camera. */
async function begin({ page, t, button, heading }, how) {
  await page.goto(`${demo.server.origin}/session?exercise=3`);
  await answer_first({ page, t, button });
  await choose(page, 2);
  await button('goOn').click();
  await start({ page, button, heading }, how);
}

async function start({ page, button, heading }, how) {
  await heading('introduce.steps');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await button(how).click();
}

async function do_set({ page, button }, taps) {
  await page.locator('.by-hand').waitFor();
  for (let i = 0; i < taps; ++i) await page.locator('.tap').click();
  await button('live.finishSet').click();
  await page.locator('.by-hand').waitFor({ state: 'detached' });
}

/** The clinic changes a resource. */
async function change(query, edit) {
  const [resource] = await demo.search(query);
  edit(resource);
  const answer = await ask(demo.server.base, 'PUT', `/${resource.resourceType}/${resource.id}`, resource, clinic);
  expect(answer.status, answer.text).toBe(200);
}

const sets_in_record = async () => (await demo.search('Procedure?_count=1000')).length;

// Each below is a hard day; it opens what windows it wants.

test('a link is used twice', async () => {
  const window = await open_window(demo.browser, demo.origin);
  opened.push(window);
  await window.page.goto(printed_link(demo.server, 'Robin Simulated'));
  await window.shows('invitation.ended');
  await window.shows('invitation.ended.remedy');
});

test('the sign in ends meanwhile', async () => {
  const window = await patient();
  const { page, context, t, button, heading, shows } = window;
  const before = await sets_in_record();
  await begin(window, 'introduce.byHand');
  await page.locator('.tap').click();
  // As another window signs out.
  const { csrf } = await (await context.request.get(`${demo.server.origin}/auth/session`)).json();
  expect(
    (
      await context.request.delete(`${demo.server.origin}/auth/session`, { headers: { 'x-csrf-token': csrf } })
    ).status(),
  ).toBe(204);
  await do_set(window, 2);
  await heading('rest.title');
  await button('rest.startNow').click();
  await do_set(window, 1);
  await page.getByRole('heading', { name: /hurt after/ }).waitFor();
  await choose(page, 2);
  await button('goOn').click();
  await heading('introduce.steps');
  await button('session.stop').click();
  await button('stop.enough').click();
  await button('flags.none').click();
  await button('goOn').click();
  await heading('feeling.title');
  await choose(page, 3);
  await button('goOn').click();
  await heading('summary.title');
  await page.getByText(t('sending.signIn')).waitFor();
  expect(await sets_in_record(), 'no user is signed in').toBe(before);
  await button('session.toToday').click();
  await shows('signIn.ended');
  await sign_in(window);
  await heading('today.title');
  await all_is_sent(page);
  expect(await sets_in_record()).toBe(before + 2);
});

test('the clinic changes the programme', async () => {
  const window = await patient();
  const { page, button, heading, shows } = window;
  await begin(window, 'introduce.byHand');
  await do_set(window, 1);
  await heading('rest.title');
  // A lower ceiling is news for the very next set.
  const ceiling = {
    url: 'urn:reprise:max-range',
    extension: [
      { url: 'measure', valueCode: 'knee_flexion' },
      { url: 'value', valueQuantity: { value: 60, unit: 'deg', system: 'http://unitsofmeasure.org', code: 'deg' } },
    ],
  };
  const target = {
    url: 'urn:reprise:target',
    extension: [
      { url: 'measure', valueCode: 'knee_flexion' },
      { url: 'value', valueQuantity: { value: 50, unit: 'deg', system: 'http://unitsofmeasure.org', code: 'deg' } },
    ],
  };
  const squat = 'ServiceRequest?identifier=urn:reprise:demo%7Csquat';
  await change(squat, (request) => {
    request.extension.push(ceiling, target);
  });
  await button('rest.startNow').click();
  await shows('session.changed');
  await shows('introduce.ceiling');
  // The movement is drawn by now, and goes on when what this device had stored is compared (after 2.5 s).
  await page.locator('.person[data-ready]').waitFor();
  await page.waitForTimeout(3000);
  // A programme that is ended is not gone on with, nor begun again.
  const plan = 'CarePlan?identifier=urn:reprise:demo%7Cprogramme';
  await change(plan, (resource) => {
    resource.status = 'revoked';
  });
  await start(window, 'introduce.byHand');
  await shows('session.ended');
  await page.reload();
  await shows('today.none');
  await change(plan, (resource) => {
    resource.status = 'active';
  });
  await change(squat, (request) => {
    request.extension = request.extension.filter(({ url }) => url !== ceiling.url && url !== target.url);
  });
  // Changes stand on Today with the clinician's reason, until the patient has seen them.
  await page.goto(`${demo.server.origin}/today`);
  await page.locator('.day-card').waitFor();
  const news = page.locator('section', { has: page.getByRole('heading', { name: window.t('changed.title') }) });
  await expect(news, 'a change that was taken back is no news').toHaveCount(0);
  await programme_is_seen(page);
  const [before] = await demo.search(squat);
  await change(squat, (request) => {
    request.occurrenceTiming = { repeat: { frequency: 7, period: 1, periodUnit: 'wk' } };
    request.patientInstruction = 'Hold on to the kitchen table.';
  });
  const [kim] = await demo.search('Practitioner');
  const notice = {
    resourceType: 'Communication',
    status: 'completed',
    category: ['message', 'notice'].map((code) => ({ coding: [{ system: 'urn:reprise:communication', code }] })),
    subject: before.subject,
    recipient: [before.subject],
    sender: { reference: `Practitioner/${kim.id}` },
    sent: new Date(Date.now() + 5000).toISOString(),
    payload: ['Your programme has changed.', 'Your knee is calm, so every day is fine now.'].map((contentString) => ({
      contentString,
    })),
  };
  expect((await ask(demo.server.base, 'POST', '/Communication', notice, clinic)).status).toBe(201);
  await page.reload();
  await news.getByText('Your knee is calm').waitFor();
  await expect(news).toContainText(window.t('dose.daily'));
  await expect(news.locator('li')).toHaveCount(2);
  await look(window, 'what the clinic changed');
  await button('changed.seen').click();
  await expect(news).toHaveCount(0);
  await page.reload();
  await page.locator('.day-card').waitFor();
  await expect(news).toHaveCount(0);
  await change(squat, (request) => {
    for (const field of ['occurrenceTiming', 'patientInstruction']) {
      if (before[field] === undefined) delete request[field];
      else request[field] = before[field];
    }
  });
});

const shifted_clock = () => {
  const { now } = Date;
  const Plain = Date;
  window.shift_ms = 0;
  window.Date = class extends Plain {
    constructor(...parts: any[]) {
      super(...((parts.length === 0 ? [now() + window.shift_ms] : parts) as [number]));
    }

    static now() {
      return now() + window.shift_ms;
    }
  } as DateConstructor;
};

test('the clock is set', async () => {
  const window = await patient({ script: shifted_clock });
  const { page, button, heading } = window;
  const day_ms = 24 * 3600_000;
  const set_clock = (days) =>
    page.evaluate((ms) => {
      window.shift_ms = ms;
    }, days * day_ms);
  const before = await sets_in_record();
  await begin(window, 'introduce.byHand');
  await page.locator('.tap').click();
  await set_clock(-1);
  await do_set(window, 1);
  await heading('rest.title');
  const left = async () => {
    const [, m, s] = /(\d+):(\d+)/.exec(await page.locator('.clock').textContent());
    return Number(m) * 60 + Number(s);
  };
  expect(await left()).toBeLessThanOrEqual(60);
  await set_clock(-2);
  await page.waitForTimeout(400);
  expect(await left(), 'a rest is not a day longer').toBeLessThanOrEqual(60);
  await button('rest.startNow').click();
  await page.locator('.tap').click();
  await set_clock(1);
  await do_set(window, 1);
  await page.getByRole('heading', { name: /hurt after/ }).waitFor();
  await all_is_sent(page);
  const sets = await demo.search('Procedure?_count=1000&_sort=-_lastUpdated');
  expect(sets.length).toBe(before + 2);
  for (const {
    performedPeriod: { start: from, end },
  } of sets.slice(0, 2)) {
    const took_ms = Date.parse(end) - Date.parse(from);
    expect(took_ms >= 0 && took_ms < 60_000, `${from} to ${end}`).toBeTruthy();
  }
});

const noted_wake_locks = () => {
  window.awake = 0;
  Object.defineProperty(navigator, 'wakeLock', {
    value: {
      async request() {
        window.awake += 1;
        let held = true;
        return {
          async release() {
            if (held) window.awake -= 1;
            held = false;
          },
        };
      },
    },
  });
};

test('back is pressed and the screen stays awake', async () => {
  const window = await patient({ script: noted_wake_locks });
  const { page, button, heading, shows } = window;
  const awake = () => page.evaluate(() => window.awake);
  await begin(window, 'introduce.byHand');
  await page.locator('.tap').click();
  expect(await awake()).toBe(1);
  await page.goBack();
  await heading('stop.title');
  await button('stop.goOn').click();
  await expect(page.locator('.by-hand .count'), 'the count is still there').toHaveText(/1\//);
  await do_set(window, 1);
  await heading('rest.title');
  expect(await awake()).toBe(1);
  await page.evaluate(() => {
    window.history.pushState(null, '', '/today');
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
  await heading('today.title');
  expect(await awake(), 'the screen may lock again').toBe(0);
  await page.goBack();
  await heading('rest.title');
  await shows('rest.startNow');
});

/** What cannot be kept lasts as long as the page, which says so until the clinic has it. */
async function a_set_lasts_as_long_as_the_page(window, trouble: () => Promise<unknown> = async () => {}) {
  const { page, t, heading } = window;
  const before = await sets_in_record();
  await begin(window, 'introduce.byHand');
  await trouble();
  await window.context.setOffline(true);
  await do_set(window, 2);
  await heading('rest.title');
  await page.getByText(t('sending.fleeting')).waitFor();
  await window.context.setOffline(false);
  await page.getByText(t('sending.fleeting')).waitFor({ state: 'detached' });
  expect(await sets_in_record()).toBe(before + 1);
  return window;
}

test('nothing can be kept', async () =>
  a_set_lasts_as_long_as_the_page(
    await patient({
      script: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('not here', 'SecurityError');
        };
      },
    }),
  ));

test('the disk is full', async () => {
  const window = await patient();
  await a_set_lasts_as_long_as_the_page(window, () => fill_disk(window.page));
});

/** What the set-up says, and that the same set can be done without the camera. */
async function without_the_camera(window, code) {
  const { button, heading, shows } = window;
  await shows(`camera.${code}`);
  await button('introduce.byHand').click();
  await do_set(window, 1);
  await heading('rest.title');
}

test('the camera is in use, and the screen locks', async () => {
  const window = await patient({
    script: () => {
      const { prototype } = MediaDevices;
      const { getUserMedia } = prototype;
      window.busy = true;
      prototype.getUserMedia = function get(...options) {
        return window.busy
          ? Promise.reject(new DOMException('it does not start', 'NotReadableError'))
          : getUserMedia.apply(this, options);
      };
    },
  });
  const { page, button, shows } = window;
  await begin(window, 'introduce.camera');
  await shows('camera.in-use');
  await page.evaluate(() => {
    window.busy = false;
  });
  await button('again').click();
  await button('setUp.startAnyway').or(button('setUp.start')).waitFor({ timeout: 30_000 });
  await the_screen_locks(window);
});

/** In the midst of a set the page is out of sight for a while, as behind a locked screen. */
async function the_screen_locks(window) {
  const { page, button, shows } = window;
  await button('setUp.startAnyway').or(button('setUp.start')).click();
  await button('setUp.startNow')
    .click({ timeout: 2000 })
    .catch(() => {}); // unless it has begun by itself
  await page.locator('.counter').waitFor();
  const out_of_sight = (hidden) =>
    page.evaluate((yes) => {
      Object.defineProperty(document, 'visibilityState', { value: yes ? 'hidden' : 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await out_of_sight(true);
  await page.locator('.mirror video').evaluate((video) => video.pause());
  await out_of_sight(false);
  await shows('live.paused');
  await page.waitForFunction(() => !document.querySelector<HTMLVideoElement>('.mirror video').paused);
  await button('live.goOn').click();
  await page.locator('.paused').waitFor({ state: 'detached' });
}

async function another_browser(args, work) {
  const browser = await launch_whole_browser(...args);
  try {
    await work(await patient({ browser }));
  } finally {
    await close_browser(browser);
  }
}

test('there is no camera', async () =>
  another_browser(['--use-fake-ui-for-media-stream'], async (window) => {
    await begin(window, 'introduce.camera');
    await without_the_camera(window, 'no-camera');
  }));

test('the camera is refused', async () =>
  another_browser(['--use-fake-device-for-media-stream', '--deny-permission-prompts'], async (window) => {
    await begin(window, 'introduce.camera');
    await without_the_camera(window, 'refused');
  }));

test('the browser is too old', async () => {
  const window = await patient({
    script: () => {
      const { validate } = WebAssembly;
      WebAssembly.validate = (program) =>
        !new Uint8Array(program as ArrayBuffer).includes(0xfd) && validate.call(WebAssembly, program);
    },
  });
  await window.page.getByText(window.t('failure.too-old')).waitFor();
});

// Sets in front of the camera, one after the other; each window fails where a page asks elsewhere, or against its
// policy.
test('ninety seconds', async () => {
  test.skip(!long, 'takes long: REPRISE_LONG');
  const window = await patient();
  const { page, button, heading } = window;
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await begin(window, 'introduce.camera');
  const end = Date.now() + 90_000;
  const shown = (key) => button(key).isVisible();
  while (Date.now() < end) {
    for (const key of ['setUp.start', 'setUp.startAnyway', 'rest.startNow', 'goOn'])
      if (await shown(key)) {
        if (key === 'goOn') await choose(page, 2);
        await button(key)
          .click({ timeout: 1000 })
          .catch(() => {});
      }
    if (await shown('introduce.camera')) await start(window, 'introduce.camera');
    await page.waitForTimeout(250);
  }

  expect(
    asked.length > 10 &&
      asked.every(
        ({ origin, protocol }) => origin === demo.server.origin || protocol === 'blob:' || protocol === 'data:',
      ),
  ).toBeTruthy();
  if (await shown('live.pause')) await button('live.pause').click();
  if ((await page.locator('.mirror video').count()) > 0)
    await button('live.finishSet').or(button('session.skip')).first().click();
  await page.goto(`${demo.server.origin}/today`);
  await heading('today.title');
});
