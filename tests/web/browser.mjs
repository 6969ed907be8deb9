// What tests of the pages share: browsers that are watched, codes of second factors, a look at a page in every way that
// people see it.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe_source = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const translations = Object.fromEntries(
  ['en', 'de', 'es'].map((language) => [
    language,
    Object.assign(
      {},
      ...readdirSync(join(root, 'translations', language))
        .filter((file) => !['mail.json', 'report.json'].includes(file)) // not of the pages
        .map((file) => JSON.parse(readFileSync(join(root, 'translations', language, file), 'utf8'))),
    ),
  ]),
);

/** The text of a key as the pages show it. */
export function text(language, key, values = {}) {
  assert.ok(key in translations[language], `no text ${key}`);
  return new IntlMessageFormat(translations[language][key], language, undefined, { ignoreTag: true }).format(values);
}

const launch = (executablePath, options) =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...options] });

/**
 * Launches Chromium without its own windows and questions: the same engine, for three quarters of the processor time.
 * `options`: of its command line.
 */
export const launch_browser = (...options) =>
  launch(process.env.REPRISE_CHROMIUM ?? '/usr/bin/chromium-headless-shell', options);

/** Launches the whole Chromium, which alone asks for the camera and connects two browsers directly. */
export const launch_whole_browser = (...options) => launch('/usr/bin/chromium', options);

/** A window that fails the test where a page asks elsewhere, breaks its policy or throws. */
export async function open_window(browser, origin, { language = 'en', width = 390, ...options } = {}) {
  const context = await browser.newContext({
    locale: language,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const problems = [];
  // Requests are watched, not routed: a route takes each request through this process, a sixth of a page's processor
  // time.
  context.on('request', (request) => {
    const url = request.url();
    if (![`${origin}/`, 'data:', 'blob:'].some((start) => url.startsWith(start))) problems.push(`asks for ${url}`);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => problems.push(error.stack));
  page.on('console', (message) => {
    // Chromium writes a line for every answer such as 401.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  return {
    context,
    page,
    problems,
    t: (key, values) => text(language, key, values),
    button: (key, values) => page.getByRole('button', { name: text(language, key, values), exact: true }),
    field: (key) => page.getByLabel(text(language, key), { exact: true }),
    shows: (key, values) =>
      page
        .getByText(text(language, key, values), { exact: true })
        .first()
        .waitFor(),
    heading: (key, values) => page.getByRole('heading', { name: text(language, key, values), exact: true }).waitFor(),
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app (RFC 6238), which shows no code twice, because the server takes none twice. */
export function authenticator(secret) {
  const bits = [...secret].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  let last = 0;
  return async () => {
    const step = () => Math.floor(Date.now() / 30_000);
    // The server takes the next step's code, too.
    while (last > step())
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
    last = Math.max(last + 1, step());
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(last));
    const hash = createHmac('sha1', key).update(counter).digest();
    return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  };
}

/**
 * In the page: shows it in each way, as if theme and language were chosen in another window; returns the problems. A
 * way with `axe` is checked by it, too, which takes a hundred times as long as the check of widths.
 */
async function try_ways(ways) {
  const choose = (key, newValue) =>
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: window.localStorage }));
  const root = document.documentElement;
  const wrong = [];
  for (const [language, theme, axe] of ways) {
    choose('reprise-theme', theme);
    choose('reprise-language', language);
    while (root.lang !== language || root.dataset.mantineColorScheme !== theme)
      await new Promise(requestAnimationFrame);
    const wider = root.scrollWidth - root.clientWidth;
    if (wider > 0) wrong.push(`${language} ${theme}: ${wider} pixels wider than the window`);
    if (!axe) continue;
    const { violations } = await window.axe.run({ resultTypes: ['violations'], preload: false });
    for (const { id, nodes } of violations)
      wrong.push(...nodes.map(({ html, any }) => `${language} ${theme}: ${id} ${html} ${any[0]?.message ?? ''}`));
  }
  return wrong;
}

export const looked_at = [];

/**
 * Shows the page in both themes, three languages and two widths, and with text of double size: nothing is wider than
 * the window, and axe finds nothing in the light theme on the lesser width and in the dark one on the greater; where
 * pictures are made in all of them. `pictures`: a folder for them; `narrow`: the lesser width, of a phone unless said.
 */
export async function look({ page }, name, pictures, { narrow = 390 } = {}) {
  const size = page.viewportSize();
  const at_first = await page.evaluate(() => [
    document.documentElement.lang,
    document.documentElement.dataset.mantineColorScheme,
  ]);
  // What axe finds depends on theme and width, and hardly on both at once: it comes to each once.
  const ways = { [narrow]: { de: 'light' }, 1280: { en: 'dark' } };
  const picture = (how) => page.screenshot({ path: join(pictures, `${name} ${how}.png`), fullPage: true });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe_source);
  for (const width of [narrow, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    // One after the other where a picture is made of each.
    const all = ['en', 'de', 'es'].flatMap((language) =>
      ['light', 'dark'].map((theme) => [language, theme, Boolean(pictures) || ways[width][language] === theme]),
    );
    for (const some of pictures ? all.map((way) => [way]) : [all]) {
      assert.deepEqual(await page.evaluate(try_ways, some), [], `${name}, ${width} pixels`);
      if (pictures) await picture(`${width} ${some[0].slice(0, 2).join(' ')}`);
    }
  }
  await page.setViewportSize({ width: narrow, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  assert.deepEqual(
    await page.evaluate(try_ways, [
      ['en', 'light'],
      ['es', 'light'],
      ['de', 'light'],
    ]),
    [],
    `${name}, text of double size`,
  );
  if (pictures) await picture('double');
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await page.evaluate(try_ways, [at_first]);
  await page.setViewportSize(size);
  looked_at.push(name);
}
