// SPDX-License-Identifier: Apache-2.0
// A patient's first week, from the invitation on: a phone, a tablet and a laptop, each day by the clock of that day, on
// one record. What a day leaves behind is there on the next device.
//
// With REPRISE_PICTURES each day's screens are kept as pictures.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start_server } from '../server/server.mjs';
import { launch_browser, NO_NETWORKS, open_window } from './browser.mjs';
import { all_is_sent, PASSWORD, printed_link } from './demo.mjs';
import { command, expect, pictures, test } from './journey.ts';
import { open_proxy } from './proxy.mjs';

const CLOCK =
  process.env.REPRISE_SET_CLOCK ??
  fileURLToPath(new URL('../../build/release/tests/web/libreprise_set_clock.so', import.meta.url));
const DAY_MS = 24 * 3600_000;
/** A Monday. */
const MONDAY = Date.UTC(2026, 9, 5, 9);
const DEVICES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  laptop: { width: 1280, height: 800 },
};
type Device = keyof typeof DEVICES;
/** The fourth day is a day off. */
const WEEK: (Device | undefined)[] = ['phone', 'tablet', 'phone', undefined, 'laptop', 'phone', 'tablet'];

test('a week on three devices', async ({ at_end }) => {
  const proxy = await open_proxy();
  at_end(() => proxy.close());
  const browser = await launch_browser(NO_NETWORKS);
  at_end(() => browser.close());
  let folder: string | undefined;
  let server: Awaited<ReturnType<typeof start_server>> | undefined;
  at_end(async () => {
    await server?.kill();
    server?.remove();
  });
  /** The record as it is on that day: a server of its own, on the same folder. */
  const begin_day = async (day: number) => {
    await server?.kill();
    const at = (MONDAY + day * DAY_MS) / 1000;
    server = await start_server(command, ['--demo', '--demo-patients', '0'], folder, {
      LD_PRELOAD: CLOCK,
      REPRISE_CLOCK_AT: String(at),
      TZ: 'UTC',
    });
    folder = server.folder;
    proxy.lead_to(server.origin);
    return server;
  };

  const windows: Partial<Record<Device, Awaited<ReturnType<typeof open_window>>>> = {};
  const device = async (name: Device) => {
    windows[name] ??= await open_window(browser, proxy.origin, {
      viewport: DEVICES[name],
      timezoneId: 'UTC',
      hasTouch: name !== 'laptop',
    });
    return windows[name];
  };

  let shots = 0;
  const seen = async (window: Awaited<ReturnType<typeof device>>, day: number, what: string) => {
    if (!pictures) return;
    shots += 1;
    const name = `${String(shots).padStart(2, '0')} day ${day + 1} ${what}.png`;
    await window.page.screenshot({ path: join(pictures, name) });
  };

  for (const [day, name] of WEEK.entries()) {
    if (!name) continue;
    await test.step(`day ${day + 1}, ${name}`, async () => {
      const today = await begin_day(day);
      const window = await device(name);
      const { page, t, button, heading, field } = window;
      // The pages are some seconds ahead of the server, whose clock goes slower.
      await page.clock.setSystemTime(MONDAY + day * DAY_MS + 20_000);
      const choose = (number: number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
      const go_on = () => button('goOn').click();

      if (day === 0) {
        await page.goto(printed_link(today, 'Robin Simulated').replace(today.origin, proxy.origin));
        await heading('invitation.title');
        await seen(window, day, 'invitation');
        await field('invitation.password').fill(PASSWORD);
        await button('invitation.action').click();
        await heading('welcome.title');
        await seen(window, day, 'welcome');
        await page.getByRole('radio', { name: t('yes'), exact: true }).check();
        await page.getByRole('checkbox', { name: t('welcome.understood') }).check();
        await button('welcome.action').click();
      } else {
        await page.goto(`${proxy.origin}/today`);
        // A new device, or one that was not to stay signed in.
        await button('signIn.action').or(button('today.start')).waitFor();
        if (await button('signIn.action').isVisible()) {
          await seen(window, day, 'sign in');
          await field('account.name').fill('robin');
          await field('password.title').fill(PASSWORD);
          await page.getByRole('checkbox', { name: t('stay.label') }).check();
          await button('signIn.action').click();
        }
      }
      await page.getByRole('heading', { level: 1 }).waitFor();
      await button('today.start').waitFor();
      await seen(window, day, 'today');
      await expect(page.getByRole('img', { name: t('today.ring', { done: 0, of: 5 }), exact: true })).toBeVisible();

      await button('today.start').click();
      // What any device was told counts for all: the morning after is asked about once, warning signs once a week.
      if (day > 0) {
        await page.getByRole('heading', { name: 'The morning after', exact: true }).waitFor();
        await seen(window, day, 'morning after');
        await choose(1);
        await page.getByRole('radio', { name: t('yes'), exact: true }).check();
        await go_on();
      } else {
        await button('flags.none').click();
        await go_on();
      }
      await heading('pain.before');
      await choose(Math.max(1, 4 - day));
      await go_on();
      await heading('introduce.steps');
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await seen(window, day, 'introduction');
      await button('introduce.byHand').click();
      await page.locator('.by-hand').waitFor();
      await page.locator('.tap').click();
      await seen(window, day, 'set');
      await button('live.finishSet').click();
      await heading('rest.title');
      await seen(window, day, 'rest');
      await button('session.stop').click();
      await button('stop.enough').click();
      await button('flags.none').click();
      await go_on();
      await heading('feeling.title');
      await choose(3);
      await go_on();
      await heading('summary.title');
      await seen(window, day, 'summary');
      await all_is_sent(page);
      await page.goto(`${proxy.origin}/progress`);
      await heading('progress.title');
      const days = WEEK.slice(0, day + 1).filter(Boolean).length;
      await expect(page.locator('.calendar td[data-done]'), 'the days of all devices').toHaveCount(days);
      await seen(window, day, 'progress');
      expect(window.problems).toStrictEqual([]);
    });
  }
});
