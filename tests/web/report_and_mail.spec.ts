// SPDX-License-Identifier: Apache-2.0
// The report and a mail, which have the design of the pages (docs/design.md): in each theme, on a phone and at a desk,
// with more contrast and at double text size, nothing is wider than the window and axe finds nothing. They load
// nothing.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { command, expect, pictures, test, until } from './journey.ts';
import { open_mailbox } from './mailbox.ts';

const axe_source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const run = promisify(execFile);

/** A mail is a part of the page of another program, which has the landmarks. */
const OF_WHOLE_PAGES = { 'landmark-one-main': { enabled: false }, region: { enabled: false } };

/** The problems of the page as it is. */
const problems = (page: Page, rules: object) =>
  page.evaluate(async (chosen) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const { violations } = await window.axe.run({ resultTypes: ['violations'], preload: false, rules: chosen });
    return [
      ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} pixels wider than the window`] : []),
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`)),
    ];
  }, rules);

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function look_at(page: Page, name: string, file: string, rules = {}) {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  expect(requests, 'nothing is loaded').toStrictEqual([address]);
  await page.evaluate(axe_source);
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const contrast of ['no-preference', 'more'] as const)
        await test.step(`${name}, ${width} pixels, ${colorScheme}, contrast ${contrast}`, async () => {
          await page.setViewportSize({ width, height });
          await page.emulateMedia({ colorScheme, contrast });
          expect(await ground(page)).toBe(colorScheme === 'dark' ? 'rgb(18, 23, 27)' : 'rgb(247, 245, 241)');
          expect(await problems(page, rules)).toStrictEqual([]);
          if (pictures && contrast !== 'more')
            await page.screenshot({ path: join(pictures, `${name} ${width} ${colorScheme}.png`) });
        });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  expect(await problems(page, rules), `${name}, text of double size`).toStrictEqual([]);
}

test('the report has the design of the pages', async ({ page, scratch }) => {
  await run(command, ['demo', '--out', scratch]);
  // The word SIMULATED stands above and below all parts of the page.
  await look_at(page, 'report', join(scratch, 'report.html'), { region: { enabled: false } });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await ground(page), 'paper is white, whatever the screen has').toBe('rgba(0, 0, 0, 0)');
  const text = await page.evaluate(() => getComputedStyle(document.body).color);
  expect(text).toBe('rgb(26, 32, 38)');
});

test('a mail has the design of the pages', async ({ page, scratch, at_end }) => {
  const box = await open_mailbox();
  at_end(() => box.close());
  await run(command, ['mail', 'test', 'patient@example.org', ...box.options]);
  await until(() => box.mails.length === 1, 'a mail');
  const [, shown] = /\r\nContent-Type: text\/html;[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(box.mails[0]) ?? [];
  const file = join(scratch, 'mail.html');
  writeFileSync(file, shown ?? '');
  await look_at(page, 'mail', file, OF_WHOLE_PAGES);
  const button = page.getByRole('link', { name: 'Open the pages' });
  await expect(button).toHaveAttribute('href', 'https://clinic.example.org');
  expect((await button.boundingBox()).height).toBeGreaterThanOrEqual(44);
});
