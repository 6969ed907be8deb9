// One language is loaded at a visit. Another one is loaded when it is chosen, without a reload; if that fails, the
// present one stays. Without a network the service worker has them all.
//
//   node tests/web/language.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { start_server } from '../server/server.mjs';
import { launch_browser, open_window, text } from './browser.mjs';

const TEXTS = /\/assets\/(en|de|es)-[^/]*\.js$/;

const server = await start_server(process.argv[2]);
const browser = await launch_browser();
try {
  const { page, context, problems } = await open_window(browser, server.origin, { serviceWorkers: 'block' });
  const loaded = [];
  page.on('request', (request) => loaded.push(...(TEXTS.exec(request.url())?.slice(1) ?? [])));
  const choice = (window) => window.locator('select.language, .language select').first();
  const shown = (window, language) =>
    window.getByRole('heading', { name: text(language, 'signIn.title'), exact: true }).waitFor();
  await page.goto(`${server.origin}/sign-in`);
  await shown(page, 'en');
  assert.deepEqual(loaded, ['en']);

  await page.evaluate(() => {
    window.mark = true;
  });
  await choice(page).selectOption('de');
  await shown(page, 'de');
  assert.deepEqual(loaded, ['en', 'de']);
  assert.equal(await page.evaluate(() => window.mark && document.documentElement.lang), 'de', 'no reload');

  await context.setOffline(true);
  const failed = page.waitForEvent('requestfailed', (request) => TEXTS.test(request.url()));
  await choice(page).selectOption('es');
  await failed;
  await shown(page, 'de');
  assert.equal(await choice(page).inputValue(), 'de');
  await context.setOffline(false);
  await page.reload();
  await shown(page, 'de');
  assert.deepEqual(problems, []);

  const installed = await open_window(browser, server.origin);
  await installed.page.goto(`${server.origin}/sign-in`);
  // As the pages do for a patient who has signed in.
  await installed.page.evaluate(async () => {
    await navigator.serviceWorker.register('/service_worker.js');
    await navigator.serviceWorker.ready;
  });
  await installed.page.reload();
  await installed.context.setOffline(true);
  await installed.page.reload();
  const named = (language) => installed.page.getByLabel(text(language, 'language'), { exact: true });
  await named('en').selectOption('es');
  await named('es').waitFor();
  assert.deepEqual(installed.problems, []);
  console.log('one language is loaded; another one when it is chosen, also without a network');
} finally {
  await browser.close();
  await server.stop();
}
