// SPDX-License-Identifier: Apache-2.0
// One language is loaded at a visit. Another one is loaded when it is chosen, without a reload; if that fails, the
// present one stays. Without a network the service worker has them all.

import { open_window, text } from './browser.mjs';
import { expect, test } from './journey.ts';

const TEXTS = /\/assets\/(en|de|es)-[^/]*\.js$/;

test('one language is loaded, another one when it is chosen', async ({ browser, start_server }) => {
  const server = await start_server();
  const { page, context, problems } = await open_window(browser, server.origin, { serviceWorkers: 'block' });
  const loaded = [];
  page.on('request', (request) => loaded.push(...(TEXTS.exec(request.url())?.slice(1) ?? [])));
  const choice = (window) => window.locator('select.language, .language select').first();
  const shown = (window, language) =>
    window.getByRole('heading', { name: text(language, 'signIn.title'), exact: true }).waitFor();
  await page.goto(`${server.origin}/sign-in`);
  await shown(page, 'en');
  expect(loaded).toStrictEqual(['en']);

  await page.evaluate(() => {
    window.mark = true;
  });
  await choice(page).selectOption('de');
  await shown(page, 'de');
  expect(loaded).toStrictEqual(['en', 'de']);
  expect(await page.evaluate(() => window.mark && document.documentElement.lang), 'no reload').toBe('de');

  await context.setOffline(true);
  const failed = page.waitForEvent('requestfailed', (request) => TEXTS.test(request.url()));
  await choice(page).selectOption('es');
  await failed;
  await shown(page, 'de');
  await expect(choice(page)).toHaveValue('de');
  await context.setOffline(false);
  await page.reload();
  await shown(page, 'de');
  expect(problems).toStrictEqual([]);

  const installed = await open_window(browser, server.origin);
  await installed.page.goto(`${server.origin}/sign-in`);
  // As the pages do for a patient who has signed in.
  await installed.page.evaluate(async () => {
    await navigator.serviceWorker.register('/service_worker.js');
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ rest: true });
    const kept = async () => {
      const files = await (await caches.open('reprise-pages')).keys();
      return files.some(({ url }) => /\/es-[^/]*\.js$/.test(url)) && files.some(({ url }) => /\/en-/.test(url));
    };
    while (!(await kept()))
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
  });
  await installed.page.reload();
  await installed.context.setOffline(true);
  await installed.page.reload();
  const named = (language) => installed.page.getByLabel(text(language, 'language'), { exact: true });
  await named('en').selectOption('es');
  await named('es').waitFor();
  expect(installed.problems).toStrictEqual([]);
});
