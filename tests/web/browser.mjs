// What tests of the pages share: browsers that are watched, codes of second factors, a look at a page in every way that people see it.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe_source = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const translations = Object.fromEntries(['en', 'de', 'es'].map((language) =>
  [language, JSON.parse(readFileSync(join(root, `web/translations/${language}.json`), 'utf8'))]));

/** The text of a key as the pages show it. */
export function text(language, key, values = {}) {
  assert.ok(key in translations[language], `no text ${key}`);
  return translations[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A window that fails the test where a page asks elsewhere, breaks its policy or throws. */
export async function open_window(browser, origin, { language = 'en', width = 390, ...options } = {}) {
  const context = await browser.newContext({ locale: language, viewport: { width, height: 800 }, ...options });
  const problems = [];
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url.startsWith(`${origin}/`) || url.startsWith('data:')) return route.continue();
    problems.push(`asks for ${url}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => problems.push(error.stack));
  page.on('console', (message) => {
    // Chromium writes a line for every answer such as 401.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text());
  });
  return {
    context,
    page,
    problems,
    t: (key, values) => text(language, key, values),
    button: (key, values) => page.getByRole('button', { name: text(language, key, values), exact: true }),
    field: (key) => page.getByLabel(text(language, key), { exact: true }),
    shows: (key, values) => page.getByText(text(language, key, values), { exact: true }).first().waitFor(),
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
    while (last > step()) await new Promise((resolve) => { setTimeout(resolve, 200); });
    last = Math.max(last + 1, step());
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(last));
    const hash = createHmac('sha1', key).update(counter).digest();
    return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  };
}

/** As if chosen in another window. */
const choose = (page, theme, language) => page.evaluate(([theme, language]) => {
  for (const [key, newValue] of [['reprise-theme', theme], ['reprise-language', language]]) {
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: window.localStorage }));
  }
}, [theme, language]);

export const looked_at = [];

/** Shows the page in both themes, three languages and two widths, and with text of double size: nothing is wider than the window, and axe
 * finds nothing. `pictures`: a folder for them. */
export async function look({ page }, name, pictures) {
  const before = page.viewportSize();
  const at_first = await page.evaluate(() => [document.documentElement.dataset.mantineColorScheme, document.documentElement.lang]);
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe_source);
  const fits = async (how) => {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wider <= 0, `${name}, ${how}: ${wider} pixels wider than the window`);
  };
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const language of ['en', 'de', 'es']) {
      for (const theme of ['light', 'dark']) {
        const how = `${width} ${language} ${theme}`;
        await choose(page, theme, language);
        await page.waitForFunction(([theme, language]) => {
          const { lang, dataset } = document.documentElement;
          return lang === language && dataset.mantineColorScheme === theme;
        }, [theme, language]);
        await fits(how);
        const found = await page.evaluate(async () => (await window.axe.run({ resultTypes: ['violations'], preload: false })).violations
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('\n  ')}`));
        assert.deepEqual(found, [], `${name}, ${how}`);
        if (pictures) await page.screenshot({ path: join(pictures, `${name} ${how}.png`), fullPage: true });
      }
    }
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await fits('double text');
  if (pictures) await page.screenshot({ path: join(pictures, `${name} double.png`), fullPage: true });
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await choose(page, ...at_first);
  await page.setViewportSize(before);
  looked_at.push(name);
}
