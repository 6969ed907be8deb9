// SPDX-License-Identifier: Apache-2.0
// What tests of the patient's pages share: a server with the demonstration's patient, a camera that shows a clip, and a
// browser in front of both.
//
//   const camera = await camera_file(COMMAND, CLIP_PICTURES);  const demo = await open_demo(COMMAND, { camera });
//   await demo.sign_in();  …  await demo.close();

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, start_server } from '../server/server.mjs';
import { close_browser, launch_browser, launch_whole_browser, NO_NETWORKS, open_window } from './browser.mjs';
import { write_y4m } from './y4m.mjs';

export const PASSWORD = 'a red bicycle at noon';
const real_clip = join(
  process.env.REPRISE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'video/clips/squat_2_side_cut.mp4',
);

const scratch = mkdtempSync(join(tmpdir(), 'reprise_demo_'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/**
 * A squatting person, as a file for Chromium's camera: a real clip of ../shared/data or REPRISE_DATA; where there is
 * none, or with `drawn`, a drawn one. `drawn` may be what `reprise generate` is to draw instead of three squats;
 * `name`: of one of several; `catalog`: a folder of exercises to draw, other than the project's.
 *
 * @param {string} command
 * @param {string} clip_pictures
 * @param {{ drawn?: boolean | string[], name?: string, catalog?: string }} [options]
 */
export async function camera_file(command, clip_pictures, { drawn = false, name = 'camera', catalog } = {}) {
  const file = join(scratch, `${name}.y4m`);
  if (existsSync(real_clip) && !drawn) {
    await write_y4m(clip_pictures, real_clip, file, { rate: 24, step: 2 });
  } else {
    console.log('the camera shows a drawn figure');
    const figure = join(scratch, `${name}_figure`);
    const what = Array.isArray(drawn) ? drawn : ['squat', '--repetitions', '3'];
    const env = { ...process.env, ...(catalog && { REPRISE_CATALOG: catalog }) };
    const shown = ['generate', ...what, '--frame-rate', '15', '--clip', '--out', figure];
    execFileSync(command, shown, { stdio: 'ignore', env });
    await write_y4m(clip_pictures, join(figure, 'clip.mp4'), file, { rate: 15, step: 2 });
  }
  return file;
}

/** The link that the server printed for an account that has no password yet; `who`: Robin Simulated, Kim Simulated. */
export function printed_link(server, who) {
  const link = new RegExp(`${who}[^\\n]*\\n\\s+(\\S+)`).exec(server.said())?.[1];
  assert.ok(link, server.said());
  return link;
}

/**
 * `networks`: for pages that look at more than a picture or two without a camera.
 *
 * @param {{ camera?: string, networks?: boolean, browser_options?: string[], whole?: boolean }} [options]
 */
export const open_browser = ({ camera, networks = false, browser_options = [], whole = false } = {}) =>
  (whole ? launch_whole_browser : launch_browser)(
    '--use-fake-ui-for-media-stream',
    ...(camera ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`] : []),
    ...(camera || networks || whole ? [] : [NO_NETWORKS]),
    ...browser_options,
  );

/**
 * A server and a browser, whose camera shows `camera`; `window` is a patient's, who is not signed in yet. `proxy`:
 * stands between the two. `patients`: simulated ones beside Robin; `browser_options`: further ones of the command line;
 * `whole`: the whole Chromium; `environment`: of the server.
 *
 * @param {string} command
 * @param {Omit<Parameters<typeof open_window>[2], 'proxy'> & { camera?: string, networks?: boolean, patients?: number,
 *   options?: string[],
 *   browser_options?: string[], whole?: boolean, environment?: Record<string, string>,
 *   proxy?: { origin: string, lead_to(origin: string): void } }} [options]
 */
export async function open_demo(
  command,
  {
    camera,
    networks,
    patients = 0,
    options = [],
    browser_options = [],
    whole,
    proxy,
    environment,
    ...window_options
  } = {},
) {
  const arguments_of = ['--demo', '--demo-patients', `${patients}`, ...options];
  let server = await start_server(command, arguments_of, undefined, environment);
  if (patients > 0) await server.filled();
  proxy?.lead_to(server.origin);
  const origin = proxy?.origin ?? server.origin;
  const token = execFileSync(
    command,
    ['token', 'create', '--name', 'test', '--scopes', 'system/*.rs', '--record-folder', server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
  const browser = await open_browser({ camera, networks, browser_options, whole });
  /** A resource of the record. */
  async function read(address) {
    const answer = await ask(server.base, 'GET', `/${address}`, undefined, { authorization: `Bearer ${token}` });
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }
  const window = await open_window(browser, origin, window_options);
  return {
    get server() {
      return server;
    },
    origin,
    browser,
    window,
    read,
    /** Resources of the record; of any patient. */
    search: async (query) => ((await read(query)).entry ?? []).map(({ resource }) => resource),
    /** Follows the invitation's link, to the introduction before the first exercise. */
    async open_invitation() {
      await window.page.goto(printed_link(server, 'Robin Simulated').replace(server.origin, origin));
      await window.heading('invitation.title');
      await window.field('invitation.password').fill(PASSWORD);
      await window.button('invitation.action').click();
      await window.heading('welcome.title');
    },
    /** Says that it was read, and that the clinic may get the movement as points; to /today. */
    async agree() {
      await window.page.getByRole('radio', { name: window.t('yes'), exact: true }).check();
      await window.page.getByRole('checkbox', { name: window.t('welcome.understood') }).check();
      await window.button('welcome.action').click();
      await window.heading('today.title');
    },
    async sign_in() {
      await this.open_invitation();
      await this.agree();
    },
    /**
     * As after a loss of power: the server ends at once; what it returns starts another one on the same folder. Behind
     * a proxy only.
     */
    async kill() {
      await server.kill();
      return async () => {
        server = await start_server(command, arguments_of, server.folder);
        proxy.lead_to(server.origin);
      };
    },
    async close() {
      await close_browser(browser);
      await server.stop();
    },
  };
}

/** What the device of `page` keeps in a store. */
const kept = (page, store) =>
  page.evaluate(async (name) => {
    const request = indexedDB.open('reprise');
    const database = await new Promise((resolve, reject) => {
      Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject });
    });
    const all = database.transaction(name).objectStore(name).getAll();
    const values = await new Promise((resolve) => {
      all.onsuccess = () => resolve(all.result);
    });
    database.close();
    return values;
  }, store);

/** How many results the device of `page` has not sent. */
export const unsent = async (page) => (await kept(page, 'unsent')).length;

/** Until the device of `page` keeps a value for which `is` holds. */
async function is_kept(page, is, what) {
  const holds = async () => (await kept(page, 'values')).some(is);
  for (let i = 0; i < 100 && !(await holds()); ++i) await page.waitForTimeout(100);
  assert.ok(await holds(), what);
}

/** Until the session is kept at a step: from then on a page that is loaded anew goes on there. */
export const session_is_kept = (page, step) =>
  is_kept(
    page,
    ({ key, value }) => key.startsWith('session ') && value.step.kind === step,
    `the session is kept at ${step}`,
  );

/** Until the programme is kept as it was seen: later changes are news. */
export const programme_is_seen = (page) =>
  is_kept(page, ({ key }) => key.startsWith('programme seen '), 'the programme is kept as seen');

export async function all_is_sent(page) {
  for (let i = 0; i < 100 && (await unsent(page)) > 0; ++i) await page.waitForTimeout(100);
  assert.equal(await unsent(page), 0);
}

/**
 * From now on the tab's database has no room. (Chromium's own override of the quota is not heeded for small values.)
 * What it returns frees some.
 */
export async function fill_disk(page) {
  await page.evaluate(() => {
    window.put_where_room_is = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  return () =>
    page.evaluate(() => {
      IDBObjectStore.prototype.put = window.put_where_room_is;
    });
}

/** On another device of Robin's, to Today. */
export async function sign_in_again({ page, field, button, heading }, origin) {
  await page.goto(`${origin}/sign-in`);
  await field('account.name').fill('robin');
  await field('password.title').fill(PASSWORD);
  await button('signIn.action').click();
  await heading('today.title');
}

/** In a rest: the session is ended, and the exercise begun again, until its introduction. */
export async function begin_again({ page, t, button, heading }, origin, name) {
  await button('session.stop').click();
  await button('stop.enough').click();
  await button('flags.none').click();
  await button('goOn').click();
  await heading('feeling.title');
  await page.locator('.scale label', { hasText: /^4$/ }).click();
  await button('goOn').click();
  await heading('summary.title');
  await page.goto(`${origin}/today`);
  await to_exercise({ page, t, button, heading }, name);
}

/**
 * Answers the questions before an exercise that are due, until that about pain: all is well after the last day, and no
 * warning sign. Which are due depends on what any device of the patient's was told.
 */
export async function answer_first({ page, t, button }) {
  const pain = page.getByRole('heading', { name: t('pain.before'), exact: true });
  const flags = button('flags.none');
  const settled = page.getByRole('radio', { name: t('yes'), exact: true }).first();
  for (;;) {
    await pain.or(flags).or(settled).first().waitFor();
    if (await pain.isVisible()) return;
    const asked = await page.locator('h1').textContent();
    if (await flags.isVisible()) {
      await flags.click();
    } else {
      await page.locator('.scale label', { hasText: /^1$/ }).click();
      await settled.check();
    }
    await button('goOn').click();
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent !== was, asked);
  }
}

/** From Today to an exercise's introduction: a pain of 1, and nothing that speaks against it. */
export async function to_exercise({ page, t, button, heading }, name) {
  await page.getByRole('button', { name: `${t('today.only')} ${name}` }).click();
  await answer_first({ page, t, button });
  await page.locator('.scale label', { hasText: /^1$/ }).click();
  await button('goOn').click();
  await heading('introduce.steps');
}
