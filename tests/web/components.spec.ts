// SPDX-License-Identifier: Apache-2.0
// The page of every component in every state: of the demonstration alone, and looked at in every way.

import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { AT, DESK, MOST_DIFFERENT, stand_still } from './look_at_screen.ts';

test('the demonstration shows every component, a clinic’s server none', async ({ open_demo, start_server }) => {
  const { window, origin } = await open_demo({ timezoneId: 'UTC', browser_options: ['--font-render-hinting=none'] });
  const { page } = window;
  await stand_still(window, AT.getTime());
  await page.goto(`${origin}/components`);
  await page.getByRole('heading', { name: 'Components', exact: true }).waitFor();
  await expect(page.locator('.exercise-card')).toHaveCount(3);
  const low = () => expect(page.locator('.gallery-ratio[data-low]'), 'text stands out from each ground').toHaveCount(0);
  await expect(page.locator('.gallery-ratio').last()).toHaveText(/^\d+\.\d\d$/);
  await low();
  await test.step('as its picture', async () => {
    await page.setViewportSize(DESK);
    await page.locator('img.figure.shown').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('img.figure.shown')].every(({ complete }) => complete),
    );
    const maxDiffPixels = Math.floor(MOST_DIFFERENT * DESK.width * DESK.height);
    await expect(page).toHaveScreenshot('components.png', { fullPage: true, maxDiffPixels });
    // Chosen as a change of the design would be: the comparison finds it.
    await page.evaluate(() => document.documentElement.style.setProperty('--careful-ground', '#f6e3b0'));
    await expect(page).not.toHaveScreenshot('components.png', { fullPage: true, maxDiffPixels });
    await page.evaluate(() => document.documentElement.style.removeProperty('--careful-ground'));
    await page.setViewportSize({ width: 390, height: 800 });
  });
  await look(window, 'components');

  await test.step('more contrast, chosen here or by the system', async () => {
    const rule = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--text-quiet').trim());
    const usual = await rule();
    await page.getByRole('checkbox', { name: 'More contrast' }).check();
    const more = await rule();
    expect(more).not.toBe(usual);
    await low();
    await page.getByRole('checkbox', { name: 'More contrast' }).uncheck();
    expect(await rule()).toBe(usual);
    await page.emulateMedia({ contrast: 'more' });
    expect(await rule()).toBe(more);
    await look(window, 'components, more contrast');
    await page.emulateMedia({ contrast: 'no-preference' });
  });

  await test.step('dialogs', async () => {
    for (const name of ['Dialog', 'Confirm', 'Confirm that fails']) {
      await page.locator('#dialogs').getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      if (name === 'Confirm that fails') {
        await page.getByRole('dialog').locator('.actions button').first().click();
        await page.getByRole('dialog').getByRole('alert').waitFor();
      }
      await look(window, name);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
  expect(window.problems).toStrictEqual([]);

  const clinic = await start_server();
  const answer = (path: string) => fetch(`${clinic.origin}${path}`, { headers: { accept: 'text/html' } });
  expect((await answer('/sign-in')).status).toBe(200);
  expect((await answer('/components')).status, 'a clinic does not serve it').toBe(404);
});
