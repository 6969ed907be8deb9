// SPDX-License-Identifier: Apache-2.0
// A look at a page in every way that people see it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, pictures, test } from './journey.ts';

const axe_source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Language, theme, and whether axe checks it, which takes a hundred times as long as the check of widths. */
type Way = [language: string, theme: string, axe?: boolean];

/** In the page: shows it in each way, as if theme and language were chosen in another window; returns the problems. */
async function try_ways(ways: Way[]) {
  const choose = (key: string, newValue: string) =>
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: window.localStorage }));
  const root = document.documentElement;
  const wrong: string[] = [];
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

/**
 * Shows the page in both themes, three languages and two widths, and with text of double size: nothing is wider than
 * the window, and axe finds nothing in the light theme on the lesser width and in the dark one on the greater; where
 * pictures are made in all of them. `narrow`: the lesser width, of a phone unless said.
 */
export const look = ({ page }: { page: Page }, name: string, { narrow = 390 } = {}) =>
  test.step(`look at ${name}`, async () => {
    const size = page.viewportSize();
    const at_first = await page.evaluate(
      (): Way => [document.documentElement.lang, document.documentElement.dataset.mantineColorScheme],
    );
    // What axe finds depends on theme and width, and hardly on both at once: it comes to each once.
    const ways = { [narrow]: { de: 'light' }, 1280: { en: 'dark' } };
    const picture = async (how: string) => {
      const { width, height } = page.viewportSize();
      // A phone's tabs stand at the lower edge of the window, which is then the whole page.
      const whole = await page.evaluate(() =>
        document.querySelector('.tabs') ? document.documentElement.scrollHeight : 0,
      );
      if (whole > height) await page.setViewportSize({ width, height: whole });
      await page.screenshot({ path: join(pictures, `${name} ${how}.png`), fullPage: true });
      await page.setViewportSize({ width, height });
    };
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe_source);
    for (const width of [narrow, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      // One after the other where a picture is made of each.
      const all = ['en', 'de', 'es'].flatMap((language) =>
        ['light', 'dark'].map((theme): Way => [language, theme, Boolean(pictures) || ways[width][language] === theme]),
      );
      for (const some of pictures ? all.map((way) => [way]) : [all]) {
        expect(await page.evaluate(try_ways, some), `${name}, ${width} pixels`).toStrictEqual([]);
        if (pictures) await picture(`${width} ${some[0].slice(0, 2).join(' ')}`);
      }
    }
    await page.setViewportSize({ width: narrow, height: 800 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    const double = (['en', 'es', 'de'] as const).map((language): Way => [language, 'light']);
    expect(await page.evaluate(try_ways, double), `${name}, text of double size`).toStrictEqual([]);
    if (pictures) await picture('double');
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '';
    });
    await page.evaluate(try_ways, [at_first]);
    await page.setViewportSize(size);
  });
