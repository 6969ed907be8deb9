// SPDX-License-Identifier: Apache-2.0
// Arabic: only where the clinic allows it, by choice, for patients, marked as not reviewed; the patient's pages from
// right to left, on a phone and at a desk.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { open_window, text } from './browser.mjs';
import { PASSWORD, printed_link } from './demo.mjs';
import { expect, pictures, test } from './journey.ts';

const axe_source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const CHOSEN = () => window.localStorage.setItem('reprise-language', 'ar');
const WAYS = [
  { name: 'phone', width: 390, height: 844, theme: 'light' },
  { name: 'phone dark', width: 390, height: 844, theme: 'dark' },
  { name: 'desk', width: 1280, height: 800, theme: 'light' },
  { name: 'double', width: 390, height: 844, theme: 'light', text: '200%' },
] as const;

/** In the page: shows it with a theme and a size of text; returns the widest element and violations of axe. */
async function tried({ theme, size }: { theme: string; size: string }) {
  const root = document.documentElement;
  const storageArea = window.localStorage;
  window.dispatchEvent(new StorageEvent('storage', { key: 'reprise-theme', newValue: theme, storageArea }));
  root.style.fontSize = size;
  while (root.dataset.mantineColorScheme !== theme) await new Promise(requestAnimationFrame);
  for (let i = 0; i < 60 && root.scrollWidth > root.clientWidth; ++i) await new Promise(requestAnimationFrame);
  // From right to left, a part that is too wide stands out to the left.
  const out = [...document.querySelectorAll('main *, nav *')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 1 && (left < -1 || right > root.clientWidth + 1);
  });
  const { violations } = await window.axe.run({ resultTypes: ['violations'], preload: false });
  return [
    ...(root.scrollWidth > root.clientWidth ? [`wider than the window: ${out[0]?.outerHTML.slice(0, 200)}`] : []),
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`)),
  ];
}

/** Looks at a screen from right to left in each way. */
const seen = (page: Page, name: string) =>
  test.step(`look at ${name}`, async () => {
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe_source);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toStrictEqual([
      'ar',
      'rtl',
    ]);
    for (const { name: way, width, height, theme, ...rest } of WAYS) {
      await page.setViewportSize({ width, height });
      const size = 'text' in rest ? rest.text : '';
      expect(await page.evaluate(tried, { theme, size }), `${name}, ${way}`).toStrictEqual([]);
      if (pictures) await page.screenshot({ path: join(pictures, `${name} ${way}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(tried, { theme: 'light', size: '' });
  });

const languages = (page: Page) => page.locator('select.language, .language select').first();
const values = (page: Page) =>
  languages(page)
    .locator('option')
    .evaluateAll((all) => all.map(({ value }: any) => value));

test('without the setting, no one is shown Arabic', async ({ browser, start_server }) => {
  const server = await start_server();
  const { page, context, problems } = await open_window(browser, server.origin, { language: 'ar' });
  await context.addInitScript(CHOSEN);
  await page.goto(`${server.origin}/sign-in`);
  await page.getByRole('heading', { name: text('en', 'signIn.title'), exact: true }).waitFor();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  expect(await values(page)).toStrictEqual(['de', 'en', 'es']);
  expect(problems).toStrictEqual([]);
});

test('a patient chooses Arabic, and goes through a session from right to left', async ({ open_demo }) => {
  const demo = await open_demo({ language: 'ar', options: ['--clinic-extra-languages', 'ar'] });
  const { window, origin } = demo;
  const { page, t, button, heading, shows } = window;

  await test.step('by choice only, and marked', async () => {
    await page.goto(`${origin}/sign-in`);
    await page.getByRole('heading', { name: text('en', 'signIn.title'), exact: true }).waitFor();
    await expect.poll(() => values(page)).toStrictEqual(['de', 'en', 'es', 'ar']);
    await expect(languages(page).locator('option[value=ar]')).toHaveText('العربية (not reviewed)');
    await languages(page).selectOption('ar');
    await heading('signIn.title');
    await shows('language.notReviewed');
    await seen(page, 'sign in');
  });

  await demo.open_invitation();
  await shows('language.notReviewed');
  await seen(page, 'welcome');
  await demo.agree();
  await seen(page, 'today');

  await test.step('questions about safety, in English, too', async () => {
    await button('today.start').click();
    await page.getByRole('button', { name: t('flags.none') }).waitFor();
    const first = page.locator('.questions legend').first();
    await expect(first).not.toContainText('bladder');
    await button('language.inEnglish').click();
    await expect(first).toContainText('bladder');
    await expect(first).toContainText('التبول');
    await seen(page, 'warning signs with English');
    await button('language.notInEnglish').click();
    await seen(page, 'warning signs');
    await button('flags.none').click();
    await button('goOn').click();
    await heading('pain.before');
    await seen(page, 'pain');
    await page.locator('.scale label', { hasText: /^2$/ }).click();
    await button('goOn').click();
  });

  await test.step('a set without the camera', async () => {
    await heading('introduce.steps');
    await seen(page, 'exercise');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('introduce.byHand').click();
    await page.locator('.by-hand').waitFor();
    await seen(page, 'set');
    await button('session.stop').click();
    await seen(page, 'stop');
  });

  await test.step('feeling unwell: the emergency number stands first', async () => {
    await button('stop.unwell').click();
    await heading('unwell.title');
    await seen(page, 'unwell');
  });

  for (const [at, key] of [
    ['progress', 'progress.title'],
    ['messages', 'messages.title'],
    ['learn', 'learn.title'],
    ['settings', 'settings.title'],
  ] as const) {
    await page.goto(`${origin}/${at}`);
    await heading(key);
    await seen(page, at);
  }
  expect(window.problems).toStrictEqual([]);

  await test.step('staff keep their languages', async () => {
    const staff = await open_window(demo.browser, origin, { language: 'de' });
    await staff.context.addInitScript(CHOSEN);
    await staff.page.goto(printed_link(demo.server, 'Kim Simulated').replace(demo.server.origin, origin));
    await staff.page.getByRole('heading', { name: t('invitation.title'), exact: true }).waitFor();
    await staff.page.getByLabel(t('invitation.password'), { exact: true }).fill(PASSWORD);
    await staff.page.getByRole('button', { name: t('invitation.action'), exact: true }).click();
    await staff.heading('enrolment.title');
    await expect(staff.page.locator('html')).toHaveAttribute('dir', 'ltr');
    expect(await values(staff.page)).toStrictEqual(['de', 'en', 'es']);
  });
});
