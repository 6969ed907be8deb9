// SPDX-License-Identifier: Apache-2.0
// What tests and measurements of the pages share: browsers that are watched, codes of second factors.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const texts_of = (language) =>
  Object.assign(
    {},
    ...readdirSync(join(root, 'translations', language))
      .filter((file) => !['mail.json', 'report.json', 'content.json'].includes(file)) // not of the pages
      .map((file) => JSON.parse(readFileSync(join(root, 'translations', language, file), 'utf8'))),
  );
const translations = Object.fromEntries(['en', 'de', 'es'].map((language) => [language, texts_of(language)]));

// As web/translations/ar.ts and isolate.ts have it.
const END = '\u2069';
const arabic = { ...translations.en };
for (const key of Object.keys(arabic)) arabic[key] = `\u2066${arabic[key]}${END}`;
translations.ar = Object.assign(arabic, texts_of('ar'));
const isolated = (values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value !== ''
        ? `\u2068${value.replace(/(?<=[\d)]) (?=\(?\d)/g, '\u00a0')}${END}`
        : value,
    ]),
  );

/** The text of a key as the pages show it. */
export function text(language, key, values = {}) {
  assert.ok(key in translations[language], `no text ${key}`);
  return String(
    new IntlMessageFormat(translations[language][key], language, undefined, { ignoreTag: true }).format(
      language === 'ar' ? isolated(values) : values,
    ),
  );
}

const launch_options = (executablePath, options) => ({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', ...options],
});

/** Chromium without its own windows and questions: the same engine, for three quarters of the processor time. */
export const headless_shell = (...options) =>
  launch_options(process.env.REPRISE_CHROMIUM ?? '/usr/bin/chromium-headless-shell', options);

/** For pages without a camera: WebAssembly is not optimized while it runs, a fifth of a page's processor time. */
export const NO_NETWORKS = '--js-flags=--liftoff-only';

/** Launches it; `options`: of its command line. */
export const launch_browser = (...options) => chromium.launch(headless_shell(...options));

/** Closes a browser: its contexts first, or a journey that failed has no trace of them. */
export async function close_browser(browser) {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await browser.close();
}

/** Launches the whole Chromium, which alone asks for the camera and connects two browsers directly. */
export const launch_whole_browser = (...options) => chromium.launch(launch_options('/usr/bin/chromium', options));

/**
 * A window that fails the test where a page asks elsewhere, breaks its policy or throws.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin
 * @param {import('@playwright/test').BrowserContextOptions & { language?: string, width?: number }} [options]
 */
export async function open_window(browser, origin, { language = 'en', width = 390, ...options } = {}) {
  const context = await browser.newContext({
    locale: language,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  /** @type {string[]} */
  const problems = [];
  // Requests are watched, not routed: a route takes each request through this process, a sixth of a page's processor
  // time.
  context.on('request', (request) => {
    const url = request.url();
    if (![`${origin}/`, 'data:', 'blob:'].some((start) => url.startsWith(start))) problems.push(`asks for ${url}`);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
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
    /** A patient's page of the settings, where signing out is, too. */
    open_more: async () => {
      await page.getByRole('link', { name: text(language, 'nav.settings'), exact: true }).click();
      await page.getByRole('heading', { name: text(language, 'settings.title'), exact: true }).waitFor();
    },
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An authenticator app (RFC 6238), which shows no code twice, because the server takes none twice. `now`: the time of
 * the server, in milliseconds.
 */
export function authenticator(secret, now = Date.now) {
  const bits = [...secret].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  let last = 0;
  return async () => {
    const step = () => Math.floor(now() / 30_000);
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
