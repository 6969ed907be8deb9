// SPDX-License-Identifier: Apache-2.0
// A walk through the screens: each looks as its picture in docs/images/screens, axe finds nothing in it, and a finger
// hits what it has to offer. `make pictures` draws the pictures anew. REPRISE_LONG: axe in every way, not by pairs.

import { fileURLToPath } from 'node:url';
import { open_window } from './browser.mjs';
import { sign_in_clinician, sign_in_with } from './chart_patient.mjs';
import { all_is_sent, PASSWORD } from './demo.mjs';
import { expect, test } from './journey.ts';
import { all_pairs_were_seen, AT, DESK, screen, stand_still } from './look_at_screen.ts';

const CLOCK =
  process.env.REPRISE_SET_CLOCK ??
  fileURLToPath(new URL('../../build/release/tests/web/libreprise_set_clock.so', import.meta.url));
/** The pages are some seconds ahead of the server, whose clock begins when it starts. */
const AHEAD_MS = 8000;
const now = () => AT.getTime() + AHEAD_MS;

test('every screen looks as its picture', async ({ open_demo }) => {
  const demo = await open_demo({
    patients: 8,
    environment: { LD_PRELOAD: CLOCK, REPRISE_CLOCK_AT: String(AT.getTime() / 1000), TZ: 'UTC' },
    browser_options: ['--use-fake-device-for-media-stream', '--font-render-hinting=none'],
    timezoneId: 'UTC',
  });
  const { window, origin, server } = demo;
  const { page, t, button, heading } = window;
  await stand_still(window, now());
  const seen = (name: string, options = {}) => screen(page, name, options);
  const choose = (number: number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
  const next = () => button('goOn').click();
  const open = async (path: string, title?: Parameters<typeof heading>[0]) => {
    await page.goto(`${origin}${path}`);
    if (title) await heading(title);
    await page.waitForLoadState('networkidle');
  };

  await test.step('without an account', async () => {
    await open('/sign-in', 'signIn.title');
    await seen('sign-in');
    await open('/forgotten-password');
    await seen('forgotten-password');
    await open('/check', 'self.title');
    await seen('check');
  });

  await test.step('the first day', async () => {
    await demo.open_invitation();
    await seen('welcome');
    await demo.agree();
    await all_is_sent(page);
    await open('/today', 'today.title');
    await seen('today-first-day');
    await page.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    await button('flags.none').waitFor();
    await seen('warning-signs');
    await button('flags.none').click();
    await next();
    await heading('pain.before');
    await seen('pain-before');
    await choose(2);
    await next();
    await heading('introduce.steps');
    await seen('exercise');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('introduce.byHand').click();
    await page.locator('.by-hand').waitFor();
    await seen('set-without-camera');
    for (let set = 0; set < 2; ++set) {
      const [, counted, of] = /(\d+)\/(\d+)/.exec((await page.locator('.by-hand .count').textContent()) ?? '') ?? [];
      for (let i = Number(counted); i < Number(of); ++i) await page.locator('.tap').click();
      if (set > 0) break;
      await heading('rest.title');
      await seen('rest', { blank: ['[role="timer"]', '.breathing'] });
      await button('rest.startNow').click();
      await page.locator('.by-hand').waitFor();
    }
    await page.getByRole('heading', { name: /hurt after/ }).waitFor();
    await seen('pain-after');
    await choose(2);
    await next();
    await heading('introduce.steps');
    await button('session.stop').click();
    await page.getByRole('dialog').waitFor();
    await seen('stopping');
    await button('stop.enough').click();
    await button('flags.none').click();
    await next();
    await heading('feeling.title');
    await seen('feeling');
    await choose(4);
    await next();
    await heading('summary.title');
    await window.shows('sending.done');
    await seen('summary');
    await all_is_sent(page);
    await open('/today', 'today.title');
    await seen('today-begun');
  });

  await test.step('a warning sign', async () => {
    await page.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    await heading('pain.before');
    await choose(1);
    await next();
    await heading('introduce.steps');
    await button('session.stop').click();
    await button('stop.unwell').click();
    await heading('unwell.title');
    await seen('not-well');
    await button('yes').click();
    await heading('halted.redFlag');
    await seen('warning-sign');
    await all_is_sent(page);
    await open('/today', 'today.title');
    await seen('today-on-hold');
  });
  expect(window.problems).toStrictEqual([]);

  await test.step('after months', async () => {
    await server.filled();
    const [, link] = /months of history[^\n]*\n\s+(\S+)/.exec(server.said()) ?? [];
    expect(link, server.said()).toBeTruthy();
    const later = await open_window(demo.browser, origin, { timezoneId: 'UTC' });
    await stand_still(later, now());
    const shown = async (path: string, name: string) => {
      await later.page.goto(`${origin}${path}`);
      await later.page.getByRole('heading', { level: 1 }).waitFor();
      await later.page.waitForLoadState('networkidle');
      await screen(later.page, name);
    };
    await later.page.goto(link);
    await later.heading('invitation.title');
    await later.page.waitForLoadState('networkidle');
    await screen(later.page, 'invitation');
    await later.field('invitation.password').fill(PASSWORD);
    await later.button('invitation.action').click();
    await later.heading('today.title');
    for (const [path, name] of [
      ['/today', 'today'],
      ['/progress', 'progress'],
      ['/messages', 'messages'],
      ['/learn', 'learn'],
      ['/settings', 'settings'],
      ['/reminders', 'reminders'],
      ['/account', 'account'],
      ['/book', 'book'],
      ['/questions', 'questions'],
    ])
      await shown(path, name);
    expect(later.problems).toStrictEqual([]);
    await later.context.close();
  });

  await test.step('a clinician', async () => {
    const kim = await open_window(demo.browser, origin, { width: 1280, timezoneId: 'UTC' });
    await stand_still(kim, now());
    await kim.page.goto(`${origin}/`);
    await sign_in_clinician(demo, kim, () => AT.getTime());
    const [{ id }] = await demo.search('Patient?identifier=urn:reprise:demo%7Cpatient');
    for (const [path, name] of [
      ['/worklist', 'worklist'],
      ['/calendar', 'calendar'],
      ['/messages', 'inbox'],
      ['/people', 'patients'],
      ['/new-patient', 'new-patient'],
      [`/patient?id=${id}`, 'chart'],
      [`/patient?id=${id}&tab=sessions`, 'chart-sessions'],
      [`/patient?id=${id}&tab=assess`, 'chart-assess'],
      [`/patient?id=${id}&tab=orders`, 'chart-requests'],
      [`/patient?id=${id}&tab=goals`, 'chart-goals'],
      [`/patient?id=${id}&tab=notes`, 'chart-notes'],
      [`/programme?patient=${id}`, 'programme'],
      ['/exercise', 'own-exercise'],
      ['/rules', 'rules'],
      ['/remote-monitoring', 'remote-monitoring'],
      ['/emergency-access', 'emergency-access'],
    ]) {
      await kim.page.goto(`${origin}${path}`);
      await kim.page.getByRole('heading', { level: 1 }).first().waitFor();
      await kim.page.waitForLoadState('networkidle');
      await screen(kim.page, `clinician-${name}`, { size: DESK });
    }
    expect(kim.problems).toStrictEqual([]);
    await kim.context.close();
  });

  await test.step('an administrator', async () => {
    const admin = await open_window(demo.browser, origin, { width: 1280, timezoneId: 'UTC' });
    await stand_still(admin, now());
    const [, secret] = /No administrator has[^\n]*\n\s+\S+#(\S+)/.exec(server.said()) ?? [];
    await sign_in_with(origin, admin, secret, () => AT.getTime());
    for (const [path, name, blank] of [
      // Of the machine: the room on its disk, the entries so far, the record's folder.
      ['/administration', 'overview', ['li:has-text("free on the disk")', 'li:has-text("The audit log has")']],
      ['/administration?tab=settings', 'settings', ['code:has-text("/reprise_server_")']],
      ['/people', 'people', []],
    ] as const) {
      await admin.page.goto(`${origin}${path}`);
      await admin.page.getByRole('heading', { level: 1 }).first().waitFor();
      await admin.page.waitForLoadState('networkidle');
      await screen(admin.page, `administrator-${name}`, { size: DESK, blank });
    }
    expect(admin.problems).toStrictEqual([]);
    await admin.context.close();
  });
  all_pairs_were_seen();
});
