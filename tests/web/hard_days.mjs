// A patient's hard days, each in the pages of a real server: what goes wrong, and that the exercises go on, or say
// truly why not.
//
//   node tests/web/hard_days.mjs REPRISE_COMMAND REPRISE_CLIP_PICTURES [--only NAME]
//   node tests/web/hard_days.mjs REPRISE_COMMAND REPRISE_CLIP_PICTURES --only ninety_seconds
//
// The last one, which is not among the others: 90 seconds of exercises in front of the camera, in which no request
// leaves the pages' own server.
//
// Where a browser cannot be brought into trouble itself, a script before the page's own makes it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ask } from '../server/server.mjs';
import { launch_whole_browser, open_window } from './browser.mjs';
import { all_is_sent, camera_file, fill_disk, open_demo, PASSWORD, printed_link } from './demo.mjs';

const [command, clip_pictures] = process.argv.slice(2);
const only = process.argv[4] === '--only' ? process.argv[5] : undefined;
const demo = await open_demo(command, { camera: await camera_file(command, clip_pictures, { drawn: true }) });
const { server, search } = demo;
const clinic = {
  authorization: `Bearer ${execFileSync(
    command,
    ['token', 'create', '--name', 'clinic', '--scopes', 'system/*.cruds', '--record-folder', server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim()}`,
};

async function sign_in({ page, t, field, button }) {
  await field('account.name').fill('robin');
  await field('password.title').fill(PASSWORD);
  await button('signIn.action').click();
  await page.getByRole('heading', { name: t('signIn.title'), exact: true }).waitFor({ state: 'detached' });
}

/** A patient's window of its own, as on another device. `script` runs before the pages'. */
async function patient({ browser = demo.browser, script, ...options } = {}) {
  const window = await open_window(browser, server.origin, options);
  if (script) await window.context.addInitScript(script);
  await window.page.goto(`${server.origin}/sign-in`);
  await sign_in(window);
  return window;
}

const choose = (page, number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

/** Through the questions to the squat, and on with or without the camera. */
async function begin({ page, t, button, heading }, how) {
  await page.goto(`${server.origin}/session?exercise=3`);
  await button('flags.none').click();
  await button('goOn').click();
  await heading('pain.before');
  await choose(page, 2);
  await button('goOn').click();
  await start({ page, t, button, heading }, how);
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
  const [resource] = await search(query);
  edit(resource);
  const answer = await ask(server.base, 'PUT', `/${resource.resourceType}/${resource.id}`, resource, clinic);
  assert.equal(answer.status, 200, answer.text);
}

const sets_in_record = async () => (await search('Procedure?_count=1000')).length;

// Each below is a hard day; it opens what windows it wants.

async function a_link_is_used_twice() {
  const window = await open_window(demo.browser, server.origin);
  await window.page.goto(printed_link(server, 'Robin Simulated'));
  await window.shows('invitation.ended');
  await window.shows('invitation.ended.remedy');
  return window;
}

async function the_sign_in_ends_meanwhile() {
  const window = await patient();
  const { page, context, t, button, heading, shows } = window;
  const before = await sets_in_record();
  await begin(window, 'introduce.byHand');
  await page.locator('.tap').click();
  // As another window signs out.
  const { csrf } = await (await context.request.get(`${server.origin}/auth/session`)).json();
  assert.equal(
    (await context.request.delete(`${server.origin}/auth/session`, { headers: { 'x-csrf-token': csrf } })).status(),
    204,
  );
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
  assert.equal(await sets_in_record(), before, 'no user is signed in');
  await button('session.toToday').click();
  await shows('signIn.ended');
  await sign_in(window);
  await heading('today.title');
  await all_is_sent(page);
  assert.equal(await sets_in_record(), before + 2);
  return window;
}

async function the_clinic_changes_the_programme() {
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
  return window;
}

const shifted_clock = () => {
  const { now } = Date;
  const Plain = Date;
  window.shift_ms = 0;
  window.Date = class extends Plain {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now() + window.shift_ms] : parts));
    }

    static now() {
      return now() + window.shift_ms;
    }
  };
};

async function the_clock_is_set() {
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
  assert.ok((await left()) <= 60);
  await set_clock(-2);
  await page.waitForTimeout(400);
  assert.ok((await left()) <= 60, 'a rest is not a day longer');
  await button('rest.startNow').click();
  await page.locator('.tap').click();
  await set_clock(1);
  await do_set(window, 1);
  await page.getByRole('heading', { name: /hurt after/ }).waitFor();
  await all_is_sent(page);
  const sets = await search('Procedure?_count=1000&_sort=-_lastUpdated');
  assert.equal(sets.length, before + 2);
  for (const {
    performedPeriod: { start: from, end },
  } of sets.slice(0, 2)) {
    const took_ms = new Date(end) - new Date(from);
    assert.ok(took_ms >= 0 && took_ms < 60_000, `${from} to ${end}`);
  }
  return window;
}

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

async function back_is_pressed_and_the_screen_stays_awake() {
  const window = await patient({ script: noted_wake_locks });
  const { page, button, heading, shows } = window;
  const awake = () => page.evaluate(() => window.awake);
  await begin(window, 'introduce.byHand');
  await page.locator('.tap').click();
  assert.equal(await awake(), 1);
  await page.goBack();
  await heading('stop.title');
  await button('stop.goOn').click();
  assert.match(await page.locator('.by-hand .count').textContent(), /1\//, 'the count is still there');
  await do_set(window, 1);
  await heading('rest.title');
  assert.equal(await awake(), 1);
  await page.evaluate(() => {
    window.history.pushState(null, '', '/today');
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
  await heading('today.title');
  assert.equal(await awake(), 0, 'the screen may lock again');
  await page.goBack();
  await heading('rest.title');
  await shows('rest.startNow');
  return window;
}

/** What cannot be kept lasts as long as the page, which says so until the clinic has it. */
async function a_set_lasts_as_long_as_the_page(window, trouble = async () => {}) {
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
  assert.equal(await sets_in_record(), before + 1);
  return window;
}

const nothing_can_be_kept = async () =>
  a_set_lasts_as_long_as_the_page(
    await patient({
      script: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('not here', 'SecurityError');
        };
      },
    }),
  );

async function the_disk_is_full() {
  const window = await patient();
  return a_set_lasts_as_long_as_the_page(window, () => fill_disk(window.page));
}

/** What the set-up says, and that the same set can be done without the camera. */
async function without_the_camera(window, code) {
  const { button, heading, shows } = window;
  await shows(`camera.${code}`);
  await button('introduce.byHand').click();
  await do_set(window, 1);
  await heading('rest.title');
}

async function the_camera_is_in_use() {
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
  return window;
}

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
  await page.waitForFunction(() => !document.querySelector('.mirror video').paused);
  await button('live.goOn').click();
  await page.locator('.paused').waitFor({ state: 'detached' });
}

async function another_browser(args, work) {
  const browser = await launch_whole_browser(...args);
  try {
    await work(await patient({ browser }));
  } finally {
    await browser.close();
  }
}

const there_is_no_camera = () =>
  another_browser(['--use-fake-ui-for-media-stream'], async (window) => {
    await begin(window, 'introduce.camera');
    await without_the_camera(window, 'no-camera');
  });

const the_camera_is_refused = () =>
  another_browser(['--use-fake-device-for-media-stream', '--deny-permission-prompts'], async (window) => {
    await begin(window, 'introduce.camera');
    await without_the_camera(window, 'refused');
  });

async function the_browser_is_too_old() {
  const window = await patient({
    script: () => {
      const { validate } = WebAssembly;
      WebAssembly.validate = (program) =>
        !new Uint8Array(program).includes(0xfd) && validate.call(WebAssembly, program);
    },
  });
  await window.page.getByText(window.t('failure.too-old')).waitFor();
  return window;
}

/**
 * Sets in front of the camera, one after the other; each window fails where a page asks elsewhere, or against its
 * policy.
 */
async function ninety_seconds() {
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
  assert.ok(
    asked.length > 10 &&
      asked.every(({ origin, protocol }) => origin === server.origin || protocol === 'blob:' || protocol === 'data:'),
  );
  if (await shown('live.pause')) await button('live.pause').click();
  if ((await page.locator('.mirror video').count()) > 0)
    await button('live.finishSet').or(button('session.skip')).first().click();
  await page.goto(`${server.origin}/today`);
  await heading('today.title');
  console.log(`${asked.length} requests, none of them elsewhere`);
  return window;
}

const LONG = { ninety_seconds };

const DAYS = {
  a_link_is_used_twice,
  the_sign_in_ends_meanwhile,
  the_clinic_changes_the_programme,
  the_clock_is_set,
  back_is_pressed_and_the_screen_stays_awake,
  nothing_can_be_kept,
  the_disk_is_full,
  the_camera_is_in_use: async () => {
    const window = await the_camera_is_in_use();
    await the_screen_locks(window);
    return window;
  },
  there_is_no_camera,
  the_camera_is_refused,
  the_browser_is_too_old,
};

try {
  await demo.sign_in();
  for (const [name, day] of Object.entries(only ? { ...DAYS, ...LONG } : DAYS)) {
    if (only && only !== name) continue;
    const begun = Date.now();
    const window = await day().catch((error) => {
      console.error(name);
      return Promise.all(
        demo.browser
          .contexts()
          .flatMap((context) => context.pages())
          .map(async (page) =>
            console.error(
              await page
                .locator('body')
                .innerText({ timeout: 1000 })
                .catch(() => ''),
            ),
          ),
      ).then(() => {
        throw error;
      });
    });
    if (window) {
      assert.deepEqual(window.problems, [], name);
      await window.context.close();
    }
    console.log(`${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
} finally {
  await demo.close();
}
